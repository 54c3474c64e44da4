"""Warm times of titles alike and of the picker of models over 1,000 and 10,000 titles. Run: .venv/bin/python -m bench.titles

TITLES=50000 measures so many as well: two million signs are written for them, which takes some minutes.
"""

import datetime as dt
import os
import random

import django
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partyreports.settings")
django.setup()  # before anything that declares a table

from bench.timing import median_ms  # noqa: E402
from models_registry.fields import models_named  # noqa: E402
from models_registry.models import Registration  # noqa: E402
from models_registry.models.titles import TitleBand  # noqa: E402
from models_registry.similar_titles import bands_of, count_elsewhere, near_titles  # noqa: E402
from organizations.kinds import load_kinds  # noqa: E402
from organizations.models import Account, Assignment, Organization, OrganizationKind, Right  # noqa: E402
from partyreports.vietnamese import fold  # noqa: E402

ROUNDS = 7
BODIES = 50
SINCE = dt.date(2000, 1, 1)
PIECES = ["camera an ninh", "tuyến đường hoa", "lắng nghe dân nói", "chi bộ bốn tốt", "nâng cao chất lượng", "sinh hoạt chi bộ", "quần chúng ưu tú"]
PIECES += [
    "thôn không rác",
    "vườn mẫu",
    "thanh niên",
    "phụ nữ",
    "nông dân",
    "cựu chiến binh",
    "tiếng kẻng",
    "tự quản",
    "sân chơi",
    "thư viện",
    "học Bác",
]
PIECES += ["giảm nghèo", "chuyển đổi số", "thủ tục tại nhà", "đối thoại", "dân quân", "hộ dân"]
TYPED = "Nâng cao chất lượng sinh hoạt chi bộ thôn Lạc Xuân"


def measure():
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        user, bodies = _country()
        for titles in sorted({1_000, 10_000, int(os.environ.get("TITLES", "0") or 1_000)}):
            _fill(bodies, titles)
            print(f"{titles:6} titles: {_measured(Registration.objects.visible_to(user))}")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _measured(seen):
    alike = median_ms(lambda _: near_titles(TYPED, among=seen), ROUNDS)
    elsewhere = median_ms(lambda _: count_elsewhere(TYPED, besides_those=seen), ROUNDS)
    one, four, none = (
        median_ms(lambda _, words=words: models_named(words, among=seen), ROUNDS) for words in ("thon", "san choi thu vien", "xyz abc")
    )
    return (
        f"alike within reach {alike:4.0f} ms, counted elsewhere {elsewhere:4.0f} ms, "
        f"picked by one word {one:4.0f} ms, by four {four:4.0f} ms, by words that none has {none:4.0f} ms"
    )


def _country():
    """A district of BODIES communes, and the secretary of the first of them."""
    load_kinds()
    kinds = {kind.code: kind for kind in OrganizationKind.objects.all()}
    top = Organization.objects.found(on=SINCE, name="Huyện ủy", kind=kinds["dang-bo-huyen"], parent=None)
    bodies = [Organization.objects.found(on=SINCE, name=f"Đảng ủy xã {n}", kind=kinds["dang-bo-xa"], parent=top) for n in range(BODIES)]
    user = Account.objects.create_user("bi-thu", full_name="Bí thư")
    Assignment.objects.create(account=user, right=Right.WRITE, organization=bodies[0], valid_from=SINCE)
    return user, bodies


def _fill(bodies, titles):
    """Registrations up to `titles` of them, with the signs of their titles."""
    words, standing = random.Random(titles), Registration.objects.count()  # noqa: S311
    rows = []
    for n in range(standing, titles):
        title = " ".join(words.choices(PIECES, k=words.randint(2, 5)))
        rows.append(Registration(organization=bodies[n % BODIES], title=title, field="other", search=fold(title)))
    made = Registration.objects.bulk_create(rows, batch_size=1000)
    signs = (TitleBand(registration=row, band=band) for row in made for band in bands_of(row.title))
    TitleBand.objects.bulk_create(signs, batch_size=5000)


if __name__ == "__main__":
    measure()
