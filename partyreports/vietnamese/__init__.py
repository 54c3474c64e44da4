"""Numbers, dates and words as Vietnamese writes them; folding for search; Vietnamese order. Pure functions that know no table."""

from partyreports.vietnamese.dates import (
    PartialDate,
    date_line,
    moment,
    parse_date,
    parse_partial_date,
    screen_date,
    short_date,
)
from partyreports.vietnamese.figures import (
    GIVEN,
    MISSING,
    NOT_APPLICABLE,
    NOTHING,
    QUALIFIERS,
    STATES,
    Entry,
    parse_figure,
    write_figure,
)
from partyreports.vietnamese.folding import fold
from partyreports.vietnamese.numbers import NO_VALUE, number, parse_number, round_half_up
from partyreports.vietnamese.quantities import attainment, compare, count, money, pair, percent
from partyreports.vietnamese.sorting import person_sort_key, sort_key
from partyreports.vietnamese.unclear import DateError, NumberError, UnclearError
from partyreports.vietnamese.words import join_words, normalise, sentence_case, upper

__all__ = [
    "GIVEN",
    "MISSING",
    "NOTHING",
    "NOT_APPLICABLE",
    "NO_VALUE",
    "QUALIFIERS",
    "STATES",
    "DateError",
    "Entry",
    "NumberError",
    "PartialDate",
    "UnclearError",
    "attainment",
    "compare",
    "count",
    "date_line",
    "fold",
    "join_words",
    "moment",
    "money",
    "normalise",
    "number",
    "pair",
    "parse_date",
    "parse_figure",
    "parse_number",
    "parse_partial_date",
    "percent",
    "person_sort_key",
    "round_half_up",
    "screen_date",
    "sentence_case",
    "short_date",
    "sort_key",
    "upper",
    "write_figure",
]
