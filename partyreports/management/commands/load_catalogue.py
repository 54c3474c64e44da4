"""Bring the kinds of bodies, indicators, forms, rules, speech templates and subjects of dialogues of the data files into the database."""

from django.core.management.base import BaseCommand
from django.db import transaction

from organizations.admission import load_admission_rules
from organizations.kinds import load_kinds
from organizations.models import LogEntry
from partyreports.activities.subjects import load_subjects
from partyreports.metrics.catalogue import load_catalogue
from partyreports.speeches.templates import load_templates


class Command(BaseCommand):
    help = "Nạp những gì các tệp danh mục có mà cơ sở dữ liệu còn thiếu (loại hình, chỉ tiêu, biểu, quy tắc, mẫu …); không ghi đè dữ liệu đã sửa."

    @transaction.atomic
    def handle(self, *args, **options):
        new = {"kinds": load_kinds(), **load_catalogue(), "templates": load_templates(), "subjects": load_subjects()}
        new["admission_rules"] = load_admission_rules()
        if any(new.values()):
            LogEntry.write("load_catalogue", by=None, after=new)
        self.stdout.write(
            f"Đã nạp thêm {new['kinds']} loại hình tổ chức, {new['indicators']} chỉ tiêu, {new['forms']} biểu báo cáo, "
            f"{new['rules']} quy tắc cân đối, {new['templates']} mẫu tham luận, "
            f"{new['subjects']} nội dung đối thoại, {new['admission_rules']} quy định về kết nạp."
        )
