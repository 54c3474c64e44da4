"""What axe says of a page, asked once of each place that looks alike: of a thousand rows of one table, and of a menu on a hundred pages."""

from pathlib import Path

import axe_playwright_python

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# A place: an element's tag, attributes, classes and what names it, below the same of all elements around it. A number stands for each.
PLACES = """() => {
    const TELLING = ["class", "type", "role", "scope", "aria-current", "aria-pressed", "aria-hidden", "hidden", "disabled", "readonly", "lang"];
    const mix = (number, text) => {
        for (const letter of text) number = Math.imul(number ^ letter.codePointAt(0), 16777619) >>> 0;
        return number;
    };
    const places = new Map();
    const look = (element, above) => {
        const names = element.getAttributeNames().sort().join();
        const values = TELLING.map((name) => element.getAttribute(name)).join();
        const named = `${Boolean(element.labels?.length)} ${Boolean(element.textContent.trim())} ${Boolean(element.title)}`;
        const parity = element.matches("tr, li") ? [...element.parentElement.children].indexOf(element) % 2 : "";
        const here = mix(above, `${element.tagName} ${names} ${values} ${named} ${parity}`);
        if (!places.has(here)) places.set(here, element);
        for (const child of element.children) look(child, here);
    };
    look(document.documentElement, 2166136261);
    window.placesSeen = places;
    return [...places.keys()];
}"""
# Contrast costs more than all other rules together: it is reckoned where letters stand in a new place.
JUDGE = """async (fresh) => {
    const holdsLetters = (element) =>
        element.matches("input, select, textarea") || [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const include = fresh.map((place) => window.placesSeen.get(place)).filter((element) => document.body.contains(element) && holdsLetters(element));
    const whole = await axe.run(document, { resultTypes: ["violations"], rules: { "color-contrast": { enabled: false } } });
    const letters = include.length ? await axe.run({ include }, { resultTypes: ["violations"], runOnly: ["color-contrast"] }) : { violations: [] };
    return [...whole.violations, ...letters.violations]
        .filter(({ impact }) => ["serious", "critical"].includes(impact))
        .map(({ id, nodes }) => `${id} – ${nodes[0].html.slice(0, 120)}`);
}"""


def serious(page, seen):
    """What axe finds serious or critical in the places of the open page that are not in `seen`; they are from now on."""
    fresh = [place for place in page.evaluate(PLACES) if place not in seen]
    if not fresh:
        return []
    seen.update(fresh)
    page.evaluate(AXE)
    return page.evaluate(JUDGE, fresh)
