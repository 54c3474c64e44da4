"""Write every approved speech of a period as PDF and DOCX, with a manifest: what an office hands to the conference."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from partyreports.confined import Stopped
from partyreports.documents import LayoutError, TreeError
from partyreports.periods.models import Period
from partyreports.speeches.export import MANIFEST, export, speeches_to_export, write_manifest


class Command(BaseCommand):
    help = "Xuất các bài tham luận đã duyệt của một kỳ ra PDF và Word, kèm manifest.jsonl."

    def add_arguments(self, parser):
        parser.add_argument("--period", required=True, metavar="KỲ", help="mã kỳ báo cáo, ví dụ 2024")
        parser.add_argument("--to", required=True, metavar="THƯ MỤC", type=Path, help="thư mục nhận các tệp; được tạo nếu chưa có")

    def handle(self, *, period, to, **options):
        found = Period.objects.filter(code=period).first()
        if found is None:
            known = ", ".join(Period.objects.years().values_list("code", flat=True)) or "chưa có kỳ nào"
            raise CommandError(f"Không có kỳ báo cáo mã “{period}”. Các năm hiện có: {known}.")
        speeches = speeches_to_export(found)
        if not speeches:
            raise CommandError(f"Chưa có bài tham luận nào của {found} được duyệt.")
        try:
            to.mkdir(parents=True, exist_ok=True)
            lines = list(self._exported(speeches, to))
            write_manifest(lines, to)
        except OSError as error:
            raise CommandError(f"Không ghi được vào thư mục {to}: chọn thư mục khác hoặc kiểm tra quyền ghi và chỗ trống của đĩa.") from error
        self.stdout.write(f"Đã xuất {len(lines)} bài vào {to}, danh mục ở {MANIFEST}.")

    def _exported(self, speeches, folder):
        for place, (speech, name, stem) in enumerate(speeches, start=1):
            try:
                line = export(speech, name, stem, folder)
            except (TreeError, LayoutError, Stopped) as error:
                raise CommandError(f"Chưa in được bài “{speech}” của {name}: {error}") from error
            self.stdout.write(f"{place}/{len(speeches)} {line.pdf} ({line.pages} trang)")
            yield line
