"""Looking at the masked marks of one person, and writing them: the one way for members and candidates alike."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

from organizations.access import Right, may, rights_on
from organizations.forms.marks import PurposeForm, marks_form

SHOWN_TO = {Right.ENTER, Right.REVIEW}


def marks_context(rights, *, marks=None, purpose=None):
    """What `organizations/_marks.html` takes, for a user who holds `rights` on the body of the person."""
    return {
        "marks": marks,
        "purpose": purpose or PurposeForm(),
        "may_see_marks": bool(rights & SHOWN_TO),
        "may_write_marks": Right.ENTER in rights,
    }


def show(request, person, organization, page):
    """The page of one person with the marks shown, once. `page(request, person, marks=…, purpose=…)` draws it."""
    if not rights_on(request.user, organization) & SHOWN_TO:
        raise PermissionDenied("Chỉ người nhập liệu hoặc người duyệt được xem thông tin được che.")
    purpose = PurposeForm(request.POST)
    if not purpose.is_valid():
        return page(request, person, purpose=purpose)
    purpose.show(person, by=request.user)
    return page(request, person, marks=marks_form(person))


def write(request, person, organization):
    if not may(request.user, Right.ENTER, organization):
        raise PermissionDenied("Chỉ người nhập liệu được sửa thông tin được che.")
    form = marks_form(person, request.POST)
    if form.is_valid():
        form.save(by=request.user)
        messages.success(request, "Đã lưu thông tin được che.")
    return redirect(person)
