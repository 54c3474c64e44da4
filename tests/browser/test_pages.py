"""Every page that links lead to, as each kind of person: it answers, speaks Vietnamese, fits a phone, complains of nothing, passes axe."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PEOPLE = ["vanphong", "duyet", "quantri", "bithu-lac-xuan"]
PHONE = {"width": 390, "height": 844}
# Words of stock messages, of Django's own pages and of programs: none may stand before an office worker.
ENGLISH = re.compile(
    r"\b(the|this|that|with|your|please|required|field|invalid|error|submit|save|delete|search|login|logout|password|username|user|page|next|"
    r"previous|none|null|true|false|undefined|warning|success|draft|approved|locked|returned|submitted|report|speech|unknown|not found|"
    r"forbidden|server|object|instance|queryset|choose|select)\b",
    re.IGNORECASE,
)
# Files, acts and addresses that leave the portal's pages.
PASSED_OVER = re.compile(r"/(pdf|docx|excel|dang-xuat|static)/|#")


def shape(address):
    """The address without its numbers and filters: one page of each kind is enough."""
    return re.sub(r"\d+", "0", address.partition("?")[0])


def walk(page, *, most=70):
    """Addresses reachable by links from the home page, one of each shape."""
    waiting, seen = ["/"], {"/"}
    while waiting and most:
        address, most = waiting.pop(0), most - 1
        answer = page.goto(address)
        yield address, answer
        for link in page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))"):
            if link.startswith("/") and not PASSED_OVER.search(link) and shape(link) not in seen:
                seen.add(shape(link))
                waiting.append(link)


def serious(page):
    """What axe finds serious or critical on the page that is open: rule and first place."""
    violations = Axe().run(page).response["violations"]
    return [f"{found['id']} – {found['nodes'][0]['html'][:120]}" for found in violations if found["impact"] in ("serious", "critical")]


def words_of(page):
    """What a person reads on the page, without the codes of indicators that administrators copy into templates."""
    words = page.locator("body").inner_text() + " " + page.title()
    for code in page.locator("code").all_inner_texts():
        words = words.replace(code, "")
    return words


@pytest.mark.parametrize("username", PEOPLE)
def test_every_page_speaks_vietnamese_fits_a_phone_passes_axe_and_complains_of_nothing(username, sign_in, page, quiet):
    sign_in(username)
    page.set_viewport_size(PHONE)
    wrong, visited = [], 0

    for address, answer in walk(page):
        visited += 1
        english = sorted({word.lower() for word in ENGLISH.findall(words_of(page))})
        wide = page.evaluate("document.documentElement.scrollWidth") - PHONE["width"]
        wrong += [f"{address}: {answer.status}"] * (answer.status != 200)
        wrong += [f"{address}: {english}"] * bool(english)
        wrong += [f"{address}: {wide} px wider than a phone"] * (wide > 0)
        wrong += [f"{address}: {violation}" for violation in serious(page)]

    assert wrong == []
    assert quiet == []
    assert visited > 10


def test_the_sign_in_page_passes_axe(page):
    page.goto("/dang-nhap/")

    assert serious(page) == []
