"""Numbers as Vietnamese writes them: a dot between thousands, a comma before decimals. Decimal throughout, never float."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from partyreports.vietnamese.unclear import NumberError, asking
from partyreports.vietnamese.words import normalise

NO_VALUE = "–"
MOST_DIGITS = 18
SIGNS = ("-", "−", "–")
WELL_WRITTEN = re.compile(r"(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,(?P<fraction>[0-9]+))?")
# What stands before a last dot or comma when the ones before it all separate thousands, in either tradition.
GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:[.,][0-9]{3})+")
HOW_TO_WRITE = "Dấu phẩy đứng trước phần thập phân, dấu chấm ngăn cách hàng nghìn."


def exact(value):
    """`value` as a finite Decimal. Raises TypeError for anything but an int or a Decimal: a float has lost its last figure already."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(f"an int or a Decimal is needed, not {type(value).__name__}")
    value = Decimal(value)
    if not value.is_finite():
        raise ValueError("a finite number is needed")
    return value


def round_half_up(value, decimals):
    """`value` to so many decimals, halves away from zero, as every paper rounds."""
    value = exact(value)
    context = Context(prec=max(value.adjusted(), 0) + abs(decimals) + 3, rounding=ROUND_HALF_UP)
    rounded = value.quantize(Decimal(1).scaleb(-decimals), context=context)
    return rounded if rounded else rounded.copy_abs()


def number(value, *, decimals=None):
    """`value` in figures: 1.981, 2.661,047. Decimals as many as it has, or exactly `decimals`, rounded half-up. None gives "–"."""
    if value is None:
        return NO_VALUE
    value = exact(value) if decimals is None else round_half_up(value, decimals)
    whole, _, fraction = f"{value.copy_abs():f}".partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    sign = "-" if value < 0 else ""
    return sign + f"{int(whole):,}".replace(",", ".") + (f",{fraction}" if fraction else "")


def parse_number(text, *, decimals=None, allow_negative=False):
    """The Decimal that `text` means: 1.932 · 50,3 · 2.661,047 · 05 · 6.108.340.000 · 1932.

    `decimals` is how many the cell holds (None: any). Raises NumberError for whatever is not a number or may be two: "1.5" is asked
    about, and so is "1,932" where only whole numbers go. Its suggestions are read without a question under the same options.
    """
    typed = " ".join(normalise(text).split())
    sign, digits = (typed[0], typed[1:].lstrip()) if typed.startswith(SIGNS) else ("", typed)
    if sign and re.match("[0-9.,]", digits) and not allow_negative:
        raise NumberError("Nhập số từ 0 trở lên.")
    _refuse_what_is_no_number(typed, digits, decimals)
    factor = -1 if sign else 1
    match = WELL_WRITTEN.fullmatch(digits)
    if match is None:
        raise _question(typed, [factor * reading for reading in _readings(digits, decimals)], decimals)
    value = factor * _decimal(digits)
    if _fits(match, decimals):
        return value if value else Decimal(0)
    readings = [value]
    if len(match["fraction"]) == 3 and re.fullmatch("[1-9][0-9]{0,2}", match["whole"]):
        readings.insert(0, factor * Decimal(match["whole"] + match["fraction"]))
    raise _question(typed, readings, decimals)


def _decimal(digits):
    return Decimal(digits.replace(".", "").replace(",", "."))


def _fits(match, decimals):
    return decimals is None or len(match["fraction"] or "") <= decimals


def _refuse_what_is_no_number(typed, digits, decimals):
    if not typed:
        raise NumberError("Ô này còn trống: hãy nhập một số.")
    if sum(character.isdigit() for character in digits) > MOST_DIGITS:
        raise NumberError(f"Số quá dài: nhập nhiều nhất {MOST_DIGITS} chữ số.")
    if match := re.fullmatch(f"{WELL_WRITTEN.pattern} ?%", digits):
        raise NumberError("Chỉ nhập số, bỏ ký hiệu %.", [typed.rstrip("% ")] if _fits(match, decimals) else [])
    if re.fullmatch("[0-9.,]+ ?/ ?[0-9.,]+", digits):
        raise NumberError(f"Ô này nhận một số, không nhận cặp số “{typed[:40]}”: nhập từng số vào ô của nó.")
    if not re.fullmatch("[0-9., ]*[0-9][0-9., ]*", digits):
        raise NumberError(f"“{typed[:40]}” không phải là số: chỉ nhập chữ số, không kèm chữ hay ký hiệu, ví dụ {_example(decimals)}.")


def _readings(digits, decimals):
    """What badly written `digits` may mean, the likeliest first."""
    close = digits.replace(" ", "")
    if close != digits and WELL_WRITTEN.fullmatch(close):
        return [_decimal(close)]
    joined = Decimal(re.sub("[.,]", "", close))
    separators = re.findall("[.,]", close)
    before, _, after = close.rpartition(separators[-1])
    pointed = Decimal(f"{re.sub('[.,]', '', before) or 0}.{after or 0}")
    if len(separators) == 1:
        return _readings_of_one_separator(before, after, pointed, joined, decimals)
    if len(set(separators)) == 2:
        return [pointed] if separators.count(separators[-1]) == 1 else []
    if len(after) != 3 and GROUPED.fullmatch(before):
        return [pointed, joined]
    return [joined]


def _readings_of_one_separator(before, after, pointed, joined, decimals):
    if not after or not before.strip("0"):
        return [pointed]
    first = joined if decimals == 0 else pointed
    if len(before) > 3 and len(after) != 3:
        return [first]
    # A figure or two may be missing from the thousands: 1.5 for 1.500.
    return [first, joined.scaleb(max(3 - len(after), 0))]


def _question(typed, readings, decimals):
    """The error that asks which of `readings` is meant. Rounding is offered where decimals go, never where only whole numbers do."""
    if decimals == 0:
        fitting = [reading for reading in readings if reading == round_half_up(reading, 0)]
        limit = "Ô này chỉ nhận số nguyên. "
    else:
        fitting = readings if decimals is None else [round_half_up(reading, decimals) for reading in readings]
        limit = "" if fitting == readings else f"Ô này nhận nhiều nhất {decimals} chữ số sau dấu phẩy. "
    suggestions = list(dict.fromkeys(map(number, fitting)))
    if suggestions:
        return NumberError(f"{limit}{asking(suggestions)} {HOW_TO_WRITE}", suggestions)
    return NumberError(f"{limit}Chưa đọc được “{typed[:40]}”: nhập lại, ví dụ {_example(decimals)}. {HOW_TO_WRITE}")


def _example(decimals):
    return "1.932" if decimals == 0 else "1.932 hoặc 50,3"
