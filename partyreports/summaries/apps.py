from django.apps import AppConfig


class SummariesConfig(AppConfig):
    name = "partyreports.summaries"
    verbose_name = "Tổng kết năm"
