"""Where a model stands in a year: written, taken back, carried on into the next."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from organizations.access import rights_on
from organizations.review import StepRefused

from ..forms.years import StageForm, WithdrawForm
from ..lifecycle import NOT_FINAL, SAID_BY, WRITERS, choices, go_on, possible
from ..models import ModelYear, Registration, Stage


def write_stage(request, pk, year):
    """Write the state that the model came to in a year."""
    registration = get_object_or_404(Registration.objects.visible_to(request.user), pk=pk)
    standing = get_object_or_404(registration.years.select_related("period"), period__code=year)
    standing.registration = registration
    rights = rights_on(request.user, registration.organization_id)
    if not rights & WRITERS.union(*SAID_BY.values()):
        raise PermissionDenied("Đồng chí không có quyền ghi tình trạng mô hình của tổ chức này.")
    if request.method != "POST" and not choices(standing, rights):
        return _nothing_to_write(request, standing)
    form = StageForm(standing, rights, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(by=request.user)
        except StepRefused as refused:
            if refused.reason != "note":
                return _refused(request, refused)
            form.add_error("on", refused.sentence)
        else:
            messages.success(request, f"Đã ghi tình trạng của mô hình trong {standing.period}.")
            return redirect(registration)
    return render(request, "models_registry/stage.html", {"form": form, "registration": registration, "year": standing})


def withdraw_stage(request, pk):
    """Take back a stage that was written by mistake, with the reason."""
    stages = Stage.objects.visible_to(request.user).select_related("year__period", "year__registration")
    taken = get_object_or_404(stages, pk=pk)
    registration = taken.year.registration
    if taken.withdrawn_at:
        return render(request, "409.html", {"sentence": "Bước này đã được rút."}, status=409)
    if not rights_on(request.user, registration.organization_id) & SAID_BY.get(taken.state, WRITERS):
        raise PermissionDenied("Đồng chí không có quyền rút tình trạng này.")
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(taken, by=request.user)
        except StepRefused as refused:
            return _refused(request, refused)
        messages.success(request, "Đã rút, lý do được giữ lại.")
        return redirect(registration)
    return render(request, "models_registry/withdraw.html", {"form": form, "registration": registration, "stage": taken})


@require_POST
def open_next_year(request, pk):
    """Carry the model on into the year after its last one."""
    registration = get_object_or_404(Registration.objects.visible_to(request.user), pk=pk)
    last = registration.years.select_related("period", "registration").order_by("-period__starts_on").first()
    if not rights_on(request.user, registration.organization_id) & WRITERS:
        raise PermissionDenied("Đồng chí không có quyền ghi tình trạng mô hình của tổ chức này.")
    try:
        opened = go_on(last or ModelYear(registration=registration, state=ModelYear.State.STOPPED), by=request.user)
    except StepRefused as refused:
        return _refused(request, refused)
    messages.success(request, f"Đã mở {opened.period} cho mô hình.")
    return redirect(registration)


def _nothing_to_write(request, year):
    if not year.registration.is_final:
        sentence = NOT_FINAL
    elif possible(year):
        raise PermissionDenied("Bước tiếp theo do người có quyền khác ghi.")
    else:
        sentence = f"Mô hình đã ghi “{year.get_state_display()}” cho {year.period}: không còn bước nào."
    return render(request, "409.html", {"sentence": sentence}, status=409)


def _refused(request, refused):
    if refused.reason == "right":
        raise PermissionDenied(refused.sentence)
    return render(request, "409.html", {"sentence": refused.sentence}, status=409)
