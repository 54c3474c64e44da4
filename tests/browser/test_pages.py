"""Every page that links lead to, as each kind of person: it answers, speaks Vietnamese, fits a phone, complains of nothing, passes axe."""

import re

import pytest

from .seeing import serious

pytestmark = pytest.mark.browser

PEOPLE = ["vanphong", "duyet", "quantri", "bithu-lac-xuan"]
PHONE = {"width": 390, "height": 844}
MOST = 400  # pages of one person; there are about a hundred
# Words of stock messages, of Django's own pages and of programs: none may stand before an office worker.
ENGLISH = re.compile(
    r"\b(the|this|that|with|your|please|required|field|invalid|error|submit|save|delete|search|login|logout|password|username|user|page|next|"
    r"previous|none|null|true|false|undefined|warning|success|draft|approved|locked|returned|submitted|report|speech|unknown|not found|"
    r"forbidden|server|object|instance|queryset|choose|select)\b",
    re.IGNORECASE,
)
# Files, acts and addresses that leave the portal's pages.
PASSED_OVER = re.compile(r"/(pdf|docx|excel|dang-xuat|static)/|#")
# Words without the codes of indicators that administrators copy into templates.
LOOK = """() => ({
    words: [...document.querySelectorAll("code")].reduce((words, code) => words.replace(code.innerText, ""), document.body.innerText),
    title: document.title,
    width: document.documentElement.scrollWidth,
    links: [...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href")),
})"""


@pytest.fixture(scope="session")
def seen():
    """The places that axe has judged in this run."""
    return set()


def shape(address):
    """The address without its numbers, filters and codes of indicators: one page of each kind is enough."""
    return re.sub(r"\d+", "0", re.sub(r"/(so|lich-su|chi-tieu)/[a-z_][\w:]*/", r"/\1/0/", address.partition("?")[0]))


def walk(page):
    """(address, answer, what stands there) of the pages that links lead to from the home page, one of each shape."""
    waiting, known = ["/"], {"/"}
    for address in waiting:
        answer = page.goto(address)
        there = page.evaluate(LOOK)
        yield address, answer, there
        for link in there["links"]:
            if link.startswith("/") and not PASSED_OVER.search(link) and shape(link) not in known:
                known.add(shape(link))
                waiting.append(link)
        assert len(known) < MOST


@pytest.mark.parametrize("username", PEOPLE)
def test_every_page_speaks_vietnamese_fits_a_phone_passes_axe_and_complains_of_nothing(username, sign_in, page, quiet, seen):
    sign_in(username)
    page.set_viewport_size(PHONE)
    wrong, visited = [], 0

    for address, answer, there in walk(page):
        visited += 1
        english = sorted({word.lower() for word in ENGLISH.findall(f"{there['words']} {there['title']}")})
        wide = there["width"] - PHONE["width"]
        wrong += [f"{address}: {answer.status}"] * (answer.status != 200)
        wrong += [f"{address}: {english}"] * bool(english)
        wrong += [f"{address}: {wide} px wider than a phone"] * (wide > 0)
        wrong += [f"{address}: {violation}" for violation in serious(page, seen)]

    assert wrong == []
    assert quiet == []
    assert visited > 50


def test_the_sign_in_page_passes_axe(page):
    page.goto("/dang-nhap/")

    assert serious(page, set()) == []
