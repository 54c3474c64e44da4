"""Rights on a branch: what a user reaches, and the branches he sees on a date."""

from django.db.models import Q

from .models.accounts import Right, may, reach, rights_on
from .models.organization import OrganizationVersion

__all__ = ["Right", "heads", "may", "reach", "rights_on"]


def heads(user, *rights, on):
    """Versions valid on `on` of the bodies that head the branches `user` reaches: nothing above them is his to see."""
    within = reach(user, *rights).values("pk")
    top = OrganizationVersion.objects.on(on).filter(Q(parent=None) | ~Q(parent__in=within), organization__in=within)
    return top.select_related("kind").order_by("kind__order", "sort")
