"""What the readers raise when typed text cannot be taken as it stands: they ask, they never guess."""

from partyreports.vietnamese.words import join_words


class UnclearError(ValueError):
    """Typed text that a person must look at again.

    `sentence` is Vietnamese, for the person who typed, and says what to do. `suggestions` are texts which the same reader accepts, the
    likeliest first; empty when nothing can be offered.
    """

    def __init__(self, sentence, suggestions=()):
        super().__init__(sentence)
        self.sentence = sentence
        self.suggestions = tuple(suggestions)


class NumberError(UnclearError):
    """A number that cannot be read, or can be read in two ways."""


class DateError(UnclearError):
    """A date that cannot be read or does not exist."""


def asking(suggestions):
    """The question that offers `suggestions`, one or more."""
    opening = "Đồng chí muốn nhập" if len(suggestions) > 1 else "Có phải đồng chí muốn nhập"
    return f"{opening} {join_words(suggestions, conjunction='hay')}?"
