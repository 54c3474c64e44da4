"""Blocks of a document tree to JSON and back. Reading is strict: what is not known is refused, never dropped."""

from partyreports.documents.tree import (
    ALIGNMENTS,
    CELL_ALIGNMENTS,
    COLUMNS,
    LIST_STYLES,
    UNPRINTABLE,
    Column,
    Figure,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Table,
    Text,
    TreeError,
    refuse_large,
)

KEY_LENGTH = 200


def blocks_to_json(blocks):
    """A list of dictionaries; marks that are off and empty keys are left out."""
    return [_block_to_json(block) for block in blocks]


def blocks_from_json(content):
    """The tuple of blocks in `content`; raises TreeError on any type, key or value that a tree does not have."""
    blocks = tuple(_block_from_json(block) for block in _list(content))
    refuse_large(blocks)
    return blocks


def _block_to_json(block):
    match block:
        case Heading():
            return {"type": "heading", "level": block.level, "inlines": _inlines_to_json(block.inlines)}
        case Paragraph():
            return {"type": "paragraph", "align": block.align, "inlines": _inlines_to_json(block.inlines)}
        case ListBlock():
            items = [{"inlines": _inlines_to_json(item.inlines)} for item in block.items]
            return {"type": "list", "style": block.style, "items": items}
        case Table():
            columns = [{"title": column.title, "share": column.share, "align": column.align} for column in block.columns]
            return {"type": "table", "columns": columns, "rows": [[_inlines_to_json(cell) for cell in row] for row in block.rows]}
    raise TreeError(f"Cây văn bản có phần không rõ loại: {type(block).__name__}.")


def _inlines_to_json(inlines):
    return [_inline_to_json(inline) for inline in inlines]


def _inline_to_json(inline):
    marks = {name: True for name in ("bold", "italic") if getattr(inline, name)}
    if isinstance(inline, Figure):
        figure = {"type": "figure", "shown": inline.shown, "key": inline.key}
        return figure | ({"missing": True} if inline.missing else {}) | marks
    return {"type": "text", "text": inline.text} | marks


def _block_from_json(block):
    match _dictionary(block).get("type"):
        case "heading":
            _only(block, {"type", "level", "inlines"})
            level = block.get("level")
            if type(level) is not int or level not in (1, 2, 3):
                raise TreeError("Cấp đề mục phải là 1, 2 hoặc 3.")
            return Heading(level, _inlines_from_json(block))
        case "paragraph":
            _only(block, {"type", "align", "inlines"})
            return Paragraph(_inlines_from_json(block), _choice(block.get("align", "justify"), ALIGNMENTS))
        case "list":
            _only(block, {"type", "style", "items"})
            items = tuple(_item_from_json(item) for item in _list(block.get("items")))
            return ListBlock(items, _choice(block.get("style", "-"), LIST_STYLES))
        case "table":
            _only(block, {"type", "columns", "rows"})
            columns = tuple(_column_from_json(column) for column in _list(block.get("columns")))
            rows = tuple(tuple(_inlines_from_json({"inlines": cell}) for cell in _list(row)) for row in _list(block.get("rows")))
            if not 1 <= len(columns) <= COLUMNS or any(len(row) != len(columns) for row in rows):
                raise TreeError("Bảng phải có từ 1 đến 12 cột, dòng nào cũng đủ ô.")
            return Table(columns, rows)
    raise TreeError("Cây văn bản có đoạn không rõ loại.")


def _column_from_json(column):
    _only(_dictionary(column), {"title", "share", "align"})
    share = column.get("share", 1)
    if type(share) not in (int, float) or not 0 < share <= 100:
        raise TreeError("Độ rộng cột của bảng không hợp lệ.")
    return Column(_words(column.get("title")), share, _choice(column.get("align", "left"), CELL_ALIGNMENTS))


def _item_from_json(item):
    _only(_dictionary(item), {"inlines"})
    return ListItem(_inlines_from_json(item))


def _inlines_from_json(holder):
    return tuple(_inline_from_json(inline) for inline in _list(holder.get("inlines")))


def _inline_from_json(inline):
    match _dictionary(inline).get("type"):
        case "text":
            _only(inline, {"type", "text", "bold", "italic"})
            return Text(_words(inline.get("text")), _flag(inline, "bold"), _flag(inline, "italic"))
        case "figure":
            _only(inline, {"type", "shown", "key", "missing", "bold", "italic"})
            key = _words(inline.get("key", ""))
            if len(key) > KEY_LENGTH:
                raise TreeError("Mã số liệu dài quá 200 ký tự.")
            flags = {name: _flag(inline, name) for name in ("missing", "bold", "italic")}
            return Figure(_words(inline.get("shown")), key, **flags)
    raise TreeError("Cây văn bản có chữ không rõ loại.")


def _dictionary(value):
    if not isinstance(value, dict):
        raise TreeError("Cây văn bản không đúng cấu trúc.")
    return value


def _list(value):
    if not isinstance(value, list):
        raise TreeError("Cây văn bản không đúng cấu trúc.")
    return value


def _only(dictionary, names):
    if not dictionary.keys() <= names:
        raise TreeError("Cây văn bản có thuộc tính không rõ.")


def _flag(dictionary, name):
    value = dictionary.get(name, False)
    if not isinstance(value, bool):
        raise TreeError("Cây văn bản không đúng cấu trúc.")
    return value


def _choice(value, choices):
    if not isinstance(value, str) or value not in choices:
        raise TreeError("Cây văn bản có cách trình bày không rõ.")
    return value


def _words(value):
    if not isinstance(value, str):
        raise TreeError("Cây văn bản không đúng cấu trúc.")
    if UNPRINTABLE.search(value):
        raise TreeError("Văn bản có ký tự điều khiển không in được. Hãy xóa ký tự đó rồi thử lại.")
    return value
