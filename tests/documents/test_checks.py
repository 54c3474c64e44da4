from pathlib import Path

import pytest

from partyreports.documents import checks, fonts, layouts

OLD_FONTS = Path("/usr/share/fonts/truetype/liberation")


@pytest.fixture
def fonts_in(monkeypatch):
    def look_only_in(*folders):
        monkeypatch.setattr(fonts, "FOLDERS", folders)
        fonts.font_files.cache_clear()

    yield look_only_in
    monkeypatch.undo()
    fonts.font_files.cache_clear()


def test_a_machine_with_the_fonts_passes():
    assert checks.check_fonts(None) == []
    assert checks.check_layouts(None) == []


def test_without_fonts_the_package_is_named(fonts_in, tmp_path):
    fonts_in(tmp_path)

    [error] = checks.check_fonts(None)

    assert error.msg == (
        "Máy chưa có phông Liberation Serif. Hãy cài gói fonts-liberation2 (Debian 12) hoặc fonts-liberation (Debian 13, Ubuntu 24.04)."
    )


def test_fonts_that_lack_vietnamese_letters_are_refused(fonts_in, tmp_path):
    for name in fonts.FILES.values():
        (tmp_path / name).write_bytes(b"not a font")
    fonts_in(tmp_path)

    [error] = checks.check_fonts(None)

    assert error.msg.startswith(f"Phông Liberation Serif ở {tmp_path} thiếu 146 chữ cái tiếng Việt (ví dụ “đ”). Hãy cài gói fonts-liberation2")


def test_a_folder_of_old_fonts_is_passed_over_for_a_good_one(fonts_in, tmp_path):
    good = fonts.font_files()[False, False].parent
    for name in fonts.FILES.values():
        (tmp_path / name).write_bytes(b"not a font")
    fonts_in(tmp_path, good)

    assert fonts.font_files()[True, True] == good / "LiberationSerif-BoldItalic.ttf"


@pytest.mark.skipif(not (OLD_FONTS / "LiberationSerif-Regular.ttf").exists(), reason="only Debian 12 has the old fonts")
def test_the_old_fonts_of_debian_12_are_recognised():
    missing = fonts.missing_letters(OLD_FONTS / "LiberationSerif-Regular.ttf")

    assert len(missing) in (0, 146 - 54)


def test_a_wrong_file_of_rules_is_an_error(monkeypatch, tmp_path):
    (tmp_path / "moi.toml").write_text("code = 1", encoding="utf-8")
    monkeypatch.setattr(layouts, "FOLDER", tmp_path)
    layouts.rule_sets.cache_clear()

    [error] = checks.check_layouts(None)

    monkeypatch.undo()
    layouts.rule_sets.cache_clear()
    assert error.msg == "Tệp thể thức moi.toml: code: giá trị “1” không đúng loại."
