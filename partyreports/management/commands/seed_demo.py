"""Load the demonstration into an empty database."""

from io import StringIO

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import transaction

from organizations.models import Account, Organization
from partyreports.demo.accounts import DEMO_PASSWORD, demo_accounts
from partyreports.demo.seeding import seed
from partyreports.periods.models import Period


class Command(BaseCommand):
    help = "Nạp dữ liệu dùng thử (huyện Đơn Dương, năm 2024) vào một cơ sở dữ liệu trống."

    @transaction.atomic
    def handle(self, *, verbosity, **options):
        if not settings.DEBUG:
            raise CommandError("Dữ liệu dùng thử chỉ nạp được khi DEBUG bật: tài khoản dùng thử không được có ở nơi làm việc thật.")
        if any(table.objects.exists() for table in (Organization, Account, Period)):
            raise CommandError("Cơ sở dữ liệu đã có dữ liệu: dữ liệu dùng thử chỉ nạp vào cơ sở dữ liệu trống.")
        call_command("load_catalogue", stdout=StringIO())
        seed()
        if verbosity:
            self.stdout.write(f"Đã nạp dữ liệu dùng thử. Tài khoản dùng thử, mật khẩu chung: {DEMO_PASSWORD}")
            for account in demo_accounts():
                self.stdout.write(f"  {account.username:<28}{account.full_name}, {account.post}")
