"""Fill an empty database with a country of invented bodies and members, to measure with."""

import time

from django.core.management import BaseCommand, CommandError
from django.db import transaction

from organizations.kinds import load_kinds
from organizations.models import Account, Member, Organization, OrganizationKind, Stay
from partyreports.demo.country import Size, tables
from partyreports.demo.loading import count_on, gather_statistics, load

LEVELS = {
    "provinces": "số tỉnh",
    "districts": "số huyện một tỉnh",
    "communes": "số xã một huyện",
    "cells": "số chi bộ một xã",
    "members": "số đảng viên một chi bộ",
}


class Command(BaseCommand):
    help = "Nạp một cây tổ chức và đảng viên không có thật, lớn như cả nước, vào một cơ sở dữ liệu trống để đo tốc độ."

    def add_arguments(self, parser):
        for name, words in LEVELS.items():
            parser.add_argument(f"--{name}", type=int, default=getattr(Size, name), help=f"{words} (mặc định {getattr(Size, name)})")

    def handle(self, *, verbosity, **options):
        size = Size(**{name: options[name] for name in LEVELS})
        if min(*size.levels, size.members) < 1:
            raise CommandError("Mỗi số phải từ 1 trở lên.")
        if any(table.objects.exists() for table in (Organization, Account, Member)):
            raise CommandError("Cơ sở dữ liệu đã có dữ liệu: chỉ nạp được vào cơ sở dữ liệu trống.")
        with transaction.atomic():
            load_kinds()
            OrganizationKind.objects.get_or_create(code="toan-dang", defaults={"name": "Toàn Đảng (dữ liệu đo tốc độ)"})
            kinds = dict(OrganizationKind.objects.values_list("code", "pk"))
            for table, names, rows in tables(size, kinds):
                began = time.monotonic()
                written = load(table, names, rows)
                if verbosity:
                    words = f"{table._meta.verbose_name}: {written:,}".replace(",", ".")
                    self.stdout.write(f"{words} ({time.monotonic() - began:.0f} giây)")
            count_on(Organization, Member, Stay)
        gather_statistics()
