"""Figures counted from the register of candidates: the way to admission, admissions with their groups, probation that ended."""

from functools import partial

from organizations import admissions_counted
from organizations.models import Stage, StageTaken

from .registry import Register, counts, how_many, untold

SENSITIVE_MARKS = ("religious", "ethnic_minority")  # counted, never told of whom
MARKS = (
    *("rural", "official", "religious", "ethnic_minority", "female", "youth", "militia", "village_militia_leader_or_security_team"),
    *("mass_organisation_member", "readmitted"),
)
ADMITTED, MADE_OFFICIAL, GUARDS_CHECKED, IN_SERVICE, NOT_OFFICIAL, ON_THE_LIST, CERTIFIED = (
    "admitted_by_decision",
    "made_official",  # the stage is called as the mark of cán bộ, công chức, viên chức
    "guards_checked",
    "in_service",
    "not_official",
    "on_list",
    "on_list_certified",
)


def gather(ground):
    """key of a body → name of a group → identities, for each body with a stage taken up to the last day. Seven queries."""
    found = {root: {} for root in ground.in_use(StageTaken.objects.all(), "taken_on")}
    days = (ground.starts_on, ground.ends_on)
    flows = (
        admissions_counted.sent(*days) | admissions_counted.files(*days) | admissions_counted.checked(*days) | admissions_counted.made_official(*days)
    )
    for pk, organization, day, stage, guard, in_service in _here(ground, flows).values_list(
        "pk", "organization", "taken_on", "stage", "candidate__is_village_guard", "candidate__in_service"
    ):
        over = ground.above(organization, day)
        _put(found, over, MADE_OFFICIAL if stage == Stage.OFFICIAL else stage, f"stage:{pk}")
        if stage == Stage.CHECKED and guard:
            _put(found, over, GUARDS_CHECKED, f"stage:{pk}")
        if stage == Stage.OFFICIAL and in_service:
            _put(found, over, IN_SERVICE, f"stage:{pk}")
    marks = {mark: next(iter(admissions_counted.MARKS[mark].items())) for mark in MARKS}
    fields = [f"candidate__{name}" for name, _ in marks.values()]
    for pk, organization, day, *said in _here(ground, admissions_counted.admitted(*days)).values_list("pk", "organization", "taken_on", *fields):
        over = ground.above(organization, day)
        _put(found, over, ADMITTED, f"stage:{pk}")
        for (mark, (_, wanted)), value in zip(marks.items(), said, strict=True):
            if value == wanted:
                _put(found, over, mark, f"stage:{pk}")
    for pk, organization, day in _here(ground, admissions_counted.not_made_official(*days)).values_list("pk", "organization", "exited_on"):
        _put(found, ground.above(organization, day), NOT_OFFICIAL, f"candidate:{pk}")
    stock = {ON_THE_LIST: admissions_counted.candidates_on(ground.ends_on), CERTIFIED: admissions_counted.certified_on(ground.ends_on)}
    for name, rows in stock.items():
        for pk, organization in _here(ground, rows).values_list("pk", "organization"):
            _put(found, ground.above(organization, ground.ends_on), name, f"candidate:{pk}")
    return found


def _here(ground, rows):
    return rows.filter(organization__in=ground.bodies).order_by("pk")


def _put(found, roots, name, identity):
    for root in roots:
        found.setdefault(root, {}).setdefault(name, []).append(identity)


REGISTER = Register("candidates", "Sổ quần chúng ưu tú và kết nạp", gather, "đã ghi ít nhất một bước kết nạp đến hết kỳ")


def _counted(name, groups):
    count = how_many(groups.get(name, ()))
    return untold(count) if name in SENSITIVE_MARKS else count


def _source(key, name, unit, words):
    counts(key, unit=unit, words=words, register=REGISTER)(partial(_counted, name))


_source("candidates_total", ON_THE_LIST, "quần chúng ưu tú", "Đếm người có trong danh sách cuối kỳ, chưa kết nạp, chưa dừng.")
_source("candidates_certified", CERTIFIED, "quần chúng ưu tú", "Trong danh sách cuối kỳ, đếm người có giấy chứng nhận còn giá trị.")
_source("candidates_sent_to_awareness_class", Stage.SENT, "quần chúng ưu tú", "Đếm người được cử học trong kỳ.")
_source("admission_files_submitted", Stage.FILED, "hồ sơ", "Đếm người đủ hồ sơ trong kỳ.")
_source("background_checks_completed", Stage.CHECKED, "hồ sơ", "Đếm người xác minh xong trong kỳ.")
_source("background_checks_completed:security_team", GUARDS_CHECKED, "hồ sơ", "Trong số đó, đếm thôn đội trưởng, tổ an ninh trật tự.")
_source("members_admitted", ADMITTED, "đảng viên", "Đếm người có quyết định kết nạp trong kỳ và đã làm lễ kết nạp.")
_source("members_made_official", MADE_OFFICIAL, "đảng viên", "Đếm người có quyết định chuyển chính thức trong kỳ.")
_source("members_made_official:military_service", IN_SERVICE, "đảng viên", "Trong số đó, đếm người đang thực hiện nghĩa vụ quân sự.")
_source("members_not_made_official", NOT_OFFICIAL, "đảng viên", "Đếm người không được công nhận chính thức trong kỳ.")
for _mark in MARKS:
    _source(f"members_admitted:{_mark}", _mark, "đảng viên", "Trong số kết nạp, đếm người có đặc điểm này.")
