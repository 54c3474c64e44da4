"""Pages of registrations: listed, read, written, sent up."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organizations import tree
from organizations.access import heads, may, rights_on
from organizations.chosen import asked
from organizations.fields import LONGEST_KEY
from organizations.models import Reference
from organizations.pages import page_of
from organizations.review import CHANGED_MEANWHILE, StepRefused
from organizations.steps import take_step
from partyreports.periods.chosen import chosen_period, years_of
from partyreports.vietnamese import normalise

from ..counts import counts_of
from ..fields import models_named
from ..forms.registrations import BodyForm, RegistrationFilterForm, RegistrationForm
from ..lifecycle import WRITERS, choices, year_after
from ..links import linked_with
from ..models import PARTS, ModelLink, Registration
from ..paper import MOST
from ..results import lines_of
from ..similar_titles import count_elsewhere, elsewhere_sentence, near_titles

SHORTEST = 8  # letters of a title that are worth a comparison


@require_safe
def list_registrations(request):
    form = RegistrationFilterForm(request.user, years_of(request), chosen_period(request), asked(request, "to_chuc"))
    rows = form.narrow(Registration.objects.visible_to(request.user))
    page = page_of(request, form.in_state(rows).prefetch_related("years__period"))
    bodies = tree.told_apart([registration.organization_id for registration in page], on=_day(request))
    for registration in page:
        registration.body = bodies[registration.organization_id]
        years = registration.years.all()
        registration.shown_years = [year for year in years if year.period.code == form.year] or years
    context = {
        "form": form,
        "page": page,
        "counts": counts_of(rows, form.year),
        "may_add": request.user.holds(Registration.WRITTEN_WITH),
        "most_printed": MOST,
    }
    return render(request, "models_registry/list.html", context)


@require_safe
def show(request, pk):
    registration = get_object_or_404(Registration.objects.visible_to(request.user).select_related("organization"), pk=pk)
    rights = rights_on(request.user, registration.organization_id)
    may_write = registration.writable_by(request.user)
    years = list(registration.years.select_related("period").prefetch_related("stages"))
    for year in years:
        year.registration = registration
        year.standing = [stage for stage in year.stages.all() if stage.withdrawn_at is None]
        year.withdrawn = [stage for stage in year.stages.all() if stage.withdrawn_at is not None]
        year.may_move = bool(choices(year, rights))
    last = years[-1] if years else None
    context = {
        "registration": registration,
        "body": registration.organization.version(on=_day(request)),
        "parts": [(Registration._meta.get_field(name).verbose_name, getattr(registration, name), name) for name in PARTS],
        "years": years,
        "following": year_after(last) if last and rights & WRITERS else None,
        "lines": lines_of(registration),
        "links": linked_with(registration, request.user),
        "basis": _with_links(registration.basis.order_by("issued_on", "pk"), request.user),
        "problems": registration.problems() if may_write else [],
        "steps": registration.steps_for(request.user),
        "may_write": may_write,
        "may_keep": bool(rights & WRITERS),
        "may_register": request.user.holds(Registration.WRITTEN_WITH),
    }
    return render(request, "models_registry/show.html", context)


@require_safe
def similar(request):
    """The models whose titles are nearly what is being typed, as a piece under the box."""
    title, besides = normalise(request.GET.get("title", ""))[:400], _key(request.GET.get("tru", ""))
    seen, may_register = Registration.objects.visible_to(request.user), request.user.holds(Registration.WRITTEN_WITH)
    is_long = len(title) >= SHORTEST
    context = {
        "similar": near_titles(title, among=seen, besides=besides) if is_long else [],
        "elsewhere": elsewhere_sentence(count_elsewhere(title, besides_those=seen)) if is_long and may_register else "",
        "chosen": _key(request.GET.get("replicates", "")),
        "may_replicate": not besides and may_register,
    }
    return render(request, "models_registry/_similar.html", context)


@require_safe
def search(request):
    """Models that fit the words typed into a picker, as radio buttons."""
    name = request.GET.get("ten", "earlier")
    if not name.isidentifier() or len(name) > 60:
        raise PermissionDenied("Địa chỉ này chỉ dùng cho ô chọn mô hình.")
    text = normalise(request.GET.get(name, ""))[:200]
    offered, has_more = models_named(text, among=Registration.objects.visible_to(request.user)) if text else ([], False)
    context = {"name": name, "text": text, "choices": offered, "chosen": offered[0].pk if len(offered) == 1 else None, "has_more": has_more}
    return render(request, "models_registry/_choices.html", context | {"searched": bool(text)})


def add(request):
    """Register a model for a body: the only one he writes for, or the one he picks first."""
    if not request.user.holds(Registration.WRITTEN_WITH):
        raise PermissionDenied("Đồng chí chưa được giao quyền soạn ở tổ chức nào.")
    body = BodyForm(request.user, request.GET if "to_chuc" in request.GET else None)
    if body.is_valid():
        organization = body.cleaned_data["to_chuc"]
    else:
        tops = [] if body.is_bound or "chon" in request.GET else heads(request.user, Registration.WRITTEN_WITH, on=timezone.localdate())[:2]
        if len(tops) != 1:
            return render(request, "models_registry/body.html", {"form": body})
        organization = tops[0].organization
    period, origin = chosen_period(request), _origin(request)
    initial = {"periods": [period] if period else []}
    if origin:
        initial |= {"title": origin.title, "field": origin.field}
    form = RegistrationForm(request.user, organization, request.POST or None, initial=initial, origin=origin, kind=_kind(request))
    return _write(request, form, organization)


def edit(request, pk):
    registration = get_object_or_404(Registration.objects.visible_to(request.user), pk=pk)
    if not may(request.user, Registration.WRITTEN_WITH, registration.organization_id):
        raise PermissionDenied("Đồng chí không có quyền soạn ở tổ chức này.")
    form = RegistrationForm(request.user, registration.organization, request.POST or None, instance=registration)
    if not registration.is_open:
        if request.method == "POST":
            # Right or wrong, nothing is asked about what cannot be saved: the page keeps the words of whoever had the form open meanwhile.
            form.full_clean()
            context = {"form": form, "body": registration.organization.version(on=_day(request)), "registration": registration}
            return _conflict(request, form, StepRefused(CHANGED_MEANWHILE, reason="state"), context)
        sentence = f"Đăng ký đang ở trạng thái “{registration.get_status_display()}”: chỉ sửa được sau khi được trả lại."
        return render(request, "409.html", {"sentence": sentence}, status=409)
    return _write(request, form, registration.organization, registration=registration)


def step(request, pk, name):
    return take_step(request, get_object_or_404(Registration.objects.visible_to(request.user), pk=pk), name)


@require_safe
def history(request, pk):
    registration = get_object_or_404(Registration.objects.visible_to(request.user), pk=pk)
    page = page_of(request, registration.history().defer("before", "after", "snapshot"))
    return render(request, "models_registry/history.html", {"registration": registration, "page": page})


def _write(request, form, organization, *, registration=None):
    context = {"form": form, "body": organization.version(on=_day(request)), "registration": registration}
    if request.method == "POST" and form.is_valid() and form.is_answered:
        try:
            written = form.save()
        except StepRefused as refused:
            return _conflict(request, form, refused, context)
        messages.success(request, "Đã lưu đăng ký mô hình.")
        return redirect(written)
    return render(request, "models_registry/form.html", context)


def _conflict(request, form, refused, context):
    """What the other one has written beside what is typed here; saving once more is then done with open eyes."""
    if refused.reason == "right":
        raise PermissionDenied(refused.sentence)
    stored = Registration.objects.get(pk=form.instance.pk)
    form.data = form.data.copy()
    form.data["version"] = stored.version
    context |= {"stored": stored, "differences": form.differences(stored), "refused": refused}
    return render(request, "models_registry/form.html", context, status=409)


def _with_links(documents, user):
    """Each document and whether its page is within reach of `user`."""
    rows = list(documents)
    seen = set(Reference.objects.visible_to(user).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)) if rows else set()
    return [(row, row.pk in seen) for row in rows]


def _origin(request):
    """The model that a new one continues or repeats, when the address names one (`?tu=12`); one out of reach is 404."""
    key = request.GET.get("tu", "")
    return get_object_or_404(Registration.objects.visible_to(request.user), pk=_key(key) or 0) if key else None


def _kind(request):
    kind = request.GET.get("quan_he", "")
    return ModelLink.Kind(kind) if kind in ModelLink.Kind.values else ModelLink.Kind.REPLICATES


def _key(text):
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else None


def _day(request):
    period = chosen_period(request)
    return period.ends_on if period else None
