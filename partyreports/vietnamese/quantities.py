"""Numbers that count something: people and things, percentages, money, results against targets and against last year."""

from partyreports.vietnamese.numbers import NO_VALUE, exact, number, round_half_up


def count(value):
    """People or things: 1 to 9 take a leading zero (05), 0 and numbers with decimals do not. None gives "–".

    A house rule for counts alone: never for decimals, money, percentages, ordinals or what stands after a stroke.
    """
    if value is None:
        return NO_VALUE
    value = exact(value)
    shown = number(value.copy_abs())
    return ("-" if value < 0 else "") + (f"0{shown}" if len(shown) == 1 and value else shown)


def percent(value, *, decimals=2, fixed=False):
    """A percentage, rounded half-up: 55,56% · 50,3% · 100%. `fixed` keeps the zeros, for tables: 100,00%. None gives "–"."""
    if value is None:
        return NO_VALUE
    return (number(value, decimals=decimals) if fixed else number(round_half_up(value, decimals))) + "%"


def money(value, *, unit="đồng"):
    """An amount already in `unit`: 6.108.340.000 đồng · 606 tỷ đồng. None gives "–"."""
    return NO_VALUE if value is None else f"{number(value)} {unit}"


def pair(result, whole):
    """A result over its target or whole: 22/29 · 09/8 · 05/9. Only the result takes a leading zero."""
    return f"{count(result)}/{number(whole)}"


def compare(now, before, *, year):
    """How a count stands to that of `year`: "tăng 27 so với năm 2023", "giảm 03 so với năm 2023", "bằng năm 2023". None gives "–"."""
    if now is None or before is None:
        return NO_VALUE
    change = exact(now) - exact(before)
    if not change:
        return f"bằng năm {year}"
    return f"{'tăng' if change > 0 else 'giảm'} {count(change.copy_abs())} so với năm {year}"


def attainment(result, target):
    """How a result stands to its target: "vượt", "đạt" or "chưa đạt". None gives "–"."""
    if result is None or target is None:
        return NO_VALUE
    result, target = exact(result), exact(target)
    if result == target:
        return "đạt"
    return "vượt" if result > target else "chưa đạt"
