"""The tree on a day: one level at a time, one organisation, names without marks."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from organizations import roster, tree
from organizations.access import Right, heads, reach, rights_on
from organizations.fields import offers
from organizations.forms.organizations import TreeFilterForm
from organizations.letterhead import lines
from organizations.models import Member, Organization
from organizations.models.members import REGISTERS_SEEN_WITH, WRITERS
from organizations.pages import page_of
from partyreports.vietnamese import normalise

AT_ONCE = 100  # bodies of one level shown in one piece; a longer level has pages


@require_safe
def browse(request):
    """The tree of a day from the user's own branches down; with words, the bodies whose names have them."""
    within = reach(request.user)
    form = TreeFilterForm(request.GET)
    on = form.on
    if form.words:
        page = page_of(request, tree.search(form.words, on=on, among=within, also_above=True))
        above = tree.names([version.parent_id for version in page if version.parent_id], on=on)
        for version in page:
            version.above = above.get(version.parent_id)
        return render(request, "organizations/found.html", {"form": form, "on": on, "page": page})
    tops = list(heads(request.user, on=on)[:AT_ONCE])
    for top in tops:
        top.level_below = _level(top.organization_id, within, on=on)
    above = tree.ancestors(tops[0].organization_id, on=on) if len(tops) == 1 else []
    return render(request, "organizations/tree.html", {"form": form, "on": on, "tops": tops, "above": above, "is_today": on == timezone.localdate()})


@require_safe
def branch(request, pk):
    """The bodies directly under one, as a piece of the tree or, without htmx, as a page."""
    organization = get_object_or_404(reach(request.user), pk=pk)
    form = TreeFilterForm(request.GET)
    level = _level(organization.pk, reach(request.user), on=form.on)
    if request.htmx:
        return render(request, "organizations/_level.html", {"level": level, "on": form.on, "pk": pk})
    page = page_of(request, level, size=AT_ONCE)
    context = {"organization": organization, "version": organization.version(on=form.on), "form": form, "on": form.on, "page": page}
    return render(request, "organizations/branch.html", context)


@require_safe
def show(request, pk):
    """One organisation on a day: its facts, what stands above and below, its life, and where its papers are."""
    organization = get_object_or_404(reach(request.user), pk=pk)
    form = TreeFilterForm(request.GET)
    on = form.on
    version = organization.version(on=on)
    rights = rights_on(request.user, organization)
    above = tree.ancestors(organization, on=version.valid_from if on < version.valid_from else on)
    reached = set(reach(request.user).filter(pk__in=[step.organization_id for step in above]).values_list("pk", flat=True))
    life = list(organization.versions.select_related("kind", "parent").order_by("valid_from"))
    parents = tree.names([step.parent_id for step in life if step.parent_id])
    if rights & set(REGISTERS_SEEN_WITH):  # then all that stands below is within reach: the roster counts without asking for each
        is_wide = roster.is_wide(Organization.objects.now_under(organization))  # then the page of the roster counts it
        members = None if is_wide else roster.count(organization, on=timezone.localdate())
    else:
        below = reach(request.user).under(organization, on=timezone.localdate())
        members = Member.objects.visible_to(request.user).filter(is_active=True, organization__in=below).count()
    context = {
        "organization": organization,
        "version": version,
        "form": form,
        "on": on,
        "is_today": on == timezone.localdate(),
        "stands": version.valid_from <= on and (version.valid_to is None or on < version.valid_to),
        "above": [(step, step.organization_id in reached) for step in above],
        "level": _level(organization.pk, reach(request.user), on=on),
        "life": [
            (step, parents.get(step.parent_id))
            for before, step in zip([None, *life], life, strict=False)
            if not before or not step.says_the_same_as(before)
        ],
        "letterhead": lines(organization, on=on),
        "members": members,
        "sees_registers": bool(rights - {Right.MANAGE, Right.LOCK}),
        "left_behind": roster.left_behind(Organization.objects.filter(pk=pk), on=timezone.localdate()).count()
        if organization.ended_on and rights & set(WRITERS)
        else 0,
        "manages": Right.MANAGE in rights,
    }
    return render(request, "organizations/show.html", context)


@require_safe
@vary_on_headers("HX-Request")
def search(request):
    """Organisations that fit the words typed into a picker, as radio buttons."""
    name = request.GET.get("ten", "organization")
    rights = [right for right in request.GET.get("quyen", "").split(".") if right in Right.values]
    if not name.isidentifier() or len(name) > 60:
        raise PermissionDenied("Địa chỉ này chỉ dùng cho ô chọn tổ chức.")
    text = normalise(request.GET.get(name, ""))[:200]
    choices, has_more = offers(text, among=reach(request.user, *rights)) if text else ([], False)
    chosen = choices[0].pk if len(choices) == 1 else None
    context = {"name": name, "text": text, "choices": choices, "chosen": chosen, "has_more": has_more, "searched": bool(text)}
    return render(request, "organizations/_choices.html", context)


def _level(pk, within, *, on):
    return tree.children(pk, on=on).filter(organization__in=within)
