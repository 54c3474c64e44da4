from django.apps import AppConfig


class PartyReportsConfig(AppConfig):
    name = "partyreports"
    verbose_name = "Cổng báo cáo xây dựng Đảng"
