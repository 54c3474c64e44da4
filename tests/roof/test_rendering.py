"""What the portal asks for it asks itself: no bubble of the browser in another language comes first."""

import re

import pytest

from organizations.models import Right
from tests import makers


@pytest.mark.parametrize("address", ["/ky/them/", "/doi-mat-khau/", "/to-chuc/dang-vien/moi/", "/to-chuc/tai-khoan/moi/", "/to-chuc/moi/"])
def test_no_field_lets_the_browser_speak_first(signed_in, district, y2024, address):
    everything = makers.make_account(rights=list(Right), organization=district)

    page = signed_in(everything).get(address).content.decode()

    assert 'aria-required="true"' in page
    assert not re.search(r"<(input|select|textarea)[^>]* required[ >=]", page)
