"""The numbers that the rules on admission name, with source and validity, as rows: they warn and forbid nothing."""

import tomllib
from functools import cache
from pathlib import Path

from django.db import models
from django.db.models import F, Q

from partyreports.vietnamese import normalise

FILE = Path(__file__).parent.parent / "data" / "admission.toml"


class AdmissionRuleQuerySet(models.QuerySet):
    def book(self):
        """All rules at once, to be asked by code and day. One query."""
        return RuleBook(list(self.order_by("code", "valid_from")) or described())


class AdmissionRule(models.Model):
    """A number that a rule on admission names, with its source, from the day it holds to the day it no longer does."""

    class Code(models.TextChoices):
        YOUNGEST = "youngest", "tuổi thấp nhất"
        OLDEST = "oldest", "tuổi cao nhất"
        SCHOOLING = "schooling", "trình độ học vấn"
        CERTIFICATE = "certificate", "giá trị giấy chứng nhận"
        CEREMONY = "ceremony", "thời hạn lễ kết nạp"
        PROBATION = "probation", "thời gian dự bị"
        READMISSION = "readmission", "thời gian trước khi kết nạp lại"

    code = models.SlugField("quy định", max_length=40)
    name = models.CharField("nội dung", max_length=200)
    value = models.PositiveSmallIntegerField("giá trị")
    unit = models.CharField("đơn vị", max_length=30)
    source = models.CharField("căn cứ", max_length=200)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    objects = AdmissionRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "quy định về kết nạp"
        verbose_name_plural = "quy định về kết nạp"
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="one_admission_rule_from_a_day",
                violation_error_message="Quy định này đã có giá trị từ đúng ngày ấy.",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="admission_rule_ends_after_it_begins",
                violation_error_message="Ngày hết hiệu lực phải sau ngày có hiệu lực.",
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.value} {self.unit}"

    @property
    def is_second_hand(self):
        """True while its source is the one of the data file that was known from papers quoting it: nobody has held it against the text."""
        return self.source in second_hand()


class RuleBook:
    """Rules read once: `book.on(code, day)` is the rule of that day, the first one for days before any, None when there is none."""

    def __init__(self, rules):
        self.rules = {}
        for rule in rules:
            self.rules.setdefault(rule.code, []).append(rule)

    def on(self, code, day):
        known = self.rules.get(code, [])
        begun = [rule for rule in known if rule.valid_from <= day]
        if not begun:
            return known[0] if known else None
        last = begun[-1]
        return None if last.valid_to and last.valid_to <= day else last

    def number(self, code, day):
        """Its number on that day, None when no such rule holds."""
        rule = self.on(code, day)
        return rule.value if rule else None


def described():
    """The rules of the data file, as rows not saved: they hold until the catalogue is loaded."""
    names = [field.name for field in AdmissionRule._meta.concrete_fields]
    rules = [AdmissionRule(**{name: facts[name] for name in names if name in facts}) for facts in _read()]
    return sorted(rules, key=lambda rule: (rule.code, rule.valid_from))


@cache
def second_hand():
    """The sources of the data file that are known at second hand."""
    return frozenset(facts["source"] for facts in _read() if facts.get("second_hand"))


@cache
def _read():
    return tomllib.loads(normalise(FILE.read_text(encoding="utf-8")))["rule"]
