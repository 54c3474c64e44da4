"""Party badges: awarded to members for their years in the Party, in rounds on fixed days of the year."""

from django.db import models

from .members import Member, RegisterQuerySet


class BadgeQuerySet(RegisterQuerySet):
    def visible_to(self, user):
        return self.filter(member__in=Member.objects.visible_to(user))

    def within(self, branch):
        return self.filter(member__in=Member.objects.within(branch))


class BadgeAward(models.Model):
    """A badge given to a member in a round."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="badges", verbose_name="đảng viên")
    years = models.PositiveSmallIntegerField("huy hiệu (năm tuổi đảng)")
    round_on = models.DateField("đợt trao")
    number = models.CharField("số quyết định", max_length=60, blank=True)

    objects = BadgeQuerySet.as_manager()

    class Meta:
        verbose_name = "huy hiệu Đảng"
        verbose_name_plural = "huy hiệu Đảng"
        ordering = ["-round_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "years"], name="one_badge_of_a_kind", violation_error_message="Đảng viên này đã được trao huy hiệu này."
            )
        ]

    def __str__(self):
        return f"{self.member}: {self.years} năm"
