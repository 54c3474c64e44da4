"""Rights on a branch: what a user reaches, and the branch he has chosen to look at."""

from .models.accounts import Right, may, reach, rights_on

__all__ = ["Right", "branches_of", "may", "reach", "rights_on"]


def branches_of(user):
    """The organisations that head the branches where `user` holds any right today, outermost first."""
    heads = reach(user).filter(assignments__in=user.assignments.current())
    return heads.filter(versions__valid_to=None).order_by("versions__level", "versions__sort").distinct()
