"""What comes back from printing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Printed:
    """The bytes of a file, and its number of pages where that is known before a program opens it (PDF)."""

    content: bytes
    pages: int | None = None


class ForbiddenSource(Exception):
    """A paper asked for a file or an address from outside; nothing was read."""

    sentence = "Văn bản có tham chiếu ra ngoài nên không in được."

    def __str__(self):
        return self.sentence
