"""How models of different bodies and years belong together."""

from django.db import models
from django.db.models import F, Q


class ModelLinkQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Links of which `user` sees both ends: a link never tells of a model out of reach."""
        seen = self.model._meta.get_field("later").related_model.objects.visible_to(user).values("pk")
        return self.filter(later__in=seen, earlier__in=seen)


class ModelLink(models.Model):
    """One model goes on from, repeats, replaces or resembles an earlier one."""

    class Kind(models.TextChoices):
        CONTINUES = "continues", "tiếp tục từ"
        REPLICATES = "replicates", "nhân rộng từ"
        REPLACES = "replaces", "thay cho"
        RESEMBLES = "resembles", "tương tự"

    SEEN_FROM_EARLIER = {
        Kind.CONTINUES: "được tiếp tục ở",
        Kind.REPLICATES: "được nhân rộng ở",
        Kind.REPLACES: "được thay bằng",
        Kind.RESEMBLES: "tương tự",
    }

    later = models.ForeignKey("models_registry.Registration", models.CASCADE, related_name="links_back", verbose_name="mô hình")
    earlier = models.ForeignKey("models_registry.Registration", models.CASCADE, related_name="links_on", verbose_name="mô hình có trước")
    kind = models.CharField("quan hệ", max_length=10, choices=Kind)

    objects = ModelLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "liên kết mô hình"
        verbose_name_plural = "liên kết mô hình"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["later", "earlier"], name="one_link_a_pair_of_models", violation_error_message="Hai mô hình này đã được liên kết."
            ),
            models.CheckConstraint(
                condition=~Q(later=F("earlier")),
                name="no_model_is_linked_to_itself",
                violation_error_message="Mô hình không liên kết với chính nó.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} “{self.earlier}”"

    @property
    def organization_id(self):
        """Whose register it stands in: the later model's."""
        return self.later.organization_id
