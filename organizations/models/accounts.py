"""Accounts and what each may do on which branch, from when to when."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from partyreports.vietnamese import fold, person_sort_key

from .organization import Organization, OrganizationVersion
from .paths import below_any


class Right(models.TextChoices):
    READ = "read", "đọc"
    WRITE = "write", "soạn"
    ENTER = "enter", "nhập"
    REVIEW = "review", "duyệt"
    LOCK = "lock", "khóa"
    MANAGE = "manage", "quản trị"
    AUDIT = "audit", "giám sát"


class AccountQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Accounts that hold, or held, a right in the branches `user` manages or audits, and those that hold none yet."""
        here = Assignment.objects.filter(organization__in=reach(user, Right.MANAGE, Right.AUDIT))
        without = ~Q(pk__in=Assignment.objects.values("account")) if user.holds(Right.MANAGE) else Q(pk=None)
        return self.filter(Q(pk__in=here.values("account")) | without)


class AccountManager(BaseUserManager.from_queryset(AccountQuerySet)):
    def create_user(self, username, password=None, **fields):
        account = self.model(username=self.model.normalize_username(username), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, username, password=None, **fields):
        """An account for installation; it holds rights like any other, through assignments."""
        return self.create_user(username, password, **fields)


class Account(AbstractBaseUser):
    """Someone who signs in. What he may do stands in his assignments, nowhere else."""

    username = models.CharField(
        "tên đăng nhập",
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]*$", "Tên đăng nhập chỉ gồm chữ thường không dấu, chữ số, dấu chấm và gạch nối.")],
        error_messages={"unique": "Tên đăng nhập này đã có người dùng: chọn tên khác."},
    )
    full_name = models.CharField("họ và tên", max_length=120)
    post = models.CharField("chức vụ", max_length=120, blank=True)
    is_active = models.BooleanField("đang sử dụng", default=True)
    is_demo = models.BooleanField("tài khoản dùng thử", default=False, editable=False)
    must_change_password = models.BooleanField("phải đổi mật khẩu khi đăng nhập", default=False)
    chosen_year = models.CharField("năm đang xem", max_length=20, blank=True, editable=False)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    search = models.CharField(max_length=200, editable=False)
    sort = models.CharField(max_length=300, editable=False)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        ordering = ["sort", "username"]

    def __str__(self):
        return self.full_name

    def get_absolute_url(self):
        return reverse("organizations:account", args=[self.pk])

    def save(self, *args, **kwargs):
        self.search = fold(f"{self.full_name} {self.username} {self.post}")[:200]
        self.sort = person_sort_key(self.full_name)[:300]
        super().save(*args, **kwargs)

    @cached_property
    def held(self):
        """Right → paths of the branches it is held on today, read once for this object: a request has its own."""
        return Assignment.objects.held_by(self)

    @cached_property
    def reached(self):
        """What `reach` has put together for this object: a form of many lines asks for the same again and again."""
        return {}

    def paths(self, *rights):
        """The paths of all branches where any of `rights` is held today (any right at all when none is named): a set."""
        return {path for right in (rights or self.held) for path in self.held.get(right, ())}

    def holds(self, *rights):
        """True when any of `rights` is held on any branch today: enough to show a menu word, never enough to act."""
        return any(self.held.get(right) for right in rights)

    def is_managed_by(self, user):
        """True when `user` may change this account and its password: nobody his own, and nobody one that is trusted beyond his branches."""
        if user.pk == self.pk or not user.holds(Right.MANAGE):
            return False
        return not self.assignments.unfinished().exclude(organization__in=reach(user, Right.MANAGE)).exists()


class AssignmentQuerySet(models.QuerySet):
    def current(self, *, on=None):
        on = on or timezone.localdate()
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)

    def unfinished(self, *, on=None):
        """Those that count on the day or will count later."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on or timezone.localdate()))

    def within(self, branch):
        """Those on bodies at or below `branch` today."""
        return self.filter(organization__in=Organization.objects.now_under(branch))

    def held_by(self, account, *, on=None):
        """dict: right → list of paths of its branches, wherever these have ever stood. One query; empty for a disabled account."""
        if not account.is_active:
            return {}
        on = on or timezone.localdate()
        rows = self.current(on=on).filter(account=account, organization__versions__valid_from__lte=on)
        held = {}
        for right, path in rows.values_list("right", "organization__versions__path"):
            if path not in held.setdefault(right, []):
                held[right].append(path)
        return held


class Assignment(models.Model):
    """One right of one account on one branch, from a day to a day (both included)."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="assignments", verbose_name="tài khoản")
    right = models.CharField("quyền", max_length=10, choices=Right)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="assignments", verbose_name="phạm vi (tổ chức và cấp dưới)")
    valid_from = models.DateField("từ ngày", default=timezone.localdate)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    given_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="người giao")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "phân công"
        verbose_name_plural = "phân công"
        ordering = ["organization", "right", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "right", "organization", "valid_from"],
                name="one_assignment_from_a_day",
                violation_error_message="Quyền này đã được giao trên tổ chức này từ ngày này.",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="assignment_ends_after_it_begins",
                violation_error_message="Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.",
            ),
        ]

    def __str__(self):
        return f"{self.account} – {self.get_right_display()}"

    @property
    def standing(self):
        """Whether it counts today, in words."""
        today = timezone.localdate()
        if self.valid_from > today:
            return "chưa đến ngày"
        return "đã hết" if self.valid_to and self.valid_to < today else "đang có"


def reach(user, *rights):
    """Organisations where `user` holds any of `rights` today (any right at all when none is named), as a queryset.

    The tree counts as it stands today; a body that has ended stays where it last stood, so that its papers do not vanish with it.
    One query for each user object, then a subquery.
    """
    if not user.is_authenticated:
        return Organization.objects.none()
    key = (rights, timezone.localdate())
    if key not in user.reached:
        here = below_any(user.paths(*rights), to="versions__")
        user.reached[key] = Organization.objects.none() if here is None else Organization.objects.last_standing(here, on=key[1])
    return user.reached[key].all()


def rights_on(user, organization):
    """The rights `user` holds on `organization` (or its key) at this moment: asked of the database, never of an earlier answer. Three queries."""
    account = Account.objects.filter(pk=user.pk).first()
    if account is None or not account.held:
        return frozenset()
    place = OrganizationVersion.objects.last_standing(on=timezone.localdate()).filter(organization=organization)
    path = place.values_list("path", flat=True).first() or ""
    return frozenset(Right(right) for right, branches in account.held.items() if path.startswith(tuple(branches)))


def may(user, right, organization):
    """True when `user` holds `right` on `organization` at this moment."""
    return right in rights_on(user, organization)
