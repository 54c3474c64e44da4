"""Rights on a branch: what a user reaches, and the branches he sees on a date."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from .models.accounts import Right, may, reach, rights_on
from .models.organization import OrganizationVersion
from .models.paths import outermost

__all__ = ["Right", "heads", "may", "reach", "rights_on"]


def heads(user, *rights, on):
    """Versions valid on `on` of the bodies that head the branches `user` reaches: nothing above them is his to see."""
    within = reach(user, *rights)
    if on == timezone.localdate():
        # Whoever stands today below the path of a branch has his parent there too: its head alone stands on the path itself.
        top = OrganizationVersion.objects.on(on).filter(path__in=outermost(user.paths(*rights)))
    else:
        # Asked of each parent by its key: PostgreSQL would look through a list of all bodies of a country once for every one of them.
        top = OrganizationVersion.objects.on(on).filter(~Exists(within.filter(pk=OuterRef("parent"))), organization__in=within.values("pk"))
    return top.select_related("kind").order_by("kind__order", "sort")
