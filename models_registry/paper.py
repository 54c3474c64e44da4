"""A registration, and the list of a branch's models, as papers in the official layout."""

import datetime as dt

from django.utils import timezone

from organizations import tree
from organizations.letterhead import letterhead, signing
from partyreports.documents import Column, Document, Heading, ListBlock, ListItem, Paragraph, Table, Text
from partyreports.vietnamese import NO_VALUE, count, sentence_case, short_date

from .models import PARTS, ModelYear, Registration
from .results import lines_of

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
MARKS = {"- ": "-", "+ ": "+"}
MOST = 1_500  # models of one list, printed in some 20 seconds; a longer one says how many it leaves out


def registration_paper(registration):
    """The Document "Bản đăng ký" of a registration as it stands: dated by the day it was registered, else open in its first year."""
    years = list(registration.years.select_related("period").prefetch_related("stages"))
    day = _registered_on(years)
    on = day or (years[0].period.starts_on if years else timezone.localdate())
    head = letterhead(registration.organization, on=on, day=day and day.day, month=day and day.month, year=on.year)
    return Document(
        letterhead=head,
        kind="BẢN ĐĂNG KÝ",
        title=f"Mô hình mới, cách làm sáng tạo “{registration.title}”",
        blocks=_numbered(_sections(registration, years)),
        dated=on,
        is_draft=not registration.is_final,
        author=registration.organization.version(on=on).name,
        subject="Đăng ký mô hình mới, cách làm sáng tạo",
        signing=signing(registration.organization, on=on),
    )


def list_paper(registrations, *, branch, year, is_draft):
    """The Document "Danh mục" of the queryset `registrations`, headed by `branch`; `year` is the code of one year, "" for every year."""
    today = timezone.localdate()
    on = min(today, branch.ended_on - dt.timedelta(days=1)) if branch.ended_on else today
    rows = list(registrations.prefetch_related("years__period")[:MOST])
    all_of_them = registrations.count() if len(rows) == MOST else len(rows)
    names = tree.told_apart([row.organization_id for row in rows], on=on)
    rows.sort(key=lambda row: names[row.organization_id])
    columns = (
        Column("STT", 1.3, "center"),
        Column("Tên mô hình", 5),
        Column("Tổ chức", 3.2),
        Column("Lĩnh vực", 2.2),
        Column("Ngày ra mắt", 1.9, "center"),
        Column("Tình trạng", 2),
    )
    cells = [
        (str(n), row.title, names[row.organization_id], row.get_field_display(), short_date(row.launched_on), _states(row, year))
        for n, row in enumerate(rows, start=1)
    ]
    total = [Paragraph((Text(f"Tổng cộng: {count(all_of_them)} mô hình."),))]
    if all_of_them > len(rows):
        left_out = f"Danh mục này chỉ in {count(len(rows))} mô hình đăng ký gần đây nhất trong {count(all_of_them)} mô hình"
        total.insert(0, Paragraph((Text(f"{left_out}; chọn một năm, một tổ chức hoặc một lĩnh vực để in đủ.", bold=True),)))
    return Document(
        letterhead=letterhead(branch, on=on, month=on.month, year=on.year),
        kind="DANH MỤC",
        title=f"Mô hình mới, cách làm sáng tạo{f' năm {year}' if year else ''}",
        blocks=(*([Table(columns, tuple(tuple((Text(cell),) for cell in line) for line in cells))] if rows else ()), *total),
        dated=on,
        is_draft=is_draft,
        author=branch.version(on=on).name,
        subject="Danh mục mô hình mới, cách làm sáng tạo",
        signing=signing(branch, on=on, recipients=("Các tổ chức có tên trong danh mục",) if rows else ()),
    )


def _sections(registration, years):
    """(title, blocks) of each part that says something, in order."""
    facts = [
        f"Tổ chức đăng ký: {registration.organization.version().name}.",
        f"Lĩnh vực: {registration.get_field_display()}.",
        f"Đăng ký cho năm: {', '.join(year.period.code for year in years) or NO_VALUE}.",
    ]
    if registration.launched_on:
        facts.append(f"Ngày ra mắt: {short_date(registration.launched_on)}.")
    if registration.working_group_size:
        facts.append(f"Tổ công tác: {count(registration.working_group_size)} thành viên.")
    facts += [f"Căn cứ: {reference.citation}." for reference in registration.basis.order_by("issued_on", "pk")]
    sections = [("Thông tin chung", (_list(facts),))]
    for name in PARTS:
        text = getattr(registration, name)
        if text.strip():
            sections.append((str(Registration._meta.get_field(name).verbose_name).capitalize(), _blocks(text)))
    lines = lines_of(registration)
    if lines:
        sections.append(("Kết quả trước và sau khi có mô hình", (_table_of(lines),)))
    stages = [(year, stage) for year in years for stage in year.stages.all() if stage.withdrawn_at is None]
    if stages:
        said = [
            f"Năm {year.period.code}: {stage.get_state_display()}, ngày {short_date(stage.on)}{f' ({stage.document})' if stage.document else ''}."
            for year, stage in stages
        ]
        sections.append(("Tình trạng thực hiện", (_list(said),)))
    return sections


def _numbered(sections):
    blocks = []
    for number, (title, said) in zip(ROMAN, sections, strict=False):
        blocks += [Heading(1, (Text(f"{number}. {title.upper()}"),)), *said]
    return tuple(blocks)


def _table_of(lines):
    columns = (Column("Kết quả", 4), Column("Trước", 3, "center"), Column("Sau", 3, "center"), Column("So sánh", 2))
    rows = []
    for line in lines:
        result = line.result
        name = f"{result.label} ({result.unit})" if result.unit else result.label
        cells = [name, _side(result.before_period, line.before), _side(result.after_period, line.after), line.change or NO_VALUE]
        rows.append(tuple((Text(cell),) for cell in cells))
    return Table(columns, tuple(rows))


def _side(period, side):
    return f"{period.title}: {side.shown}{f'; {side.against_target}' if side.against_target else ''}"


def _blocks(text):
    """Paragraphs, one a line; lines that begin with a dash or a plus are items of a list."""
    blocks, items, style = [], [], ""
    for line in [*filter(None, (line.strip() for line in text.splitlines())), ""]:
        mark = MARKS.get(line[:2], "")
        if items and mark != style:
            blocks.append(ListBlock(tuple(items), style))
            items = []
        style = mark
        if mark:
            items.append(ListItem((Text(line[2:].strip()),)))
        elif line:
            blocks.append(Paragraph((Text(line),)))
    return tuple(blocks)


def _list(sentences):
    return ListBlock(tuple(ListItem((Text(sentence),)) for sentence in sentences))


def _states(registration, year):
    shown = [each for each in registration.years.all() if each.period.code == year] or registration.years.all()
    said = [each.get_state_display() if each.period.code == year else f"{each.period.code}: {each.get_state_display()}" for each in shown]
    return sentence_case("; ".join(said))


def _registered_on(years):
    """The day on which the first year was registered, None while nobody has written it."""
    stages = years[0].stages.all() if years else ()
    return next((stage.on for stage in stages if stage.withdrawn_at is None and stage.state == ModelYear.State.REGISTERED), None)
