"""Rules of balance as data: left indicators, operator, right indicators, severity, sentence."""

from django.db import models

from partyreports.vietnamese import number

from .indicators import Indicator


class BalanceRule(models.Model):
    """left OPERATOR factor × right + allowance, e.g. sum of parts = total, part ≤ whole, this year ≤ 2 × last year + 5."""

    class Operator(models.TextChoices):
        EQUAL = "=", "bằng"
        AT_MOST = "<=", "không lớn hơn"
        AT_LEAST = ">=", "không nhỏ hơn"

    OPERATOR_SIGNS = {Operator.EQUAL: "=", Operator.AT_MOST: "≤", Operator.AT_LEAST: "≥"}

    class Severity(models.TextChoices):
        ERROR = "error", "lỗi: phải sửa trước khi trình"
        WARNING = "warning", "cảnh báo: cần giải thích"

    code = models.CharField("mã", max_length=140, unique=True)
    operator = models.CharField("phép so sánh", max_length=2, choices=Operator)
    factor = models.DecimalField("hệ số vế phải", max_digits=8, decimal_places=3, default=1)
    allowance = models.DecimalField("cộng thêm vế phải", max_digits=15, decimal_places=3, default=0)
    severity = models.CharField("mức độ", max_length=7, choices=Severity, default=Severity.ERROR)
    sentence = models.CharField(
        "câu nhắc",
        max_length=300,
        help_text="Dùng {left}, {right}, {gap} để chèn hai vế và chênh lệch.",
    )
    missing_is_zero = models.BooleanField("ô chưa nhập tính là 0", default=False)
    is_active = models.BooleanField("đang dùng", default=True)
    source = models.CharField("căn cứ", max_length=300, blank=True)

    class Meta:
        verbose_name = "quy tắc cân đối"
        verbose_name_plural = "quy tắc cân đối"
        ordering = ["code"]

    def __str__(self):
        return self.sentence

    @property
    def statement(self):
        """What must hold, in words and signs: "Chi bộ nông thôn + Chi bộ trường học = Số chi bộ trực thuộc". Reads its terms."""
        sides = {side: "" for side in RuleTerm.Side}
        for term in self.terms.all():
            sign = ("− " if term.is_subtracted else "+ ") if sides[term.side] or term.is_subtracted else ""
            sides[term.side] += f" {sign}{term.indicator.name}{' của kỳ trước' if term.is_previous else ''}"
        left, right = (side.strip() for side in sides.values())
        if right and self.factor != 1:
            right = f"{number(self.factor)} × ({right})"
        allowance = number(abs(self.allowance))
        if not right:
            right = number(self.allowance)
        elif self.allowance:
            right += f" {'+' if self.allowance > 0 else '−'} {allowance}"
        return f"{left} {self.OPERATOR_SIGNS[self.operator]} {right}"

    @property
    def shown_sentence(self):
        """Its sentence with words where the numbers will stand."""
        return self.sentence.replace("{left}", "[vế trái]").replace("{right}", "[vế phải]").replace("{gap}", "[chênh lệch]")


class RuleTerm(models.Model):
    """One indicator on one side of a rule, added or subtracted, of this period or of the one before."""

    class Side(models.TextChoices):
        LEFT = "left", "vế trái"
        RIGHT = "right", "vế phải"

    rule = models.ForeignKey(BalanceRule, models.CASCADE, related_name="terms", verbose_name="quy tắc")
    side = models.CharField("vế", max_length=5, choices=Side)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="rule_terms", verbose_name="chỉ tiêu")
    is_subtracted = models.BooleanField("trừ đi", default=False)
    is_previous = models.BooleanField("của kỳ trước", default=False)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "số hạng của quy tắc"
        verbose_name_plural = "số hạng của quy tắc"
        ordering = ["rule", "side", "order"]

    def __str__(self):
        return f"{'−' if self.is_subtracted else '+'} {self.indicator}"
