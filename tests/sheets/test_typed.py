"""A word that is none of a list: what is offered in its place."""

import pytest

from partyreports.sheets import Field
from partyreports.sheets.typed import WrongCell, typed

SUBJECTS = (
    "Đất đai",
    "Điện",
    "Nước sạch",
    "Đường giao thông",
    "Trường học",
    "Y tế",
    "Môi trường",
    "An ninh trật tự",
    "Hộ khẩu",
    "Đền bù, tái định cư",
)


@pytest.mark.parametrize(
    ("typed_word", "offered"),
    [
        ("đất", "chọn “Đất đai”"),
        ("duong giao thong nong thon", "chọn “Đường giao thông”"),
        ("mội trừng", "chọn “Môi trường” hoặc “Trường học”"),
        ("vũ trụ xa xôi", "chọn trong danh sách thả xuống của mẫu"),
    ],
)
def test_of_a_long_list_the_nearest_words_are_offered(typed_word, offered):
    field = Field("subject", "Lĩnh vực", "choice", choices=tuple(enumerate(SUBJECTS)))

    with pytest.raises(WrongCell) as refused:
        typed(field, typed_word)

    assert refused.value.sentence == f"Không có lựa chọn “{typed_word}”: {offered}."
