"""Names of models in a text, held against their official titles: what is flagged, and what stays quiet."""

import pytest

from partyreports.speeches.drifts import drifts_in, short_names
from partyreports.speeches.namings import Title

FRIDAY = "Ngày thứ sáu cuối tháng về với khu dân cư – lắng nghe dân nói"
MILITIA = "Dân quân nắm hộ dân"
SOURCE = "Đổi mới, nâng cao chất lượng công tác bồi dưỡng quần chúng ưu tú, tạo nguồn phát triển Đảng viên"
HEARING = "Mô hình tham mưu tổ chức hội nghị Bí thư Huyện ủy lắng nghe ý kiến các tầng lớp nhân dân"
FOUR_GOODS = "Xây dựng chi bộ “4 tốt”"
TITLES = [Title.read(title) for title in (FRIDAY, MILITIA, SOURCE, HEARING, FOUR_GOODS)]


def drifts(text, titles=TITLES, **known):
    return drifts_in(text, titles, shorts=short_names(text, titles), **known)


@pytest.mark.parametrize(
    ("text", "difference", "corrected"),
    [
        # accents and letters
        ("mô hình “Dân quân nằm hộ dân”", "ghi “nằm” thay cho “nắm”", MILITIA),
        ("mô hình Dan quan nam ho dan tại xã", "ghi “Dan quan nam ho dan” thay cho “Dân quân nắm hộ dân”", MILITIA),
        ("Lực lượng dân quân nắm họ dân ở thôn", "ghi “họ” thay cho “hộ”", "dân quân nắm hộ dân"),
        ("Mô hình “Ngày thứ 6 cuối tháng về với khu dân cư – lắng nghe dân nói”", "ghi “6” thay cho “sáu”", FRIDAY),
        # words that are missing or too many
        ("mô hình dân quân nắm hộ được nhân rộng", "thiếu “dân”", "dân quân nắm hộ dân"),
        ("mô hình “Ngày thứ sáu cuối tháng”", "thiếu “về với khu dân cư lắng nghe dân nói”", FRIDAY),
        ("mô hình “Ngày thứ sáu mỗi cuối tháng về với khu dân cư – lắng nghe dân nói”", "thừa “mỗi”", FRIDAY),
        ("mô hình có tên là “Dân quân nắm hộ dân trên địa bàn”", "thừa “trên địa bàn”", MILITIA),
        ("NGÀY THỨ SÁU CUỐI THÁNG VỀ KHU DÂN CƯ – LẮNG NGHE DÂN NÓI", "thiếu “với”", FRIDAY.upper()),
        ("mô hình tham mưu tổ chức hội nghị Bí thư Huyện ủy lắng nghe các tầng lớp nhân dân", "thiếu “ý kiến”", HEARING.removeprefix("Mô hình ")),
        # signs and quotes
        (f"mô hình “{SOURCE.replace(',', '', 1)}”", "khác dấu câu", SOURCE),
        ("mô hình “Xây dựng chi bộ 4 tốt”", "khác dấu câu", FOUR_GOODS),
        (f"mô hình “{SOURCE.replace('Đảng viên', 'đảng viên')}”", "khác chữ hoa, chữ thường", SOURCE),
        ("mô hình “Ngày thứ sáu cuối tháng về khu dân cư – lắng nghe dân nói", "thiếu “với”", FRIDAY),
    ],
)
def test_a_name_that_has_drifted_is_told_with_its_difference(text, difference, corrected):
    (drift,) = drifts(text)

    assert (drift.difference, drift.corrected) == (difference, corrected)
    assert text[drift.start : drift.end] == drift.written


@pytest.mark.parametrize(
    "text",
    [
        f"Mô hình “{FRIDAY}” được duy trì.",
        f'Mô hình "{FRIDAY.replace("–", "-")}" được duy trì.',
        f"Mô hình mới, cách làm sáng tạo “{MILITIA} năm 2024”",
        f"Mô hình {MILITIA.lower()} được nhân rộng; {MILITIA.upper()}.",
        f"“{HEARING}” và mô hình “Tham mưu tổ chức hội nghị Bí thư Huyện ủy lắng nghe ý kiến các tầng lớp nhân dân”",
        'mô hình “Xây dựng chi bộ “4 tốt”” và mô hình xây dựng chi bộ "4 tốt"',
        f"Mô hình “{FRIDAY}” (gọi tắt là “Thứ sáu dân nói”). Mô hình “Thứ sáu dân nói” đi vào nền nếp.",
        f"Mô hình “{FRIDAY}” (sau đây gọi tắt là mô hình Ngày thứ sáu cuối tháng). Nhờ mô hình “Ngày thứ sáu cuối tháng”, nhân dân tin tưởng.",
        f"Mô hình “{FRIDAY}” (“Ngày thứ sáu cuối tháng”). Mô hình “Ngày thứ sáu cuối tháng” được duy trì.",
        "Mô hình “Ngày thứ sáu cuối tháng…” được duy trì.",
        "Tính mới của mô hình: dân quân nắm địa bàn, nắm chắc hộ dân trong thôn.",
        "Tiếp tục nâng cao chất lượng công tác bồi dưỡng quần chúng ưu tú, tạo nguồn phát triển đảng viên ở nông thôn.",
        "Hội nghị lắng nghe ý kiến các tầng lớp nhân dân do Bí thư Huyện ủy chủ trì.",
        "Mô hình “Camera an ninh”, mô hình tự quản và mô hình này đều có hiệu quả.",
        "Chuyên đề “Nâng cao chất lượng sinh hoạt chi bộ” và chi bộ “4 tốt”.",
        "",
    ],
)
def test_official_titles_lawful_short_names_and_ordinary_words_stay_quiet(text):
    assert drifts(text) == []


def test_the_subject_of_a_cited_document_stays_as_the_document_has_it():
    subject = "đăng ký mô hình “Dân quân nắm hộ”"

    assert drifts(f"Công văn số 12-CV/ĐU về {subject}.", kept=[subject]) == []
    assert [drift.written for drift in drifts(f"Công văn về {subject}; mô hình “Dân quân nắm hộ”.", kept=[subject])] == ["Dân quân nắm hộ"]


def test_a_model_of_another_body_is_meant_only_by_a_name_announced_as_one():
    other = [Title.read(MILITIA, is_own=False)]

    assert [drift.written for drift in drifts("mô hình “Dân quân nắm hộ dan”", other)] == ["Dân quân nắm hộ dan"]
    assert drifts("Chủ đề “Dân quân nắm hộ dan”; dân quân nắm hộ dan.", other) == []
