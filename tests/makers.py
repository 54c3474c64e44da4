"""Rows for tests, keyword-only, with sensible rest. Names are invented."""

import datetime as dt
import itertools
from decimal import Decimal

from models_registry.models import ModelLink, ModelResult, ModelYear, Registration
from models_registry.models import Stage as ModelStage
from organizations.models import Account, Assignment, Candidate, Member, Organization, OrganizationKind, Reference, Stay
from organizations.review import Status
from partyreports.metrics.models import Figure, Indicator, ReportForm, ReportFormLine, Target, YearlyReport
from partyreports.periods.models import Period
from partyreports.speeches.models import Speech, SpeechTemplate

counter = itertools.count(1)
LONG_AGO = dt.date(2000, 1, 1)


def make_kind(*, code="dang-bo-xa", **facts):
    name = facts.pop("name", code.replace("-", " "))
    return OrganizationKind.objects.get_or_create(code=code, defaults={"name": name, **facts})[0]


def make_organization(*, name=None, parent=None, kind=None, on=LONG_AGO, **facts):
    n = next(counter)
    return Organization.objects.found(
        on=on, name=name or f"Đảng ủy xã Số {n}", kind=kind or make_kind(), parent=parent, place=facts.pop("place", "Đơn Dương"), **facts
    )


def make_account(*, username=None, rights=(), organization=None, password=None, **fields):
    """An account holding `rights` on `organization` since long ago."""
    username = username or f"tai-khoan-{next(counter)}"
    account = Account.objects.create_user(username, password, full_name=fields.pop("full_name", username.title()), **fields)
    for right in rights:
        Assignment.objects.create(account=account, right=right, organization=organization, valid_from=LONG_AGO)
    return account


def make_period(*, code="2024", previous=None, **fields):
    year = int(code[-4:])
    start = int(code[:4])
    defaults = {"starts_on": dt.date(start, 1, 1), "ends_on": dt.date(year, 12, 31), "previous": previous, **fields}
    return Period.objects.get_or_create(code=code, defaults=defaults)[0]


def make_indicator(*, code=None, breakdown="", **fields):
    code = code or f"indicator-{next(counter)}"
    return Indicator.objects.get_or_create(
        code=code,
        breakdown=breakdown,
        defaults={"name": fields.pop("name", f"Chỉ tiêu {code}"), "unit": fields.pop("unit", "người"), **fields},
    )[0]


def make_form(*, kind=None, indicators=(), code=None, first_year=2020, section="I. Tổ chức đảng"):
    n = next(counter)
    form = ReportForm.objects.create(code=code or f"bieu-{n}", name=f"Biểu {n}", first_year=first_year)
    form.kinds.add(kind or make_kind())
    for order, indicator in enumerate(indicators, start=1):
        ReportFormLine.objects.create(form=form, indicator=indicator, order=order, section=section)
    return form


def make_report(*, organization, period=None, status=Status.DRAFT, figures=None, by=None, reviewer=None):
    """A report in any state; `figures` maps an Indicator to a number. The state is written directly: tests of steps use `take`."""
    by = by or make_account()
    report = YearlyReport.objects.create(organization=organization, period=period or make_period(), **_marks(status, by, reviewer))
    for indicator, value in (figures or {}).items():
        Figure.objects.create(report=report, indicator=indicator, value=Decimal(str(value)), state=Figure.State.GIVEN, entered_by=by)
    return report


def make_target(*, organization, indicator, value, period=None):
    return Target.objects.create(organization=organization, period=period or make_period(), indicator=indicator, value=Decimal(str(value)))


def make_member(*, organization, full_name="Nguyễn Văn Thử", **fields):
    """A member on the roster of `organization` since he was admitted; `is_active=False`: who has moved away since."""
    defaults = {
        "gender": "male",
        "birth_year": 1985,
        "admitted_on": dt.date(2015, 5, 19),
        "official_on": dt.date(2016, 5, 19),
        "is_invented": True,
    }
    member = Member.objects.create(organization=organization, full_name=full_name, **{**defaults, **fields})
    since = max(member.admitted_on, organization.founded_on)
    gone = {} if member.is_active else {"until": since + dt.timedelta(days=1000), "left_by": Stay.Departure.TO_OUTSIDE}
    Stay.objects.create(member=member, organization=organization, since=since, **gone)
    return member


