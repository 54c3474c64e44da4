"""Cited documents (văn bản viện dẫn): the papers that registrations and speeches stand on."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from partyreports.vietnamese import fold, short_date

from .members import RegisterQuerySet
from .organization import Organization


class Reference(models.Model):
    """A document that one body cites: kind, number, symbol, issuer, date and subject, as far as they are known."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="references", verbose_name="tổ chức viện dẫn")
    kind = models.CharField("loại văn bản", max_length=40)
    number = models.PositiveIntegerField("số", null=True, blank=True)
    symbol = models.CharField("ký hiệu", max_length=30, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    subject = models.CharField("trích yếu", max_length=500, blank=True)
    search = models.CharField(max_length=800, editable=False)

    objects = RegisterQuerySet.as_manager()

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
        self.search = fold(f"{self.kind} {self.sign} {self.issuer} {self.subject}")[:800]
        super().save(*args, **kwargs)

    @property
    def sign(self):
        """Number and symbol joined as each style has it: 38-KH/ĐU for the Party, 318/QĐ-TTg and 30/2020/NĐ-CP for the State."""
        if self.number is None:
            return self.symbol
        joint = "-" if "/" in self.symbol and not self.symbol[0].isdigit() else "/"
        return f"{self.number:02d}{joint}{self.symbol}" if self.symbol else f"{self.number:02d}"

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
