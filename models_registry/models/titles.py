"""The index in which titles that say nearly the same are found."""

from django.db import models


class TitleBand(models.Model):
    """One of the short signs of a registration's title: alike titles share some of them. Written by Registration.save alone."""

    registration = models.ForeignKey("models_registry.Registration", models.CASCADE, related_name="bands", verbose_name="mô hình", db_index=False)
    band = models.BigIntegerField("dấu của tên")

    class Meta:
        verbose_name = "dấu của tên mô hình"
        verbose_name_plural = "dấu của tên mô hình"
        indexes = [models.Index(fields=["band", "registration"], name="title_by_band"), models.Index(fields=["registration"], name="bands_of_title")]

    def __str__(self):
        return str(self.band)
