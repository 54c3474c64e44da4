"""Paths: where each version stands in the tree, as a string of fixed-width steps. They follow from parents and dates alone."""

from copy import copy

from django.db import connection
from django.db.models import Q

SEGMENT = 4  # characters of one step of a path: 36 ** 4 organisations
DEEPEST = 15  # steps of the longest path
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class ChangeRefused(ValueError):
    """A change of the tree that cannot be; `sentence` tells the user why and what to do, `field` which fact stands in the way."""

    def __init__(self, sentence, *, field="on"):
        super().__init__(sentence)
        self.sentence, self.field = sentence, field


def segment(pk):
    """The organisation's own step in every path it stands on: its key in base 36, four characters wide."""
    letters = ""
    while pk:
        pk, digit = divmod(pk, 36)
        letters = DIGITS[digit] + letters
    if len(letters) > SEGMENT:
        raise OverflowError("A path has room for 1,679,615 organisations.")
    return letters.rjust(SEGMENT, "0")


def steps(path):
    """The keys of the organisations on `path`, from the top down."""
    return [int(path[start : start + SEGMENT], 36) for start in range(0, len(path), SEGMENT)]


def begins_with(path, *, to=""):
    """Condition on versions: the path begins with `path`. Steps have one width, so that a branch never matches its neighbour.

    `to`: how the versions are reached, such as "versions__".

    A range uses the index on SQLite (0.8 ms against 60 ms over 333,000 bodies), LIKE does on PostgreSQL (4.7 ms against 92 ms).
    """
    if connection.vendor == "sqlite":
        return Q((f"{to}path__gte", path), (f"{to}path__lt", path + "["))  # "[" is the character after "Z"
    return Q((f"{to}path__startswith", path))


def outermost(paths):
    """Those of `paths` that stand below no other of them, in order."""
    return [path for path in sorted(set(paths)) if not any(path != other and path.startswith(other) for other in paths)]


def below_any(paths, *, to=""):
    """Condition on versions: the path begins with one of `paths`; None when there is none. `to`: how the versions are reached."""
    tops = outermost(paths)
    if not tops:
        return None
    condition = Q()
    for path in tops:
        condition |= begins_with(path, to=to)
    return condition


def settle(branch, above):
    """Give every version of `branch` the paths that its parents' versions give it, and cut it where such a path changes in its time.

    `branch` maps an organisation's key to its versions in order of time, and is changed in place: a version that is cut keeps its first
    piece, the rest are copies without a key. `above` maps the keys of parents outside the branch to their versions. Passes are repeated
    until nothing moves: one for each level at the most, and a body that once stood above another may stand below it at another time.
    """
    moving = True
    while moving:
        moving = False
        for key, versions in branch.items():
            settled = [piece for version in versions for piece in _pieces(version, branch.get(version.parent_id) or above.get(version.parent_id))]
            moving = moving or len(settled) != len(versions) or any(piece.has_moved for piece in settled)
            branch[key] = settled


def _pieces(version, parents):
    own = segment(version.organization_id)
    if version.parent_id is None:
        return [_placed(version, own)]
    found = []
    for parent in parents or ():
        starts, ends = max(version.valid_from, parent.valid_from), _earlier(version.valid_to, parent.valid_to)
        if ends is not None and starts >= ends:
            continue
        if found and found[-1][2] == parent.path + own:
            found[-1][1] = ends
        else:
            found.append([starts, ends, parent.path + own])
    if not found or found[0][0] != version.valid_from or found[-1][1] != version.valid_to:
        raise ChangeRefused(f"“{version.name}” không thể trực thuộc một tổ chức không hoạt động trong cùng thời gian: kiểm tra ngày và cấp trên.")
    (_, ends, path), *rest = found
    pieces = [_placed(version, path)]
    pieces[0].valid_to = ends
    for starts, ends, path in rest:
        piece = copy(version)
        piece._state = copy(version._state)
        piece.pk, piece._state.adding = None, True
        piece.valid_from, piece.valid_to = starts, ends
        pieces.append(_placed(piece, path))
    return pieces


def _placed(version, path):
    if len(path) > SEGMENT * DEEPEST:
        raise ChangeRefused(f"Cây tổ chức không quá {DEEPEST} cấp.")
    version.has_moved = version.path != path
    version.path, version.level = path, len(path) // SEGMENT - 1
    return version


def _earlier(one, other):
    """The earlier of two ends; None is no end."""
    return min(end for end in (one, other) if end is not None) if one or other else None
