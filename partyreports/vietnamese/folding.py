"""Search without marks: two texts are the same to a search when their folded forms are."""

import unicodedata

from partyreports.vietnamese.words import normalise

SIMPLE_SIGNS = str.maketrans(
    dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛‹›′´`", "'") | dict.fromkeys("‐‑‒–—―−", "-"),
)
# đ has no decomposition, so taking off the marks does not reach it.
BARRED_D = str.maketrans({"đ": "d", "ð": "d"})


def fold(text):
    """The search key of `text`: lower case, no marks, đ as d, plain quotes and dashes, single spaces: "Đơn  Dương" → "don duong".

    Both styles of tone marks (uỷ, ủy) and both forms of Unicode (NFC, NFD) fold to the same. Folding twice changes nothing.
    """
    text = unicodedata.normalize("NFKD", normalise(text).translate(SIMPLE_SIGNS)).translate(SIMPLE_SIGNS)
    text = unicodedata.normalize("NFKD", text.lower()).translate(BARRED_D)
    return " ".join("".join(character for character in text if unicodedata.category(character)[0] != "M").split())
