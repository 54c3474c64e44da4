"""Which model goes on from which: linked by whoever keeps the later one, shown as far as the reader reaches, never in a ring."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from organizations import tree
from organizations.access import rights_on
from organizations.models import LogEntry
from organizations.review import StepRefused

from .lifecycle import WRITERS
from .models import ModelLink, Registration

Kind = ModelLink.Kind
DIRECTED = (Kind.CONTINUES, Kind.REPLICATES, Kind.REPLACES)


@dataclass(frozen=True)
class Linked:
    """A model linked with the one on the page: the link, the other model, and the words between them as this page says them."""

    link: ModelLink
    other: Registration
    words: str
    body: str
    is_own: bool  # written on this model's side, and taken back here


def linked_with(registration, user):
    """The models linked with `registration` that `user` sees, those it comes from first: a list of Linked. One query, two when there are any."""
    links = ModelLink.objects.visible_to(user)
    links = (links.filter(later=registration) | links.filter(earlier=registration)).select_related("later", "earlier").order_by("pk")
    links = list(links)
    names = tree.names([each.organization_id for link in links for each in (link.later, link.earlier)]) if links else {}
    back, on = [], []
    for link in links:
        if link.later_id == registration.pk:
            back.append(Linked(link, link.earlier, link.get_kind_display(), names[link.earlier.organization_id].name, True))
        else:
            on.append(Linked(link, link.later, ModelLink.SEEN_FROM_EARLIER[Kind(link.kind)], names[link.later.organization_id].name, False))
    return back + on


def refusal(later, earlier, kind):
    """Why `later` may not be linked with `earlier` (a sentence), "" when it may."""
    if later.pk == earlier.pk:
        return "Mô hình không liên kết với chính nó."
    pairs = ModelLink.objects.filter(later__in=(later.pk, earlier.pk), earlier__in=(later.pk, earlier.pk))
    if pairs.exists():
        return "Hai mô hình này đã được liên kết."
    if kind in DIRECTED and later.pk in _before(earlier):
        return f"Mô hình “{earlier}” đã bắt nguồn từ mô hình này nên không liên kết ngược lại được."
    return ""


def link(later, earlier, kind, *, by):
    """Link `later`, which `by` keeps, with `earlier`, which he sees; with a log line. Raises StepRefused: "right" or "state"."""
    with transaction.atomic():
        if not rights_on(by, later.organization_id) & WRITERS:
            raise StepRefused("Đồng chí không có quyền liên kết mô hình của tổ chức này.", reason="right")
        if not Registration.objects.visible_to(by).filter(pk=earlier.pk).exists():
            raise StepRefused("Không có mô hình này trong phạm vi của đồng chí.", reason="right")
        # Two links written at once could close a ring: each waits for the models of the other.
        list(Registration.objects.select_for_update().filter(pk__in=(later.pk, earlier.pk)).order_by("pk").values_list("pk"))
        sentence = refusal(later, earlier, kind)
        if sentence:
            raise StepRefused(sentence, reason="state")
        try:
            with transaction.atomic():
                made = ModelLink.objects.create(later=later, earlier=earlier, kind=kind)
        except IntegrityError as twice:
            raise StepRefused("Hai mô hình này đã được liên kết.", reason="state") from twice
        LogEntry.write("link", by=by, about=later, note=str(made))
    return made


def unlink(made, *, by):
    """Take a link back, with a log line. Raises StepRefused."""
    with transaction.atomic():
        if not rights_on(by, made.later.organization_id) & WRITERS:
            raise StepRefused("Đồng chí không có quyền liên kết mô hình của tổ chức này.", reason="right")
        LogEntry.write("unlink", by=by, about=made.later, note=str(made))
        made.delete()


def _before(registration):
    """Keys of all models that `registration` comes from, however far back. One query a generation."""
    known, generation = set(), {registration.pk}
    while generation:
        known |= generation
        rows = ModelLink.objects.filter(later__in=generation, kind__in=DIRECTED).values_list("earlier", flat=True)
        generation = set(rows) - known
    return known
