"""Serve the portal: web server and background worker together, both ended by one Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from organizations.models import Organization
from partyreports.demo.accounts import DEMO_PASSWORD, demo_accounts

PATIENCE = 10  # seconds a child gets to end by itself


class Command(BaseCommand):
    help = "Chạy cổng báo cáo: máy chủ web và tiến trình nền."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="địa chỉ lắng nghe (mặc định 127.0.0.1)")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")), help="cổng (mặc định 8000, hoặc biến PORT)")
        parser.add_argument("--prepare", action="store_true", help="chuẩn bị cơ sở dữ liệu trước; nạp dữ liệu dùng thử nếu còn trống")

    def handle(self, *, host, port, prepare, **options):
        self.refuse_occupied(host, port)
        if prepare:
            self.prepare()
        self.introduce(host, port)
        commands = [
            [
                *[sys.executable, "-m", "gunicorn", "partyreports.wsgi", "--bind", f"{host}:{port}", "--log-level", "warning"],
                *["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--max-requests", "5000", "--max-requests-jitter", "500"],
                *["--no-control-socket"],
            ],
            [sys.executable, "manage.py", "db_worker", "--interval", "2", "--no-reload", "-v", "0"],
        ]
        self.run_together(commands)

    def refuse_occupied(self, host, port):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                sentence = f"Cổng {port} đang có chương trình khác dùng: tắt chương trình đó hoặc chạy “PORT={port + 1} make run”."
                raise CommandError(sentence) from error

    def prepare(self):
        call_command("migrate", verbosity=0, interactive=False)
        if settings.DEBUG and not Organization.objects.exists():
            self.stdout.write("Đang nạp dữ liệu dùng thử …")
            call_command("seed_demo", verbosity=0)
        else:
            call_command("load_catalogue", verbosity=0)

    def introduce(self, host, port):
        self.stdout.write(f"\nCổng báo cáo đang chạy tại  http://{host}:{port}   (dừng: Ctrl-C)\n")
        accounts = list(demo_accounts()) if settings.DEBUG else []
        if accounts:
            self.stdout.write(f"\nTài khoản dùng thử, mật khẩu chung: {DEMO_PASSWORD}")
            for account in accounts:
                self.stdout.write(f"  {account.username:<28}{account.full_name}{', ' + account.post if account.post else ''}")
        self.stdout.flush()

    def run_together(self, commands):
        """Start all, wait for the first to end or for a signal, then end the rest."""
        stopping = []
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.append(True))
        # Each child in a session of its own: Ctrl-C reaches this process alone, which then ends them in order.
        children = [subprocess.Popen(command, cwd=settings.BASE_DIR, start_new_session=True) for command in commands]  # noqa: S603
        while not stopping and all(child.poll() is None for child in children):
            time.sleep(0.2)
        failed = [child for child in children if child.poll() not in (None, 0)]
        for child in children:
            if child.poll() is None:
                child.terminate()
        for child in children:
            try:
                child.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
        if failed and not stopping:
            raise CommandError("Một tiến trình của cổng báo cáo đã dừng bất thường: xem thông báo ở trên.")
        self.stdout.write("\nĐã dừng.")
