"""The four Liberation Serif files: where they are, whether they have every Vietnamese letter, and how wide words are in them.

They have the widths of Times New Roman, so a length computed here holds in PDF and in Word.
"""

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

# fonts-liberation2 (Debian 12), fonts-liberation (Debian 13, Ubuntu 24.04), Fedora. Debian 12's own fonts-liberation lies in the second
# folder and lacks most Vietnamese letters, so folders are tried in order until one has them all.
FOLDERS = tuple(
    Path("/usr/share/fonts") / folder
    for folder in ("truetype/liberation2", "truetype/liberation", "liberation-serif-fonts", "truetype/liberation-serif")
)
FILES = {
    (False, False): "LiberationSerif-Regular.ttf",
    (True, False): "LiberationSerif-Bold.ttf",
    (False, True): "LiberationSerif-Italic.ttf",
    (True, True): "LiberationSerif-BoldItalic.ttf",
}
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
SMALL_LETTERS = "đ" + "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES)
VIETNAMESE_LETTERS = SMALL_LETTERS + SMALL_LETTERS.upper()
POINTS_A_MILLIMETRE = 72 / 25.4


class FontsMissing(Exception):
    """No folder has the four files with every Vietnamese letter; the message is a Vietnamese sentence."""


@cache
def font_files():
    """{(bold, italic): path} of the files to print with; raises FontsMissing."""
    incomplete = ""
    for folder in FOLDERS:
        files = {style: folder / name for style, name in FILES.items()}
        if not all(path.is_file() for path in files.values()):
            continue
        missing = "".join(missing_letters(path) for path in files.values())
        if not missing:
            return files
        incomplete = incomplete or f"Phông Liberation Serif ở {folder} thiếu {len(set(missing))} chữ cái tiếng Việt (ví dụ “{missing[0]}”). "
    raise FontsMissing(
        (incomplete or "Máy chưa có phông Liberation Serif. ")
        + "Hãy cài gói fonts-liberation2 (Debian 12) hoặc fonts-liberation (Debian 13, Ubuntu 24.04)."
    )


def missing_letters(path):
    """The Vietnamese letters that the font file lacks; all of them when it cannot be read."""
    try:
        with path.open("rb") as file:
            known = TTFont(file, lazy=True).getBestCmap()
    except (TTLibError, OSError):
        known = {}
    return "".join(letter for letter in VIETNAMESE_LETTERS if ord(letter) not in known)


@cache
def advances(*, bold, italic):
    """{code point: width in parts of the size} of one file."""
    with TTFont(font_files()[bold, italic], lazy=True) as font:
        unit, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        return {code: widths[name][0] / unit for code, name in font.getBestCmap().items()}


@lru_cache(maxsize=4096)
def text_width(text, size, *, bold=False, italic=False):
    """Millimetres that `text` takes on one line at `size` points, without kerning."""
    widths = advances(bold=bold, italic=italic)
    return sum(widths.get(ord(letter), 0.5) for letter in unicodedata.normalize("NFC", text)) * size / POINTS_A_MILLIMETRE
