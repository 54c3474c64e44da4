"""The stages on the way to admission as one table: what comes before each, and what its day and its paper are called."""

from dataclasses import dataclass
from functools import cache

from django.db import models

from partyreports.vietnamese import screen_date


class Stage(models.TextChoices):
    """The stages in their order; the background check leaves a day and nothing else."""

    OUTSTANDING = "outstanding", "quần chúng ưu tú"
    SENT = "sent", "cử học lớp nhận thức về Đảng"
    CERTIFIED = "certified", "có giấy chứng nhận"
    CHECKED = "checked", "xác minh lý lịch xong"
    FILED = "filed", "đủ hồ sơ"
    CELL_RESOLVED = "cell_resolved", "nghị quyết chi bộ"
    COMMITTEE_RESOLVED = "committee_resolved", "nghị quyết đảng ủy"
    DECIDED = "decided", "quyết định kết nạp"
    ADMITTED = "admitted", "lễ kết nạp"
    OFFICIAL = "official", "chuyển chính thức"


@dataclass(frozen=True)
class Step:
    """One line of the table. `needs`: stages without which it cannot be; `after`: stages that, where recorded, are not later than it."""

    stage: Stage
    day_label: str
    needs: tuple = ()
    after: tuple = ()
    number_label: str = ""  # "" when the stage leaves no number here
    papers: str = ""  # forms of the guidance on admission

    @property
    def follows(self):
        return (*self.needs, *self.after)


STEPS = {
    step.stage: step
    for step in [
        Step(Stage.OUTSTANDING, "Ngày vào danh sách", papers="Giới thiệu của đoàn thể"),
        Step(
            Stage.SENT, "Ngày cử đi học", needs=(Stage.OUTSTANDING,), number_label="Số văn bản cử học",
        ),
        Step(
            Stage.CERTIFIED, "Ngày cấp giấy chứng nhận", needs=(Stage.OUTSTANDING,), after=(Stage.SENT,), number_label="Số giấy chứng nhận",
        ),
        Step(
            Stage.CHECKED, "Ngày xác minh lý lịch xong", needs=(Stage.OUTSTANDING,), papers="Chỉ ghi ngày, không ghi nội dung",
        ),
        Step(
            Stage.FILED, "Ngày đủ hồ sơ, gửi cấp trên", needs=(Stage.CERTIFIED, Stage.CHECKED), number_label="Số văn bản đề nghị",
            papers="Mẫu 1-KNĐ đến 5-KNĐ",
        ),
        Step(
            Stage.CELL_RESOLVED, "Ngày nghị quyết chi bộ", needs=(Stage.FILED,), number_label="Số nghị quyết", papers="Mẫu 6-KNĐ",
        ),
        Step(
            Stage.COMMITTEE_RESOLVED, "Ngày nghị quyết đảng ủy", needs=(Stage.CELL_RESOLVED,), number_label="Số nghị quyết", papers="Mẫu 8-KNĐ",
        ),
        # A chi bộ cơ sở has no committee above it within its own base: the decision may follow its resolution at once.
        Step(
            Stage.DECIDED, "Ngày quyết định kết nạp", needs=(Stage.CELL_RESOLVED,), after=(Stage.COMMITTEE_RESOLVED,), number_label="Số quyết định",
            papers="Mẫu 9-KNĐ",
        ),
        Step(Stage.ADMITTED, "Ngày tổ chức lễ kết nạp", needs=(Stage.DECIDED,)),
        Step(
            Stage.OFFICIAL, "Ngày quyết định công nhận chính thức", needs=(Stage.ADMITTED,), number_label="Số quyết định",
            papers="Mẫu 14-KNĐ đến 16-KNĐ",
        ),
    ]
}  # fmt: skip


@cache
def earlier(stage):
    """Every stage that cannot be later than `stage`, near or far."""
    found = set()
    for before in STEPS[stage].follows:
        found |= {before, *earlier(before)}
    return frozenset(found)


@cache
def later(stage):
    return frozenset(other for other in STEPS if stage in earlier(other))


def open_stages(taken):
    """Stages that may be recorded next, in their order, for somebody who has `taken` those."""
    return [stage for stage, step in STEPS.items() if stage not in taken and set(step.needs) <= set(taken)]


def faults(days):
    """(stage, sentence) of each day of `days`, dict: stage → day, that cannot be beside the others."""
    for stage, day in days.items():
        missing = next((Stage(need).label for need in STEPS[stage].needs if need not in days), None)
        if missing:
            yield stage, f"Ghi bước “{missing}” trước bước “{Stage(stage).label}”."
        for other in sorted(earlier(stage) & set(days), key=list(Stage).index):
            if days[other] > day:
                yield stage, f"Bước “{Stage(stage).label}” không thể trước bước “{Stage(other).label}” ({screen_date(days[other])})."
                break


class StageRefused(ValueError):
    """A stage that cannot be written: `sentence` tells why and what to do; `reason` is "order" (stages or days), or "state" (somebody was faster)."""

    def __init__(self, sentence, *, reason="order"):
        super().__init__(sentence)
        self.sentence, self.reason = sentence, reason
