from django.apps import AppConfig


class PeriodsConfig(AppConfig):
    name = "partyreports.periods"
    verbose_name = "Kỳ báo cáo"
