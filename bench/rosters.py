"""Rosters, counts and pages over a generated country on PostgreSQL. Run: .venv/bin/python -m bench.rosters

PROVINCES says how much of the country: 63 are all of it (5.6 million members in 280,000 chi bộ; it takes some ten minutes), 2 when left out.
A district is as large in either. With a DATABASE_URL of PostgreSQL, the empty database there is filled and measured.

Two figures have limits, and whoever runs this is told by the exit code when one is not kept: the quickest of some rounds counts there, which is
what the portal needs when nothing else takes the processor. The table shows medians; "counts" are what a page asks for once it stands. A page
that answers with another status than 200 shows it.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

from tests import postgres

if __name__ == "__main__" and not os.environ.get("DATABASE_URL", "").startswith("postgres"):
    with postgres.server() as address, tempfile.TemporaryDirectory(prefix="partyreports-bench-") as folder:
        environment = {**os.environ, "DATABASE_URL": address, "VAR_DIR": folder, "DEBUG": "1"}
        sys.exit(subprocess.run([sys.executable, "-m", "bench.rosters"], env=environment, check=False).returncode)

import django
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partyreports.settings")
django.setup()  # before anything that declares a table

from organizations import roster  # noqa: E402
from organizations.flows import Flow  # noqa: E402
from organizations.models import Account, Assignment, Member, Organization, OrganizationVersion, Right, Stay  # noqa: E402
from partyreports.demo.country import FOUNDED, TODAY  # noqa: E402
from partyreports.periods.models import Period  # noqa: E402

PROVINCES = os.environ.get("PROVINCES", "2")
ROUNDS, SLOW, MANY_ROUNDS = 5, 2000, 40  # milliseconds: what takes so long is measured once
COUNT_LIMIT, PAGE_LIMIT = 50, 60  # milliseconds: a district's roster counted at a date, the roster page of one chi bộ
LEVELS = ("nation", "province", "district", "commune", "chi bộ")
PAGES = {
    "home": "/",
    "tree": "/to-chuc/",
    "page of the body": "/to-chuc/{key}/",
    "roster": "/to-chuc/dang-vien/?to_chuc={key}",
    "roster, a name": "/to-chuc/dang-vien/?q=nguyen+van+vinh",
    "roster, its counts": "/to-chuc/dang-vien/?to_chuc={key}&dem=1",
    "movements": "/to-chuc/dang-vien/bien-dong/",
    "movements, counts": "/to-chuc/dang-vien/bien-dong/?dem=1",
    "badges": "/to-chuc/dang-vien/huy-hieu/",
    "badges, counts": "/to-chuc/dang-vien/huy-hieu/?dem=1",
    "ratings": "/to-chuc/dang-vien/xep-loai/",
    "candidates": "/to-chuc/quan-chung/",
    "reminders": "/to-chuc/viec-den-han/",
    "references": "/to-chuc/van-ban/",
    "dialogues": "/hoat-dong/doi-thoai/",
    "inspections": "/hoat-dong/kiem-tra/",
    "calendar": "/hoat-dong/lich/",
    "models": "/mo-hinh/",
    "reports": "/bao-cao/",
    "summary": "/tong-ket/",
    "speeches": "/tham-luan/",
    "search": "/tim-kiem/?q=dong+giang",
    "picker, one word": "/to-chuc/tim/?ten=to_chuc&to_chuc=dong",
    "picker, commune": "/to-chuc/tim/?ten=to_chuc&to_chuc=thon+09+dong+giang",
    "picker, any chi bộ": "/to-chuc/tim/?ten=to_chuc&to_chuc=chi+bo+thon",
}


def milliseconds(task, *, rounds=ROUNDS):
    """(median, quickest) of some rounds after one that is not counted."""
    times = []
    for _ in range(rounds + 1):
        began = time.perf_counter()
        task()
        times.append((time.perf_counter() - began) * 1000)
        if times[-1] > SLOW:
            break
    times = times[1:] or times
    return statistics.median(times), min(times)


def prepare():
    began = time.monotonic()
    call_command("migrate", verbosity=0)
    call_command("generate_country", provinces=int(PROVINCES))
    call_command("load_catalogue", verbosity=0)
    year = TODAY.year
    Period.objects.get_or_create(code=str(year), defaults={"starts_on": TODAY.replace(month=1, day=1), "ends_on": TODAY.replace(month=12, day=31)})
    bodies = {}
    for level, name in enumerate(LEVELS):
        bodies[name] = Organization.objects.get(
            pk=OrganizationVersion.objects.filter(level=level).order_by("-organization").values("organization")[:1]
        )
        account = Account.objects.create_user(f"can-bo-{level}", None, full_name=f"Cán bộ {name}")
        for right in (Right.ENTER, Right.READ, Right.REVIEW):
            Assignment.objects.create(account=account, right=right, organization=bodies[name], valid_from=FOUNDED)
    print(f"{Member.objects.count():,} members, {Organization.objects.count():,} bodies, ready in {time.monotonic() - began:.0f} s\n")
    return bodies


def measure_counts(bodies):
    """Prints how long each body's roster takes; returns what was asked for and is not kept."""
    for name, body in bodies.items():
        rounds = MANY_ROUNDS if name == "district" else ROUNDS
        counted, least = milliseconds(lambda body=body: roster.count(body, on=TODAY), rounds=rounds)
        is_wide = roster.is_wide(Organization.objects.under(body, on=TODAY))
        balanced, _ = milliseconds(lambda body=body, is_wide=is_wide: balance(body, is_wide=is_wide))
        print(f"{name:<10}{roster.count(body, on=TODAY):>10,} members   counted in {counted:8.1f} ms   balance of the year in {balanced:8.1f} ms")
        if name == "district":
            quickest = least
    print(f"{'all':<10}{Stay.objects.count():>10,} stays")
    return held_against("the roster of one district counted at a date", quickest, COUNT_LIMIT)


