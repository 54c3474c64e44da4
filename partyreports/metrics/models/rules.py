"""Rules of balance as data: left indicators, operator, right indicators, severity, sentence."""

from django.db import models

from partyreports.vietnamese import number

from .indicators import Indicator

SLOTS = {"{left}": "[vế trái]", "{right}": "[vế phải]", "{gap}": "[chênh lệch]"}  # as it is kept → as people write it
SENTINEL = 1000  # a factor from here on says "as soon as the left side has anything at all"


def in_words(sentence):
    """A rule's sentence with the slots as people read and write them."""
    for slot, word in SLOTS.items():
        sentence = sentence.replace(slot, word)
    return sentence


class BalanceRule(models.Model):
    """left OPERATOR factor × right + allowance, e.g. sum of parts = total, part ≤ whole, this year ≤ 2 × last year + 5."""

    class Operator(models.TextChoices):
        EQUAL = "=", "bằng"
        AT_MOST = "<=", "không lớn hơn"
        AT_LEAST = ">=", "không nhỏ hơn"

    OPERATOR_WORDS = {Operator.EQUAL: "=", Operator.AT_MOST: "không quá", Operator.AT_LEAST: "ít nhất bằng"}

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
        """What must hold, in words: "Chi bộ nông thôn + Chi bộ trường học = Số chi bộ trực thuộc". Reads its terms."""
        sides, named = {side: "" for side in RuleTerm.Side}, set()
        for term in self.terms.all():
            sign = ("− " if term.is_subtracted else "+ ") if sides[term.side] or term.is_subtracted else ""
            of_before = "số kỳ trước" if term.indicator_id in named else f"{term.indicator.name} của kỳ trước"
            sides[term.side] += f" {sign}{of_before if term.is_previous else term.indicator.name}"
            named.add(term.indicator_id)
        left, right = (side.strip() for side in sides.values())
        if self.factor >= SENTINEL:
            return f"Đã nhập “{left}” thì phải nhập “{right}”" if self.missing_is_zero and right else self.shown_sentence
        if right and self.factor != 1:
            right = f"{number(self.factor.normalize())} lần {f'({right})' if ' + ' in right or ' − ' in right else right}"
        allowance = number(abs(self.allowance).normalize())
        if not right:
            right = number(self.allowance.normalize())
        elif self.allowance:
            right += f" {'cộng' if self.allowance > 0 else 'trừ'} {allowance}"
        return f"{left} {self.OPERATOR_WORDS[self.operator]} {right}"

    @property
    def shown_sentence(self):
        """Its sentence with words where the numbers will stand."""
        return in_words(self.sentence)


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
