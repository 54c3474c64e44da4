"""Where `seed_demo` refuses to write: asked before the other tests of this folder, while nothing stands."""

import pytest
from django.core.management import CommandError, call_command

from organizations.models import Organization
from tests import makers


def test_seeding_is_refused_when_debug_is_off(db, settings):
    settings.DEBUG = False

    with pytest.raises(CommandError) as refused:
        call_command("seed_demo")

    assert str(refused.value) == "Dữ liệu dùng thử chỉ nạp được khi DEBUG bật: tài khoản dùng thử không được có ở nơi làm việc thật."
    assert not Organization.objects.exists()


@pytest.mark.parametrize("make", [makers.make_organization, makers.make_account, makers.make_period])
def test_seeding_is_refused_where_anything_stands(db, settings, make):
    settings.DEBUG = True
    make()

    with pytest.raises(CommandError) as refused:
        call_command("seed_demo")

    assert str(refused.value) == "Cơ sở dữ liệu đã có dữ liệu: dữ liệu dùng thử chỉ nạp vào cơ sở dữ liệu trống."
