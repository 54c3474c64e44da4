"""Warm times of one four-page speech: PDF, DOCX, and the stored PDF. Run: .venv/bin/python -m bench.documents"""

import os
import tempfile
import time
from datetime import date
from pathlib import Path

import django
from django.conf import settings

from bench.timing import median_ms
from partyreports import confined
from partyreports.documents import Document, Figure, Heading, Letterhead, Paragraph, Text, docx, pdf, stored

ROUNDS = 15
SENTENCE = (
    "Câu văn mẫu này chỉ để đo thời gian dàn trang: dài vừa phải, đủ dấu thanh của tiếng Việt, có số liệu như 1.932 lượt người dự và "
    "55,56% chỉ tiêu, có dấu ngoặc “kép” và gạch nối – như một bài phát biểu thường gặp. "
)


def speech(number):
    """A speech of four pages; `number` makes it unlike the others."""
    blocks = [Paragraph((Text(f"Bài đo số {number}."),))]
    for part in range(1, 6):
        blocks.append(Heading(1, (Text(f"{part}. PHẦN {part}"),)))
        blocks += [Paragraph((Text(SENTENCE * 2), Figure("245", "bench", bold=True), Text(" lượt người."))) for _ in range(4)]
    head = Letterhead("party", "ĐẢNG BỘ HUYỆN MẪU", "ĐẢNG ỦY XÃ MẪU", place="Xã Mẫu", month=1, year=2025)
    return Document(head, "THAM LUẬN", "Bài đo thời gian in một bài tham luận bốn trang", tuple(blocks), date(2025, 1, 15))


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partyreports.settings")
    django.setup()
    began = time.perf_counter()
    pdf(speech(-1))
    first = (time.perf_counter() - began) * 1000
    docx(speech(-1))
    with tempfile.TemporaryDirectory() as folder:
        settings.RENDERED_ROOT = Path(folder)
        paper = stored(speech(-1), "pdf")
        print(f"first PDF of a new child   {first:7.0f} ms   {paper.pages} pages, {paper.size // 1024} KiB")
        print(f"PDF, warm                  {median_ms(lambda number: pdf(speech(number)), ROUNDS):7.1f} ms")
        print(f"DOCX, warm                 {median_ms(lambda number: docx(speech(number)), ROUNDS):7.1f} ms")
        print(f"PDF, stored                {median_ms(lambda number: stored(speech(-1), 'pdf'), ROUNDS):7.1f} ms")
    confined.close()


if __name__ == "__main__":
    main()
