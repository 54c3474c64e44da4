"""An organisation is an identity with dated versions: papers point at the identity, pages ask for name and place on a date."""

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from partyreports.vietnamese import fold, screen_date, sort_key

from .kinds import OrganizationKind
from .paths import DEEPEST, SEGMENT, ChangeRefused, begins_with, below_any, segment, settle, steps

FACTS = ("name", "party_name", "heading", "kind_id", "parent_id", "symbol", "place", "basis")
WORDS = tuple(name for name in FACTS if not name.endswith("_id"))


class OrganizationQuerySet(models.QuerySet):
    def under(self, branch, *, on):
        """Organisations at or below `branch` as the tree stood on the date `on`."""
        return self.filter(pk__in=OrganizationVersion.objects.under(branch, on=on).values("organization"))

    def now_under(self, branch):
        """Organisations at or below `branch` today; those that have ended count where they last stood: for registers and their filters."""
        today = timezone.localdate()
        place = OrganizationVersion.objects.last_standing(on=today).filter(organization=branch).values_list("path", flat=True).first()
        return self.last_standing(begins_with(place, to="versions__"), on=today) if place else self.none()

    def last_standing(self, where, *, on):
        """Organisations whose version that stands last by `on` meets the condition `where`: one version each, so that joining them adds no row."""
        return self.filter(where, _stands_last(on, to="versions__"))

    def standing(self, *, on):
        """Organisations that exist on the date `on`."""
        return self.filter(pk__in=OrganizationVersion.objects.on(on).values("organization"))

    @transaction.atomic
    def found(self, *, on, code=None, external_code="", **facts):
        """Create an organisation that exists from `on`; `facts` are the fields of its first version. Raises ChangeRefused."""
        self.one_change_at_a_time()
        organization = self.create(code=code, external_code=external_code, founded_on=on)
        organization._write_version(valid_from=on, **facts)
        return organization

    def one_change_at_a_time(self):
        """Wait until any other change of the tree is done: two moves at once could put two bodies under each other."""
        return self.model.objects.select_for_update().order_by("pk").values_list("pk", flat=True).first()


