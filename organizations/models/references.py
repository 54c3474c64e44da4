"""Cited documents (văn bản viện dẫn): the papers that registrations, norms and speeches stand on."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from organizations.citations import doubts, sign_key, style
from partyreports.vietnamese import fold, short_date

from .members import RegisterQuerySet
from .organization import Organization

TERM = 5  # years of a committee's term, within which a Party number does not come again


class ReferenceQuerySet(RegisterQuerySet):
    def with_words(self, text):
        """Those in whose kind, number, symbol, issuer or subject every word of `text` stands: "38-KH", "38 kh", "phat trien dang vien"."""
        found = self
        for word in fold(text).split()[:10]:
            found = found.filter(search__contains=word)
        return found

    def alike(self, reference):
        """Those that look like the same paper as `reference`, however they are spelled: the number and symbol, or without a number the words."""
        others = self.exclude(pk=reference.pk) if reference.pk else self
        if reference.number is not None and reference.symbol:
            same = others.filter(sign_key=sign_key(reference.number, reference.symbol))
            if reference.issued_on is None:
                return same
            year, near = reference.issued_on.year, Q(issued_on=None) | Q(issued_on__year=reference.issued_on.year)
            if reference.issuer and style(reference.symbol) == "party":  # the Party numbers through a term, the State through a year
                near |= Q(issuer_search=fold(reference.issuer)[:200], issued_on__year__gt=year - TERM, issued_on__year__lt=year + TERM)
            return same.filter(near)
        if reference.number is None and reference.subject:
            return others.filter(number=None, search=searched(reference))
        return others.none()


class Reference(models.Model):
    """A document that one body cites: kind, number, symbol, issuer, date and subject, as far as they are known."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="references", verbose_name="tổ chức viện dẫn")
    kind = models.CharField("loại văn bản", max_length=40)
    number = models.PositiveIntegerField("số", null=True, blank=True)
    symbol = models.CharField("ký hiệu", max_length=30, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    subject = models.CharField("trích yếu", max_length=500, blank=True)
    carries_out = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="carried_out_by", verbose_name="thực hiện văn bản")
    kept_at = models.CharField("bản chính lưu tại", max_length=200, blank=True)
    # What follows from the words above, written with them.
    sign_key = models.CharField(max_length=60, editable=False, db_index=True)
    issuer_search = models.CharField(max_length=200, editable=False)
    is_doubtful = models.BooleanField("cách ghi cần xem lại", default=False, editable=False)
    search = models.CharField(max_length=800, editable=False)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản viện dẫn"
        verbose_name_plural = "văn bản viện dẫn"
        ordering = ["issued_on", "pk"]
        indexes = [models.Index(fields=["organization", "issued_on"], name="reference_by_body")]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "number", "symbol", "issued_on"],
                condition=Q(number__isnull=False),
                name="one_reference_a_number",
                violation_error_message="Văn bản này đã có trong sổ của tổ chức.",
            )
        ]

    def __str__(self):
        return self.citation

    def get_absolute_url(self):
        return reverse("organizations:reference", args=[self.pk])

    def save(self, *args, **kwargs):
        self.search = searched(self)
        self.sign_key = sign_key(self.number, self.symbol)
        self.issuer_search = fold(self.issuer)[:200]
        self.is_doubtful = bool(self.doubts)
        super().save(*args, **kwargs)

    @property
    def doubts(self):
        """Sentences about what looks odd in how it is written down; [] when nothing does."""
        return doubts(kind=self.kind, number=self.number, symbol=self.symbol, issuer=self.issuer, issued_on=self.issued_on)

    @property
    def sign(self):
        """Number and symbol joined as each style has it: 38-KH/ĐU for the Party, 318/QĐ-TTg and 30/2020/NĐ-CP for the State."""
        if self.number is None:
            return self.symbol
        joint = "-" if "/" in self.symbol and not self.symbol[0].isdigit() else "/"
        return f"{self.number:02d}{joint}{self.symbol}" if self.symbol else f"{self.number:02d}"

    @property
    def short(self):
        """Kế hoạch 38-KH/ĐU, ngày 28/12/2023: how it is named in a list; without a number its subject stands there."""
        words = f"{self.kind} {self.sign}".strip()
        if self.number is None and self.subject:
            words += f" về {self.subject}"
        return f"{words}, ngày {short_date(self.issued_on)}" if self.issued_on else words

    @property
    def citation(self):
        """Kế hoạch số 12-KH/ĐU, ngày 05/9/2024 của Đảng ủy xã … về …, each part only when known."""
        text = self.kind
        if self.number is not None:
            text += f" số {self.sign}"
        if self.issued_on:
            text += f", ngày {short_date(self.issued_on)}"
        if self.issuer:
            text += f" của {self.issuer}"
        if self.subject:
            text += f" về {self.subject}"
        return text


def searched(reference):
    return fold(f"{reference.kind} {reference.sign} {reference.issuer} {reference.subject}")[:800]
