"""Who keeps the years: they are the same for the whole tree, so the right to lock counts only at its top."""

from django.core.exceptions import PermissionDenied

from organizations.access import Right, may
from organizations.tree import root


def keeps_years(user):
    """True when `user` may add, open and close years."""
    top = root()
    return top is not None and may(user, Right.LOCK, top)


def must_keep_years(user):
    if not keeps_years(user):
        raise PermissionDenied("Chỉ người có quyền khóa trên toàn đảng bộ được thêm, sửa, mở hoặc đóng năm báo cáo.")
