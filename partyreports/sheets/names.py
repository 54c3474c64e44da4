"""Names of sheets as Excel allows them."""

LONGEST = 31
NOT_ALLOWED = dict.fromkeys(map(ord, "[]:*?/\\"), " ") | dict.fromkeys(range(32), " ")
RESERVED = {"history"}  # Excel keeps this name for itself


def sheet_names(titles):
    """Allowed names for `titles`, in their order: cleaned, at most 31 characters, no two alike whatever the case."""
    names, taken = [], set(RESERVED)
    for title in titles:
        clean = " ".join(title.translate(NOT_ALLOWED).split()).strip("' ") or "Bảng"
        name, number = _cut(clean, LONGEST), 1
        while name.lower() in taken:
            number += 1
            ending = f" ({number})"
            name = _cut(clean, LONGEST - len(ending)) + ending
        taken.add(name.lower())
        names.append(name)
    return names


def _cut(name, length):
    """At most `length` UTF-16 units of `name`, as Excel counts them."""
    return name.encode("utf-16-le")[: 2 * length].decode("utf-16-le", "ignore").strip("' ")
