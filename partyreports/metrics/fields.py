"""The field of a cell: it reads a figure as Vietnamese writes it and asks about what can be read in two ways."""

from django import forms

from partyreports.vietnamese import GIVEN, NumberError, parse_figure

MOST_DIGITS = 15  # what a database keeps of a number without losing its last digit, decimals included
LONGEST_TEXT = 60
DECIMALS_OF_A_MEASURE = 2


def decimals_of(indicator):
    """How many decimals a cell of `indicator` takes: those it is shown with; a duration or a frequency may always be one and a half."""
    return max(indicator.decimals, DECIMALS_OF_A_MEASURE) if indicator.kind == indicator.Kind.MEASURE else indicator.decimals


class FigureError(forms.ValidationError):
    """A figure that cannot be read, with the readings it may have: each is read without a question."""

    def __init__(self, sentence, suggestions=()):
        super().__init__(sentence)
        self.suggestions = tuple(suggestions)


class FigureField(forms.Field):
    """Text of one cell → vietnamese.Entry: `1.932`, `50,3`, "hơn 245", "kps", "kad", or nothing. What was typed stays in the cell.

    `only_number` refuses qualifiers and the words for blanks: a target is a plain number or nothing.
    """

    def __init__(self, indicator, *, only_number=False, **kwargs):
        super().__init__(label=indicator.name, required=False, **kwargs)
        self.decimals = decimals_of(indicator)
        self.only_number = only_number

    def to_python(self, value):
        text = "" if value is None else str(value)
        if len(text) > LONGEST_TEXT:
            raise FigureError(f"Ô này nhận nhiều nhất {LONGEST_TEXT} ký tự: chỉ nhập số.")
        try:
            entry = parse_figure(text, decimals=self.decimals)
        except NumberError as unclear:
            raise FigureError(unclear.sentence, unclear.suggestions) from unclear
        if entry.state == GIVEN and max(entry.value.adjusted() + 1, 1) + self.decimals > MOST_DIGITS:
            raise FigureError("Số quá lớn: kiểm tra lại đơn vị tính của ô này.")
        if self.only_number and (entry.qualifier or (entry.state != GIVEN and text.strip())):
            raise FigureError("Chỉ tiêu giao là một số, hoặc để trống nếu không giao.")
        return entry
