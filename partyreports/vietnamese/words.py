"""Letters and words as Vietnamese writes them: one spelling of each character, old-style tone marks, capitals, lists of words."""

import re
import unicodedata

LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
ICELANDIC_D = str.maketrans({"Ð": "Đ", "ð": "đ"})

# Canonical order does not move a circumflex or a breve before a tone mark typed first, so NFC alone leaves such letters in pieces.
TONE_BEFORE_SHAPE = re.compile("([aeoAEO])([\u0300\u0301\u0303\u0309])([\u0302\u0306])")

LETTER_OR_MARK = r"(?:[^\W\d_]|[\u0300-\u036f])"

# An open syllable in oa, oe or uy with its mark on the last vowel. "qu" is no onset of the list, so that quý and quỳ stay as they are;
# the list of onsets also leaves foreign words such as Chloé alone.
NEW_STYLE = re.compile(
    rf"(?<!{LETTER_OR_MARK})((?:ngh?|nh|g[hi]|[ckpt]h|tr|[bcdđghklmnprstvx])?)(?:(o)([àáảãạèéẻẽẹ])|(u)([ỳýỷỹỵ]))(?!{LETTER_OR_MARK})",
    re.IGNORECASE,
)
FIRST_LETTER = re.compile(r"[\W_]*([^\W_])")


def normalise(text):
    """The one way `text` is kept: NFC, Đ and not Ð, old-style tone marks (hòa, ủy), plain spaces, no control or invisible characters.

    Line breaks become "\\n" and stay; spaces at the ends of lines and at both ends of the text go. Applying it twice changes nothing.
    """
    text = "".join(map(_plain_character, LINE_ENDS.sub("\n", text))).translate(ICELANDIC_D)
    text = TONE_BEFORE_SHAPE.sub(r"\1\3\2", unicodedata.normalize("NFD", text))
    text = NEW_STYLE.sub(_in_old_style, unicodedata.normalize("NFC", text))
    return "\n".join(line.rstrip(" ") for line in text.split("\n")).strip(" \n")


def _plain_character(character):
    category = unicodedata.category(character)
    if category == "Zs" or character == "\t":
        return " "
    return "" if category in {"Cc", "Cf", "Cs"} and character != "\n" else character


def _in_old_style(match):
    onset, *vowels = match.groups("")
    first, last = (vowel for vowel in vowels if vowel)
    plain, tone = unicodedata.normalize("NFD", last)
    return onset + unicodedata.normalize("NFC", first + tone) + plain


def upper(text):
    """`text` in capitals, as letterheads and kinds of papers are printed."""
    return unicodedata.normalize("NFC", text).upper()


def sentence_case(text):
    """`text` with a capital first letter; the rest stays, for it may hold proper names. A text that begins with a figure stays whole."""
    match = FIRST_LETTER.match(text)
    if match is None:
        return text
    return text[: match.start(1)] + match[1].upper() + text[match.end(1) :]


def join_words(words, *, conjunction="và"):
    """`words` as a list inside a sentence: "a", "a và b", "a, b và c"."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)} {conjunction} {last}" if first else last
