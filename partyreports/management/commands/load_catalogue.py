"""Bring the kinds of bodies, indicators, forms, rules and speech templates of the data files into the database."""

from django.core.management.base import BaseCommand
from django.db import transaction

from organizations.kinds import load_kinds
from organizations.models import LogEntry
from partyreports.metrics.catalogue import load_catalogue
from partyreports.speeches.templates import load_templates


class Command(BaseCommand):
    help = "Nạp loại hình tổ chức, chỉ tiêu, biểu báo cáo, quy tắc cân đối và mẫu tham luận còn thiếu; không ghi đè dữ liệu đã sửa."

    @transaction.atomic
    def handle(self, *args, **options):
        new = {"kinds": load_kinds(), **load_catalogue(), "templates": load_templates()}
        if any(new.values()):
            LogEntry.write("load_catalogue", by=None, after=new)
        self.stdout.write(
            f"Đã nạp thêm {new['kinds']} loại hình tổ chức, {new['indicators']} chỉ tiêu, {new['forms']} biểu báo cáo, "
            f"{new['rules']} quy tắc cân đối, {new['templates']} mẫu tham luận."
        )