def make_candidate(*, organization, full_name="Trần Thị Quần Chúng", days=None, by=None, **fields):
    """A candidate taken through the stages of `days`, dict: stage → day; on the list since 15/01/2024 when there are none."""
    defaults = {"gender": "female", "born_on": dt.date(1998, 5, 19), "is_invented": True}
    candidate = Candidate.objects.create(organization=organization, full_name=full_name, **{**defaults, **fields})
    for stage, day in (days or {"outstanding": dt.date(2024, 1, 15)}).items():
        candidate.take(stage, on=day, by=by)
    return candidate


def make_reference(*, organization, kind="Kế hoạch", number=None, **fields):
    return Reference.objects.create(organization=organization, kind=kind, number=number or next(counter), **fields)


def make_registration(*, organization, title=None, status=Status.DRAFT, periods=None, by=None, reviewer=None, **fields):
    registration = Registration.objects.create(
        organization=organization,
        title=title or f"Mô hình số {next(counter)}",
        field=fields.pop("field", Registration.Field.DIALOGUE),
        **_marks(status, by, reviewer),
        **fields,
    )
    registration.periods.set(periods or [make_period()])
    return registration


def make_stage(*, registration, by, state="underway", on=None, **fields):
    """The first year of `registration` comes to `state`; nothing is asked of rights or of the order of states."""
    year = registration.years.get()
    ModelYear.objects.filter(pk=year.pk).update(state=state)
    return ModelStage.objects.create(year=year, state=state, on=on or dt.date(2024, 3, 29), written_by=by, **fields)


def make_result(*, registration, before=None, after=None, **fields):
    periods = {"before_period": before or make_period(code="2023"), "after_period": after or make_period(code="2024")}
    return ModelResult.objects.create(registration=registration, **{"label": "Số buổi đối thoại", "unit": "buổi", **periods, **fields})


def make_link(*, later, earlier, kind=ModelLink.Kind.CONTINUES):
    return ModelLink.objects.create(later=later, earlier=earlier, kind=kind)


def make_template(*, kind=None, text="Kính thưa Hội nghị!", **fields):
    n = next(counter)
    template = SpeechTemplate.objects.create(
        code=fields.pop("code", f"mau-{n}"),
        name=fields.pop("name", f"Mẫu {n}"),
        pattern=fields.pop("pattern", SpeechTemplate.Pattern.DIALOGUE),
        title=fields.pop("title", "Công tác đối thoại"),
        text=text,
        **fields,
    )
    template.kinds.add(kind or make_kind())
    return template


def make_speech(*, organization, period=None, status=Status.DRAFT, title=None, blocks=None, by=None, reviewer=None, **fields):
    text = {"type": "paragraph", "align": "justify", "inlines": [{"type": "text", "text": "Kính thưa Hội nghị!"}]}
    return Speech.objects.create(
        organization=organization,
        period=period or make_period(),
        title=title or f"Bài số {next(counter)}",
        year=fields.pop("year", 2025),
        month=fields.pop("month", 1),
        blocks=blocks if blocks is not None else [text],
        **_marks(status, by, reviewer),
        **fields,
    )


def _marks(status, by, reviewer):
    """Who and when, as the constraints of a paper in this state want them."""
    now = dt.datetime(2025, 1, 5, 8, 0, tzinfo=dt.UTC)
    marks = {"status": status}
    if status in (Status.SUBMITTED, Status.RETURNED, Status.APPROVED, Status.LOCKED):
        marks |= {"submitted_by": by or make_account(), "submitted_at": now}
    if status in (Status.RETURNED, Status.APPROVED, Status.LOCKED):
        marks |= {"decided_by": reviewer or make_account(), "decided_at": now}
    if status == Status.RETURNED:
        marks |= {"return_reason": "Kiểm tra lại số liệu."}
    if status == Status.LOCKED:
        marks |= {"locked_by": reviewer or make_account(), "locked_at": now}
    return marks
