"""No English and no odd stock wording reaches a page."""

import re
from pathlib import Path

import django
import pytest
from django import forms
from django.conf import settings
from django.core import validators
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import fields
from django.utils.translation import gettext, ngettext

from organizations.models.log import ACTS
from partyreports.templatetags.portal import browser

VIETNAMESE = re.compile(r"[ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE)


def stock_messages():
    """Every default message of the fields, validators and constraints that a form can show."""
    for module in (fields, models.fields, models, forms.models):
        for kind in vars(module).values():
            for code, message in getattr(kind, "default_error_messages", {}).items():
                yield f"{kind.__name__}.{code}", message
    for kind in vars(validators).values():
        if isinstance(kind, type) and hasattr(kind, "message") and kind.message is not None:
            yield kind.__name__, kind.message
    for code, message in validators.DecimalValidator.messages.items():
        yield f"DecimalValidator.{code}", message


@pytest.mark.parametrize(("where", "message"), sorted({where: message for where, message in stock_messages()}.items()))
def test_every_stock_message_is_our_own_vietnamese(where, message):
    singular = getattr(message, "_kw", {}).get("singular") if hasattr(message, "_kw") else None
    text = ngettext(singular, singular, 5) if singular else str(message)

    assert VIETNAMESE.search(text), text
    assert "hợp lệ" not in text, text


def test_a_form_tells_what_to_do():
    class Form(forms.Form):
        number = forms.IntegerField(min_value=0)
        day = forms.DateField()
        choice = forms.ChoiceField(choices=[("a", "A")])
        text = forms.CharField(max_length=3)
        empty = forms.CharField()

    errors = Form({"number": "một", "day": "32/13/2024", "choice": "z", "text": "dài quá"}).errors

    assert errors == {
        "number": ["Nhập một số nguyên."],
        "day": ["Nhập ngày theo mẫu ngày/tháng/năm, ví dụ 05/12/2024."],
        "choice": ["Chọn lại: “z” không có trong danh sách."],
        "text": ["Viết gọn trong 3 ký tự (đang có 7)."],
        "empty": ["Mục này bắt buộc."],
    }
    assert Form({"number": "-1"}).errors["number"] == ["Nhập giá trị từ 0 trở lên."]


def test_a_duplicate_row_is_told_of_in_vietnamese(cell):
    copy = type(cell)(code="trung")
    cell.code = "trung"
    cell.save()

    with pytest.raises(ValidationError) as refused:
        copy.full_clean()

    assert refused.value.message_dict == {"code": ["Mã này đã có: nhập giá trị khác."]}


@pytest.mark.parametrize("word", ["Yes", "No", "Unknown", "Delete", "Currently", "Clear", "Change", "and", "Password", "yes,no,maybe"])
def test_small_words_are_vietnamese(word):
    assert gettext(word) != word


def test_every_act_of_the_log_has_its_word():
    written = set()
    for room in ("partyreports", "organizations", "models_registry"):
        for file in (Path(settings.BASE_DIR) / room).rglob("*.py"):
            written |= set(re.findall(r'LogEntry\.write\(\s*"(\w+)"', file.read_text("utf-8")))

    assert written - set(ACTS) == set()


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/130.0 Chrome/124.0 Safari/537.36",
            "Cốc Cốc trên Windows",
        ),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36", "Chrome trên Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1", "Safari trên iPhone"),
        ("", "Trình duyệt khác"),
    ],
)
def test_a_browser_is_named_as_its_owner_knows_it(user_agent, name):
    assert browser(user_agent) == name


def test_django_still_says_what_our_catalogue_answers():
    """Each of our entries stands in Django's own English: one that does not is dead and hides an English message."""
    ours = re.findall(r'^msgid "(.+)"$', (Path(settings.BASE_DIR) / "partyreports/locale/vi/LC_MESSAGES/django.po").read_text("utf-8"), re.MULTILINE)
    english = ""
    for catalogue in Path(django.__file__).parent.glob("**/locale/en/LC_MESSAGES/django.po"):
        english += re.sub(r'"\n"', "", catalogue.read_text("utf-8"))

    assert [text for text in ours if f'"{text}"' not in english] == []