class Organization(models.Model):
    """One organisation through all its names and places. Never deleted, never overwritten."""

    code = models.SlugField("mã", max_length=60, unique=True, null=True, blank=True)
    external_code = models.CharField("mã trong cơ sở dữ liệu đảng viên", max_length=20, blank=True)
    founded_on = models.DateField("ngày bắt đầu hoạt động", editable=False)
    ended_on = models.DateField("ngày kết thúc hoạt động", null=True, blank=True, editable=False)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "tổ chức"
        verbose_name_plural = "tổ chức"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gt=F("founded_on")),
                name="organization_ends_after_it_begins",
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organizations:show", args=[self.pk])

    def version(self, *, on=None):
        """The version valid on the date `on` (today when None); the first or last one outside its life. None when it has none."""
        versions = self.versions.select_related("kind", "parent").order_by("valid_from")
        on = on or timezone.localdate()
        return versions.filter(valid_from__lte=on).last() or versions.first()

    @property
    def name(self):
        """Today's name. A page with many organisations asks `tree.names` once instead."""
        version = self.version()
        return version.name if version else self.code or ""

    @transaction.atomic
    def change(self, *, on, **facts):
        """Give the organisation other facts (name, kind, parent, place …) from the date `on`; the past keeps its own.

        A new parent moves the whole branch: every body below stands on its new path from the same date. Returns the new version.
        Raises ChangeRefused when `on` lies outside the life of the last facts, or the new parent stands below or does not exist then.
        """
        Organization.objects.one_change_at_a_time()
        self.refresh_from_db()
        if self.ended_on:
            raise ChangeRefused(f"Tổ chức đã kết thúc hoạt động từ ngày {screen_date(self.ended_on)}, không ghi thay đổi được nữa.")
        last = self.versions.filter(valid_from__lt=on).order_by("valid_from").last()
        if last is None:
            raise ChangeRefused(f"Ngày thay đổi phải sau ngày tổ chức bắt đầu hoạt động ({screen_date(self.founded_on)}).")
        later = list(self.versions.filter(valid_from__gte=on).order_by("valid_from"))
        for version in later:
            if not version.says_the_same_as(last):
                raise ChangeRefused(f"Đã có thay đổi từ ngày {screen_date(version.valid_from)}: chọn một ngày sau ngày đó.")
        # Later versions that say the same only follow a move of a body above: they are written anew from the new facts.
        self.versions.filter(pk__in=[version.pk for version in later]).delete()
        last.valid_to = on
        last.save(update_fields=["valid_to"])
        kept = {name.removesuffix("_id"): getattr(last, name.removesuffix("_id")) for name in FACTS}
        return self._write_version(valid_from=on, **{**kept, **facts})

    def stretch_of(self, version):
        """The versions that tell what `version` tells, one after the other, oldest first: a move of a body above cuts one stretch into several."""
        stretch = []
        for each in self.versions.order_by("valid_from"):
            if stretch and not each.says_the_same_as(stretch[-1]):
                if version in stretch:
                    break
                stretch = []
            stretch.append(each)
        return stretch

    @transaction.atomic
    def correct(self, version, **words):
        """Write other `words` (of WORDS) into the stretch of `version`, because they were mistyped: no new version, no other day."""
        Organization.objects.one_change_at_a_time()
        for each in self.stretch_of(version):
            for name in WORDS:
                setattr(each, name, words.get(name, getattr(each, name)))
            each.full_clean(exclude=["search", "sort", "path"], validate_constraints=False)
            each.save()

    @transaction.atomic
    def end(self, *, on, basis=""):
        """The organisation stops existing on the date `on`: its papers stay where it last stood.

        Raises ChangeRefused while a body still stands under it on that date or later.
        """
        Organization.objects.one_change_at_a_time()
        self.refresh_from_db()
        if self.ended_on:
            raise ChangeRefused(f"Tổ chức đã kết thúc hoạt động từ ngày {screen_date(self.ended_on)}.")
        last = self.versions.get(valid_to=None)
        if on <= last.valid_from:
            raise ChangeRefused(f"Ngày kết thúc phải sau ngày {screen_date(last.valid_from)}.")
        left = OrganizationVersion.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), parent=self).values("organization").distinct().count()
        if left:
            raise ChangeRefused(f"Còn {left:02d} tổ chức trực thuộc sau ngày này: chuyển cấp trên hoặc kết thúc các tổ chức đó trước.")
        last.valid_to, last.basis = on, basis or last.basis
        last.save(update_fields=["valid_to", "basis"])
        self.ended_on = on
        self.save(update_fields=["ended_on"])

    def _write_version(self, *, valid_from, parent=None, **facts):
        """Insert the open version and place it, and all that stands below, under the versions of its parent. Returns it."""
        if parent is not None:
            self._refuse_parent(parent, from_day=valid_from)
        version = OrganizationVersion(organization=self, parent=parent, valid_from=valid_from, path=segment(self.pk), level=0, **facts)
        version.full_clean(exclude=["search", "sort"])
        version.save()
        self._settle(on=valid_from)
        return self.versions.select_related("kind", "parent").get(valid_from=valid_from)

    def _refuse_parent(self, parent, *, from_day):
        if parent.ended_on or parent.founded_on > from_day:
            raise ChangeRefused(f"“{parent}” không hoạt động trong thời gian này: chọn cấp trên khác hoặc ngày khác.")
        paths = parent.versions.filter(Q(valid_to=None) | Q(valid_to__gt=from_day)).values_list("path", flat=True)
        if parent == self or any(self.pk in steps(path) for path in paths):
            raise ChangeRefused("Không thể đặt tổ chức dưới chính nó hoặc dưới tổ chức trực thuộc của nó.", field="parent")

    def _settle(self, *, on):
        """Write the paths of this organisation and of all that stands below it on or after `on`: four statements, whatever their number."""
        here = below_any(list(self.versions.values_list("path", flat=True)))
        standing = OrganizationVersion.objects.filter(here, Q(valid_to=None) | Q(valid_to__gt=on)).values("organization")
        branch = {self.pk: []}
        for version in OrganizationVersion.objects.filter(organization__in=standing).order_by("valid_from", "level"):
            branch.setdefault(version.organization_id, []).append(version)
        elsewhere = {version.parent_id for versions in branch.values() for version in versions} - branch.keys()
        above = {}
        for version in OrganizationVersion.objects.filter(organization__in=elsewhere).order_by("valid_from"):
            above.setdefault(version.organization_id, []).append(version)
        before = {version.pk: (version.path, version.valid_to) for versions in branch.values() for version in versions}
        settle(branch, above)
        written = [version for versions in branch.values() for version in versions]
        changed = [version for version in written if version.pk and before[version.pk] != (version.path, version.valid_to)]
        OrganizationVersion.objects.bulk_update(changed, ["path", "level", "valid_to"], batch_size=500)
        OrganizationVersion.objects.bulk_create([version for version in written if not version.pk], batch_size=500)