def balance(body, *, is_wide):
    """The year of a body, as the page of its movements reckons it."""
    first = TODAY.replace(month=1, day=1)
    return Flow(body, first, TODAY).closing if is_wide else roster.balance(body, first, TODAY).closing


def held_against(words, quickest, limit):
    """Prints a figure that has a limit; returns it as a list when it is not kept."""
    line = f"{words}: {quickest:.1f} ms at its quickest, at most {limit}"
    print(f"\n{line}")
    return [line] * (quickest > limit)


def measure_pages(bodies):
    print(f"\n{'page (ms, queries)':<20}" + "".join(f"{name:>16}" for name in bodies))
    for title, path in PAGES.items():
        cells = []
        for level, (name, body) in enumerate(bodies.items()):
            client = Client(raise_request_exception=False)
            client.force_login(Account.objects.get(username=f"can-bo-{level}"), backend="partyreports.signin.AccountBackend")
            url = path.format(key=body.pk)
            asked = []
            with connection.execute_wrapper(lambda run, *call, asked=asked: asked.append(call[0]) or run(*call)):
                status = client.get(url).status_code
            is_limited = title == "roster" and name == "chi bộ"
            taken, least = milliseconds(lambda client=client, url=url: client.get(url), rounds=MANY_ROUNDS if is_limited else ROUNDS)
            cells.append(f"{taken:9.0f} {len(asked):3}{'' if status == 200 else f' {status}':<3}")
            if is_limited:
                quickest = least
        print(f"{title:<20}" + "".join(f"{cell:>16}" for cell in cells), flush=True)
    return held_against("the roster page of one chi bộ", quickest, PAGE_LIMIT)


def main():
    setup_test_environment(debug=False)
    bodies = prepare()
    late = [*measure_counts(bodies), *measure_pages(bodies)]
    print("\n".join(f"TOO SLOW: {words}" for words in late) or "Within its limits.")
    return bool(late)


if __name__ == "__main__":
    sys.exit(main())
