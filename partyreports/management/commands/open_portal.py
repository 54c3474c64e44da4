"""Open an empty portal for an office: the organisation at the top of the tree and its first administrator."""

import datetime as dt
import secrets

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, call_command
from django.db import transaction

from organizations.models import Account, Assignment, LogEntry, Organization, OrganizationKind, Right
from partyreports.vietnamese import DateError, parse_date

FIRST_RIGHTS = (Right.MANAGE, Right.READ, Right.AUDIT)


class Command(BaseCommand):
    help = "Lập tổ chức đứng đầu và tài khoản quản trị đầu tiên trong cổng còn trống."

    def add_arguments(self, parser):
        parser.add_argument("--name", required=True, help="tên tổ chức, ví dụ: Đảng ủy xã Đơn Dương")
        parser.add_argument("--party-name", default="", help="tên đảng bộ, ví dụ: Đảng bộ xã Đơn Dương")
        parser.add_argument("--kind", required=True, help="mã loại hình; chạy với mã bất kỳ để xem danh sách")
        parser.add_argument("--place", default="", help="địa danh ghi trên văn bản")
        parser.add_argument("--since", default="01/01/2020", help="ngày thành lập hoặc ngày bắt đầu theo dõi, ngày/tháng/năm")
        parser.add_argument("--administrator", required=True, help="tên đăng nhập của người quản trị")
        parser.add_argument("--full-name", default="Quản trị", help="họ và tên người quản trị")

    @transaction.atomic
    def handle(self, *, name, party_name, kind, place, since, administrator, full_name, **options):
        if Organization.objects.exists():
            raise CommandError("Cổng đã có dữ liệu: thêm tổ chức và tài khoản trong trang quản trị.")
        call_command("load_catalogue", verbosity=0)
        kinds = {row.code: row for row in OrganizationKind.objects.all()}
        if kind not in kinds:
            raise CommandError("Chọn một mã loại hình: " + ", ".join(f"{code} ({row.name})" for code, row in kinds.items()))
        top = Organization.objects.found(on=self.day(since), name=name, party_name=party_name, kind=kinds[kind], place=place)
        password = secrets.token_urlsafe(12)
        account = Account(username=administrator, full_name=full_name, must_change_password=True)
        account.set_password(password)
        try:
            account.full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        account.save()
        Assignment.objects.bulk_create(Assignment(account=account, right=right, organization=top) for right in FIRST_RIGHTS)
        LogEntry.write("open_portal", by=None, about=account, organization_pk=top.pk, after={"organization": name, "administrator": administrator})
        self.stdout.write(f"Đã lập {name}.\nĐăng nhập: {administrator}   Mật khẩu (đổi khi đăng nhập lần đầu): {password}")

    def day(self, text) -> dt.date:
        try:
            return parse_date(text)
        except DateError as error:
            raise CommandError(error.sentence) from error
