from django.apps import AppConfig
from django.core import checks

from partyreports.documents.checks import check_fonts, check_layouts


class PartyReportsConfig(AppConfig):
    name = "partyreports"
    verbose_name = "Cổng báo cáo xây dựng Đảng"

    def ready(self):
        checks.register(check_fonts)
        checks.register(check_layouts)
