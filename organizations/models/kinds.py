"""Kinds of organisation: rows, because every restructuring brings new ones."""

from django.db import models


class OrganizationKind(models.Model):
    """A kind of organisation (đảng bộ cơ sở, chi bộ trực thuộc, ban tham mưu, Mặt trận …) and how its papers are headed."""

    class LetterheadStyle(models.TextChoices):
        PARTY = "party", "Văn bản của Đảng"
        STATE = "state", "Văn bản theo Nghị định 30"

    class ParentLine(models.TextChoices):
        """What stands on the first line of the letterhead. Source: layout of Party papers, composition of the left header."""

        PARTY_BODY = "party_body", "tên đảng bộ cấp trên"
        COMMITTEE = "committee", "tên cấp ủy cấp trên"
        OWN_NAME = "own_name", "tên của chính tổ chức, cơ quan thường trực ở dòng dưới"

    code = models.SlugField("mã", unique=True)
    name = models.CharField("tên loại hình", max_length=120, unique=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    letterhead_style = models.CharField("thể thức", max_length=10, choices=LetterheadStyle, default=LetterheadStyle.PARTY)
    parent_line = models.CharField("dòng trên của tiêu đề", max_length=12, choices=ParentLine, default=ParentLine.PARTY_BODY)
    standing_body = models.CharField("cơ quan thường trực", max_length=80, blank=True, help_text="Ví dụ: Ban Thường trực.")
    is_cell = models.BooleanField("là chi bộ", default=False)
    is_base = models.BooleanField("là tổ chức cơ sở đảng", default=False, help_text="Giới hạn xếp loại xuất sắc tính trong từng tổ chức cơ sở đảng.")
    cell_group = models.SlugField("nhóm chi bộ trong báo cáo", blank=True, help_text="Mã phân tổ của chỉ tiêu đếm chi bộ.")
    era = models.CharField("thời kỳ áp dụng", max_length=200, blank=True)
    source = models.CharField("căn cứ", max_length=200, blank=True)

    class Meta:
        verbose_name = "loại hình tổ chức"
        verbose_name_plural = "loại hình tổ chức"
        ordering = ["order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent_line="own_name") | ~models.Q(standing_body=""),
                name="own_name_letterhead_needs_standing_body",
                violation_error_message="Ghi tên cơ quan thường trực để in ở dòng dưới của tiêu đề.",
            )
        ]

    def __str__(self):
        return self.name