class OrganizationVersionQuerySet(models.QuerySet):
    def on(self, date):
        """Versions valid on `date`: from `valid_from` to the day before `valid_to`."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=date), valid_from__lte=date)

    def under(self, branch, *, on):
        """Versions at or below the organisation `branch` on the date `on`; none when it does not exist then."""
        place = OrganizationVersion.objects.on(on).filter(organization=branch).values_list("path", flat=True).first()
        return self.on(on).filter(begins_with(place)) if place else self.none()

    def last_standing(self, *, on):
        """For each organisation its version on `on`; the closing one when it has ended by then, the first one when it is still to begin."""
        return self.filter(_stands_last(on, of="organization__"))


def _stands_last(on, *, to="", of=""):
    """Condition on a version, reached by `to`, of an organisation, reached by `of`: see OrganizationVersionQuerySet.last_standing."""
    valid_from, valid_to = f"{to}valid_from", f"{to}valid_to"
    now_or_closing = Q((valid_to, None)) | Q((f"{valid_to}__gt", on)) | Q((valid_to, F(f"{of}ended_on")))
    still_to_begin = Q((f"{valid_from}__gt", on), (valid_from, F(f"{of}founded_on")))
    return Q(now_or_closing, (f"{valid_from}__lte", on)) | still_to_begin


class OrganizationVersion(models.Model):
    """What an organisation is called, what it is and where it stands, from one date up to (not including) another."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="versions", verbose_name="tổ chức")
    name = models.CharField("tên tổ chức", max_length=200)
    party_name = models.CharField("tên đảng bộ", max_length=200, blank=True)
    heading = models.CharField("tên trên tiêu đề văn bản", max_length=200, blank=True, help_text="Để trống nếu như tên tổ chức.")
    kind = models.ForeignKey(OrganizationKind, models.PROTECT, related_name="+", verbose_name="loại hình")
    parent = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cấp trên trực tiếp")
    symbol = models.CharField("ký hiệu văn bản", max_length=20, blank=True)
    place = models.CharField("địa danh", max_length=80, blank=True)
    basis = models.CharField("căn cứ", max_length=300, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    # Two indexes on PostgreSQL: the second one serves LIKE under any collation.
    path = models.CharField(max_length=SEGMENT * DEEPEST, editable=False, db_index=True)
    level = models.PositiveSmallIntegerField(editable=False)
    search = models.CharField(max_length=500, editable=False)
    sort = models.CharField(max_length=1000, editable=False)

    objects = OrganizationVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "thông tin tổ chức theo thời gian"
        verbose_name_plural = "thông tin tổ chức theo thời gian"
        indexes = [
            models.Index(fields=["parent", "valid_from"], name="version_by_parent"),
            models.Index(fields=["level", "sort"], name="version_by_level_and_name"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["organization", "valid_from"], name="one_version_from_a_date"),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(valid_to=None),
                name="one_open_version",
                violation_error_message="Tổ chức này đã có thông tin đang dùng: ghi thay đổi từ một ngày thay cho thêm mới.",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="version_ends_after_it_begins",
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.search = fold(f"{self.name} {self.party_name}")[:500]
        self.sort = sort_key(self.name)[:1000]
        super().save(*args, **kwargs)

    def says_the_same_as(self, other):
        """True when both tell the same facts: one of them stands there only because a body above has moved."""
        return all(getattr(self, name) == getattr(other, name) for name in FACTS)
