"""The rules of layout, one file a rule set in `layouts/`, chosen by the style and the date of the paper.

Lengths are millimetres; type sizes, line pitches and gaps are points.
"""

import tomllib
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "layouts"
POINTS_A_MILLIMETRE = 72 / 25.4
# Height of a single-spaced line of Times New Roman, in parts of its size.
SINGLE_LINE = 1.149
STYLES = {"party": "văn bản của Đảng", "state": "văn bản hành chính"}
MARKS = ("confirmed", "second-hand", "observed")


class LayoutError(ValueError):
    """No rule set fits, or a file of rules is wrong; the message is a Vietnamese sentence."""


@dataclass(frozen=True)
class Source:
    """Where numbers of a rule set come from, and how sure they are (one of MARKS)."""

    text: str
    mark: str


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float

    @property
    def text_width(self):
        return self.width - self.left - self.right


@dataclass(frozen=True)
class PageNumber:
    top: float
    size: float


@dataclass(frozen=True)
class Body:
    """`line` is a pitch in points when `line_rule` is "exact", else a multiple of the single line ("multiple")."""

    font: str
    size: float
    line_rule: str
    line: float
    line_least: float
    line_most: float
    gap: float
    indent: float

    @property
    def pitch(self):
        """Points from one line to the next."""
        return self.line if self.line_rule == "exact" else round(self.line * SINGLE_LINE * self.size, 2)


@dataclass(frozen=True)
class LetterheadRules:
    left: float
    right: float
    line: float
    rule_weight: float
    rule_gap: float
    date_gap: float
    gap: float
    below_issuer: str
    star: str
    rule_share: float


@dataclass(frozen=True)
class HeadingBlock:
    """The kind and the title of the paper, and what closes them: a row of hyphens or a rule of so many millimetres."""

    width: float
    below_title: str
    below_title_rule: float
    kind_line: float
    gap: float


@dataclass(frozen=True)
class Part:
    """How one component is set; `text` where the component is the same on every paper."""

    size: float
    bold: bool = False
    italic: bool = False
    ruled: bool = False
    underlined: bool = False
    text: str = ""


@dataclass(frozen=True)
class Parts:
    nation: Part
    parent: Part
    issuer: Part
    number: Part
    place_date: Part
    draft: Part
    kind: Part
    title: Part
    heading1: Part
    heading2: Part
    heading3: Part
    authority: Part
    post: Part
    signer: Part
    recipients_title: Part
    recipients: Part
    motto: Part | None = None
    table: Part | None = None


@dataclass(frozen=True)
class Closing:
    """What stands below the last paragraph: recipients on the left, the signature on the right, `blank` lines left for it."""

    for_a_body: str
    separator: str
    blank: int
    gap: float
    left: float
    right: float


@dataclass(frozen=True)
class LayoutRules:
    """One rule set: its code and title, the style and the days it is for, its sources and all its numbers."""

    code: str
    title: str
    style: str
    valid_from: date
    sources: tuple
    page: Page
    page_number: PageNumber
    body: Body
    letterhead: LetterheadRules
    heading_block: HeadingBlock
    closing: Closing
    parts: Parts
    valid_to: date | None = None

    def holds_on(self, day):
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def rules_for(style, on):
    """The LayoutRules for papers of `style` ("party", "state") dated `on`; raises LayoutError when there are none."""
    if style not in STYLES:
        raise LayoutError(f"Không có thể thức văn bản loại “{style}”.")
    for rules in rule_sets():
        if rules.style == style and rules.holds_on(on):
            return rules
    raise LayoutError(f"Chưa có quy định thể thức {STYLES[style]} cho ngày {on:%d/%m/%Y}. Hãy kiểm tra ngày của văn bản.")


@cache
def rule_sets():
    """Every rule set in the folder, in order of code."""
    return tuple(read(path) for path in sorted(FOLDER.glob("*.toml")))


def read(path):
    """The LayoutRules in one file; raises LayoutError naming the file and what is wrong in it."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LayoutError(f"Tệp thể thức {path.name} viết sai cú pháp: {error}") from error
    content["sources"] = tuple(_build(Source, source, f"{path.name}: sources") for source in content.get("sources", ()))
    rules = _build(LayoutRules, content, path.name)
    _check(rules, path.name)
    return rules


def _build(kind, table, where):
    if not isinstance(table, dict):
        raise LayoutError(f"Tệp thể thức {where}: phải là một bảng.")
    known = {field.name: field for field in fields(kind)}
    if unknown := sorted(set(table) - set(known)):
        raise LayoutError(f"Tệp thể thức {where}: không có mục “{unknown[0]}”.")
    values = {}
    for name, field in known.items():
        if name in table:
            values[name] = _value(field.type, table[name], f"{where}: {name}")
        elif field.default is MISSING:
            raise LayoutError(f"Tệp thể thức {where}: thiếu mục “{name}”.")
    return kind(**values)


def _value(kind, value, where):
    if is_dataclass(kind):
        return _build(kind, value, where)
    if kind == Part | None:
        return _build(Part, value, where)
    expected = {float: (int, float), date | None: date}.get(kind, kind)
    if not isinstance(value, expected) or (kind is float and isinstance(value, bool)):
        raise LayoutError(f"Tệp thể thức {where}: giá trị “{value}” không đúng loại.")
    return value


def _check(rules, where):
    """What no type can say: columns fill the line, the pitch lies in its band, marks and choices are known."""
    body, head = rules.body, rules.letterhead
    checks = {
        "style": rules.style in STYLES,
        "sources": rules.sources and all(source.mark in MARKS for source in rules.sources),
        "letterhead: left + right": head.left + head.right == rules.page.text_width,
        "closing: left + right": rules.closing.left + rules.closing.right == rules.page.text_width,
        "letterhead: below_issuer": head.below_issuer in ("star", "rule"),
        "body: line_rule": body.line_rule in ("exact", "multiple"),
        "body: line": body.line_least <= body.line and (not body.line_most or body.line <= body.line_most),
    }
    for name, holds in checks.items():
        if not holds:
            raise LayoutError(f"Tệp thể thức {where}: mục “{name}” không hợp lệ.")
