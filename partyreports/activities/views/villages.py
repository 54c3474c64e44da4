"""The villages of a commune, where dialogues take turns."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from organizations.access import reach, rights_on
from organizations.chosen import asked
from organizations.pages import page_of
from organizations.tree import told_apart
from partyreports.activities.forms.filters import BranchFilterForm
from partyreports.activities.forms.norms import WRITERS, VillageForm, VillagesForm
from partyreports.activities.models import Dialogue, Village


@require_safe
def list_villages(request):
    form = BranchFilterForm(request.user, asked(request, "to_chuc"))
    held = Count("dialogues", filter=Q(dialogues__withdrawn_at=None) & ~Q(dialogues__kind=Dialogue.Kind.MERGER))
    rows = form.narrow(Village.objects.visible_to(request.user)).annotate(sessions=held)
    page = page_of(request, rows.order_by("organization", "sort", "pk"))
    bodies = told_apart([village.organization_id for village in page])
    for village in page:
        village.body = bodies.get(village.organization_id, "")
    return render(request, "activities/villages.html", {"form": form, "page": page, "may_write": request.user.holds(*WRITERS)})


def add_villages(request):
    if not request.user.holds(*WRITERS):
        raise PermissionDenied("Đồng chí chưa được giao quyền nhập hoặc soạn.")
    key = asked(request, "to_chuc").get("to_chuc", "")
    body = reach(request.user, *WRITERS).filter(pk=key).first() if key.isascii() and key.isdigit() and len(key) < 19 else None
    form = VillagesForm(request.user, request.POST or None, initial={"organization": body} if body else {})
    if request.method == "POST" and form.is_valid():
        added = form.save()
        messages.success(request, f"Đã thêm {len(added):02d} thôn vào danh sách." if added else "Các thôn này đã có trong danh sách.")
        return redirect(f"{reverse('activities:villages')}?to_chuc={form.cleaned_data['organization'].pk}")
    context = {"form": form, "heading": "Thêm thôn, tổ dân phố", "back": reverse("activities:villages"), "parent": "Danh sách thôn"}
    return render(request, "activities/norm_form.html", context)


def edit_village(request, pk):
    village = get_object_or_404(Village.objects.visible_to(request.user), pk=pk)
    if not rights_on(request.user, village.organization_id) & set(WRITERS):
        raise PermissionDenied("Đồng chí không có quyền sửa danh sách thôn của tổ chức này.")
    form = VillageForm(request.user, request.POST or None, instance=village)
    back = f"{reverse('activities:villages')}?to_chuc={village.organization_id}"
    if request.method == "POST" and form.is_valid() and form.is_answered:
        form.save()
        messages.success(request, "Đã lưu thôn.")
        return redirect(back)
    context = {"form": form, "heading": "Sửa thôn, tổ dân phố", "back": back, "parent": "Danh sách thôn"}
    return render(request, "activities/norm_form.html", context)
