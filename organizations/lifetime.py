"""Whether an organisation stood on a day: what happens there is recorded within its life."""

from partyreports.vietnamese import screen_date


def stood(organization, day):
    """True when `organization` existed on `day`."""
    return organization.founded_on <= day and not has_ended(organization, day)


def has_ended(organization, day):
    """True when `organization` had ended by `day`: the day of its end is the first one without it."""
    return organization.ended_on is not None and day >= organization.ended_on


def outside_life(organization, day):
    """A list: the sentence that tells a writer why nothing of `day` is recorded in `organization`, and where instead; [] when it stood then."""
    if has_ended(organization, day):
        ended = screen_date(organization.ended_on)
        return [f"“{organization}” đã kết thúc hoạt động từ ngày {ended}: kiểm tra lại ngày, hoặc ghi ở tổ chức tiếp nhận nhiệm vụ."]
    if day < organization.founded_on:
        return [f"“{organization}” hoạt động từ ngày {screen_date(organization.founded_on)}: kiểm tra lại ngày, hoặc ghi ở tổ chức có trước."]
    return []


def outside_membership(organization, day):
    """A list: the sentence that tells why nobody leaves `organization` on `day`, [] when one may: its last members leave on the day of its end."""
    if organization.ended_on is None or day <= organization.ended_on:
        return []
    ended = screen_date(organization.ended_on)
    return [
        f"“{organization}” đã kết thúc hoạt động từ ngày {ended}: không ai thôi sinh hoạt ở đó sau ngày này. "
        f"Ghi chuyển sinh hoạt sang tổ chức tiếp nhận từ ngày {ended} trước, rồi ghi tiếp ở đó."
    ]
