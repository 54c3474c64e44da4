"""What every DOCX of ours carries: page, styles, settings and properties, cleared of what the empty template brings along."""

from datetime import UTC, datetime, time, timedelta

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

LANGUAGE = "vi-VN"
SCRIPTS = ("ascii", "hAnsi", "eastAsia", "cs")
HALF_POINTS = 2
KEPT_STYLES = (
    "Normal", "BodyText", "ListParagraph", "Title", "Subtitle", "Header", "Heading1", "Heading2", "Heading3",
    "DefaultParagraphFont", "TableNormal", "NoList",
)  # fmt: skip
KEPT_PARTS = ("styles", "settings")
COMPATIBILITY = ("overrideTableStyleFontSizeAndJustification", "enableOpenTypeFeatures", "doNotFlipMirrorIndents")


def prepare(word, document, rules):
    """Give a new python-docx document our page, styles, settings and properties."""
    _drop_parts(word)
    _set_page(word.sections[0], rules)
    _set_defaults(word.styles, rules)
    _set_styles(word.styles, rules)
    _set_settings(word.settings.element)
    _set_properties(word.core_properties, document)


def _drop_parts(word):
    """The template's thumbnail, theme, numbering and fonts are not ours; a relationship that is gone is not saved."""
    for holder, kept in ((word.part, KEPT_PARTS), (word.part.package, ("officeDocument", "core-properties"))):
        for key, relationship in list(holder.rels.items()):
            if relationship.reltype.rsplit("/", 1)[-1] not in kept:
                del holder.rels[key]


def _set_page(section, rules):
    page = rules.page
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.header_distance = section.footer_distance = Mm(rules.page_number.top)
    section.different_first_page_header_footer = True


def _set_defaults(styles, rules):
    defaults = styles.element.find(qn("w:docDefaults"))
    for properties in list(defaults):
        defaults.remove(properties)
    run = _child(_child(defaults, "rPrDefault"), "rPr")
    set_font(run, rules.body.font, rules.body.size)
    _child(run, "lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi=LANGUAGE)
    _child(_child(defaults, "pPrDefault"), "pPr")
    for style in list(styles.element.findall(qn("w:style"))):
        if style.get(qn("w:styleId")) not in KEPT_STYLES:
            styles.element.remove(style)


def _set_styles(styles, rules):
    parts, body, block = rules.parts, rules.body, rules.heading_block
    _style(styles, "Normal", rules)
    for name in ("Body Text", "List Paragraph"):
        paragraph = _style(styles, name, rules).paragraph_format
        paragraph.alignment, paragraph.first_line_indent, paragraph.space_after = WD_ALIGN_PARAGRAPH.JUSTIFY, Mm(body.indent), Pt(body.gap)
    for level, part in enumerate((parts.heading1, parts.heading2, parts.heading3), start=1):
        paragraph = _style(styles, f"Heading {level}", rules, part, outline=level - 1).paragraph_format
        paragraph.alignment, paragraph.first_line_indent, paragraph.space_after = WD_ALIGN_PARAGRAPH.JUSTIFY, Mm(body.indent), Pt(body.gap)
        paragraph.keep_with_next = True
    title = _style(styles, "Title", rules, parts.kind).paragraph_format
    title.alignment, title.space_before, title.keep_with_next = WD_ALIGN_PARAGRAPH.CENTER, Pt(rules.letterhead.gap), True
    set_pitch(title, block.kind_line)
    subtitle = _style(styles, "Subtitle", rules, parts.title).paragraph_format
    subtitle.alignment, subtitle.keep_with_next = WD_ALIGN_PARAGRAPH.CENTER, True
    header = _style(styles, "Header", rules).paragraph_format
    header.alignment, header.line_spacing = WD_ALIGN_PARAGRAPH.CENTER, 1.0
    styles["Header"].font.size = Pt(rules.page_number.size)


def _style(styles, name, rules, part=None, *, outline=None):
    """The style `name` written anew, on top of Normal: black, in the font of the rules, without gaps."""
    style = styles[name]
    for tag in ("w:basedOn", "w:next", "w:link", "w:pPr", "w:rPr", "w:rsid"):
        for old in style.element.findall(qn(tag)):
            style.element.remove(old)
    if name != "Normal":
        style.base_style = styles["Normal"]
    set_font(style.element.get_or_add_rPr(), rules.body.font, part.size if part else rules.body.size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.font.bold, style.font.italic = bool(part and part.bold), bool(part and part.italic)
    paragraph = style.paragraph_format
    paragraph.space_before = paragraph.space_after = Pt(0)
    paragraph.widow_control = True
    if rules.body.line_rule == "exact":
        set_pitch(paragraph, rules.body.line)
    else:
        paragraph.line_spacing = rules.body.line
    if outline is not None:
        _child(style.element.get_or_add_pPr(), "outlineLvl", val=outline)
    return style


def set_font(run_properties, name, size):
    """The typeface for every script, so that Word takes none of its own for letters with marks."""
    for tag in ("w:rFonts", "w:sz", "w:szCs"):
        for old in run_properties.findall(qn(tag)):
            run_properties.remove(old)
    run_properties.insert(0, element("rFonts", **dict.fromkeys(SCRIPTS, name)))
    _child(run_properties, "sz", val=round(size * HALF_POINTS))
    _child(run_properties, "szCs", val=round(size * HALF_POINTS))


def set_pitch(paragraph_format, points):
    paragraph_format.line_spacing, paragraph_format.line_spacing_rule = Pt(points), WD_LINE_SPACING.EXACTLY


def _set_settings(settings):
    for old in list(settings):
        settings.remove(old)
    _child(settings, "zoom", percent=100)
    _child(settings, "defaultTabStop", val=720)
    _child(settings, "characterSpacingControl", val="doNotCompress")
    compatibility = _child(settings, "compat")
    for name, value in (("compatibilityMode", 15), *((name, 1) for name in COMPATIBILITY)):
        _child(compatibility, "compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=value)
    _child(settings, "themeFontLang", val=LANGUAGE)
    _child(settings, "decimalSymbol", val=",")
    _child(settings, "listSeparator", val=";")


def _set_properties(properties, document):
    """Dates are the document's own, at midnight in Vietnam, so that the same document gives the same bytes."""
    day = datetime.combine(document.dated, time(), UTC) - timedelta(hours=7)
    properties.title, properties.subject, properties.author = document.name[:255], document.subject[:255], document.author[:255]
    properties.last_modified_by, properties.comments, properties.keywords, properties.category = document.author[:255], "", "", ""
    properties.created = properties.modified = properties.last_printed = day.replace(tzinfo=None)
    properties.language, properties.revision, properties.version = LANGUAGE, 1, ""


def _child(parent, tag, /, **attributes):
    new = element(tag, **attributes)
    parent.append(new)
    return new


def element(tag, /, **attributes):
    """A new element of Word's own namespace, with its attributes."""
    new = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        new.set(qn(f"w:{name}"), str(value))
    return new
