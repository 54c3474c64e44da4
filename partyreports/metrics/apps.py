from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "partyreports.metrics"
    verbose_name = "Chỉ tiêu và báo cáo"
