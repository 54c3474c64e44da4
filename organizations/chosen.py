"""The branch a user has chosen at the top of the page: lists and summaries keep to it until he chooses another."""

from django.utils import timezone

from .models.accounts import reach

KEY = "branch"
ALONE = "reaches_one_body"


def choose_branch(request, organization, *, name=""):
    """Look at the branch of `organization` from now on; None looks at everything within reach again."""
    if organization is None:
        request.session.pop(KEY, None)
    else:
        request.session[KEY] = {"pk": organization.pk, "name": name or organization.name}


def note_reach(request, user):
    """Note at the sign-in whether there is anything to choose: somebody who reaches one body alone is not asked."""
    request.session[ALONE] = reach(user)[:2].count() == 1


def chooses_branch(request):
    """False when there was one body alone to look at. No query: it stands in the session."""
    return not request.session.get(ALONE)


def chosen_branch_name(request):
    """The name to show at the top, "" when no branch is chosen. No query: it stands in the session."""
    return request.session.get(KEY, {}).get("name", "")


def asked(request, name):
    """request.GET with the chosen branch under `name`, when the address itself names none.

    An empty `name=` in the address asks for everything. A branch that has left the user's reach is forgotten. One query, and only when
    a branch is chosen.
    """
    chosen = request.session.get(KEY)
    if chosen is None or name in request.GET:
        return request.GET
    if not reach(request.user).filter(pk=chosen["pk"]).exists():
        choose_branch(request, None)
        return request.GET
    filled = request.GET.copy()
    filled[name] = str(chosen["pk"])
    return filled


YEAR_OF = []  # the room of periods puts here what tells the chosen year of a request: this room knows no period


def chosen_year(request):
    """The year chosen at the top of the page, as a number: registers keep to it. This year in a portal without periods."""
    for year_of in YEAR_OF:
        if year := year_of(request):
            return year
    return timezone.localdate().year
