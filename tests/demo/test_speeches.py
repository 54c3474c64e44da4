"""The ten speeches of the demonstration say what their bodies have to say, under their own headings."""

import pytest

from partyreports.documents import ListBlock
from partyreports.speeches.models import Speech
from partyreports.speeches.titles import title_doubts

# body: first line, second line, title
HEADINGS = {
    "lac-xuan": (
        "ĐẢNG BỘ HUYỆN ĐƠN DƯƠNG",
        "ĐẢNG ỦY XÃ LẠC XUÂN",
        "Mô hình mới, cách làm sáng tạo “Đổi mới, nâng cao chất lượng công tác bồi dưỡng quần chúng ưu tú, tạo nguồn phát triển Đảng viên” năm 2024",
    ),
    "lac-lam": (
        "ĐẢNG BỘ HUYỆN ĐƠN DƯƠNG",
        "ĐẢNG ỦY XÃ LẠC LÂM",
        "Công tác lãnh đạo, chỉ đạo trong thực hiện xây dựng Đảng bộ, chi bộ hoàn thành xuất sắc nhiệm vụ",
    ),
    "ka-don": (
        "ĐẢNG BỘ HUYỆN ĐƠN DƯƠNG",
        "ĐẢNG ỦY XÃ KA ĐƠN",
        "Kết quả, kinh nghiệm của Đảng bộ xã Ka Đơn trong lãnh đạo xây dựng xã nông thôn mới nâng cao",
    ),
    "quang-lap": (
        "ĐẢNG BỘ HUYỆN ĐƠN DƯƠNG",
        "ĐẢNG ỦY XÃ QUẢNG LẬP",
        "Mô hình mới, cách làm sáng tạo “Ngày thứ sáu cuối tháng về với khu dân cư – lắng nghe dân nói”",
    ),
    "da-ron": (
        "ĐẢNG BỘ HUYỆN ĐƠN DƯƠNG",
        "ĐẢNG ỦY XÃ ĐẠ RÒN",
        "Mô hình mới, cách làm sáng tạo “Ủy ban MTTQVN, các đoàn thể chính trị xã hội của xã phấn đấu mỗi đơn vị đào tạo, "
        "bồi dưỡng 01 đoàn viên, hội viên là quần chúng ưu tú để giới thiệu cho Đảng xem xét kết nạp”",
    ),
    "quan-su": (
        "ĐẢNG BỘ HUYỆN ĐƠN DƯƠNG",
        "ĐẢNG ỦY QUÂN SỰ",
        "Mô hình mới, cách làm sáng tạo “Dân quân nắm hộ dân”",
    ),
    "tuyen-giao": (
        "HUYỆN ỦY ĐƠN DƯƠNG",
        "BAN TUYÊN GIÁO",
        "Phát huy vai trò lãnh đạo của các cấp ủy trong việc nâng cao hiệu quả công tác tuyên truyền, giáo dục lịch sử đảng "
        "trên địa bàn huyện Đơn Dương",
    ),
    "mat-tran": (
        "ỦY BAN MTTQ VIỆT NAM HUYỆN ĐƠN DƯƠNG",
        "BAN THƯỜNG TRỰC",
        "Công tác tham mưu thực hiện trách nhiệm của người đứng đầu cấp ủy, chính quyền trong việc đối thoại, lắng nghe ý kiến "
        "các tầng lớp Nhân dân trên địa bàn huyện Đơn Dương",
    ),
    "trung-tam-y-te": (
        "ĐẢNG BỘ HUYỆN ĐƠN DƯƠNG",
        "ĐẢNG ỦY TRUNG TÂM Y TẾ",
        "Kinh nghiệm, giải pháp nâng cao chất lượng công tác kiểm tra, giám sát, thi hành kỷ luật của Đảng tại "
        "Đảng bộ Trung tâm Y tế huyện Đơn Dương",
    ),
    "trung-tam-nong-nghiep": (
        "ĐẢNG BỘ HUYỆN ĐƠN DƯƠNG",
        "CHI BỘ TRUNG TÂM NÔNG NGHIỆP",
        "Một số giải pháp nâng cao chất lượng kiểm tra, giám sát của chi bộ",
    ),
}

# These read a report; the others a plain speech.
REPORTS = ["lac-lam", "da-ron", "quan-su", "mat-tran", "trung-tam-y-te", "trung-tam-nong-nghiep"]

# The result figures of each body as its speech must say them; "indicator: words" where the words alone are too short to be told apart.
SAID = {
    "lac-xuan": [
        *["cells_total: 24", "members_total: 214", "cells:rural: 15", "cells:school: 07", "cells:armed_forces: 02", "22/29", "75,86%", "07/29"],
        *["24,14%", "08/15", "35", "tăng 27 so với năm 2023", "09/8", "112,5%", "vượt", "05/9", "55,56%", "tăng 02 so với năm 2023"],
        *["members_admitted:ethnic_minority: 01", "members_admitted:religious: 01", "members_admitted:youth: 08", "members_admitted:militia: 01"],
        *["members_admitted:village_militia_leader_or_security_team: 01", "members_made_official:military_service: 01"],
        *["background_checks_completed:security_team: 01", "100%", "model_duration: 01"],
    ],
    "lac-lam": [
        *["159", "80", "50,3%", "members:ethnic_minority: 10", "6,3%", "cells:rural: 10", "cells:military: 01", "cells:police: 01"],
        *["cells:school: 03", "15/15", "606 tỷ đồng", "7,49 tỷ đồng", "614 tỷ đồng", "ước 6.108.340.000 đồng", "6.233.000.000 đồng", "ước 98%"],
        *["10.733.552.152 đồng", "100,19%", "0,83%", "0,8%", "95,35%", "near_poor_households:opening: 05", "0,24%", "10/10", "1.888/1.932", "97,7%"],
        *["04/4", "new_rural_works: 07", "2.661,047 triệu đồng", "model_residential_areas_new: 02"],
    ],
    "ka-don": ["new_rural_criteria_kept: 19", "02/74", "advanced_criteria_total: 19", "cơ bản 19/19"],
    "quang-lap": ["working_group_members: 18", "dialogue_sessions: 10", "villages_covered: 05", "hơn 245", "50", "05/5", "100%"],
    "da-ron": [
        *["30%", "members_admitted: 03", "members_admitted: 02", "50%", "75%", "candidate_quota_per_unit: 01", "15"],
        *["admission_files_submitted: 05", "members_admitted: 05", "05/4", "125%", "05/5"],
    ],
    "quan-su": ["militia_squads_per_village: 01"],
    "tuyen-giao": [
        *["contest_rounds: 03", "contest_duration: 01", "49", "50", "gần 01", "500", "175", "20/20", "04/4", "finalists: 08", "800"],
        *["ít nhất 02", "khoảng 1.600", "contest_topics: 07", "51", "base_committees: 20", "40"],
    ],
    "mat-tran": [
        *["dialogue_sessions:district: 10", "khoảng 70", "khoảng 10", "ít nhất 01", "hơn 01", "dialogue_sessions:district: 03", "hơn 200", "31"],
        *["24", "1.981", "273", "model_duration: 02", "review_interval: 06"],
    ],
    "trung-tam-y-te": [
        *["inspections:committee: 01", "inspected_cells:committee: 01", "inspected_members:committee: 02", "supervisions:committee: 01"],
        *["supervised_cells:committee: 02", "supervised_members:committee: 02", "inspections:inspection_commission: 01"],
        *["inspected_cells:inspection_commission: 02", "supervisions:inspection_commission: 01", "supervised_cells:inspection_commission: 01"],
        *["supervised_members:inspection_commission: 04", "finance_inspections:inspection_commission: 01"],
        "finance_inspected_cells:inspection_commission: 04",
    ],
    "trung-tam-nong-nghiep": ["100%"],
}


def inlines(speech):
    for block in speech.tree:
        for holder in block.items if isinstance(block, ListBlock) else [block]:
            yield from holder.inlines


def figures(speech):
    return [inline for inline in inlines(speech) if hasattr(inline, "shown")]


@pytest.mark.parametrize("body", HEADINGS)
def test_a_speech_is_headed_as_its_body_is(demo, body):
    speech = Speech.objects.get(organization__code=body)
    head = speech.document().letterhead
    assert (head.parent, head.issuer, speech.title) == HEADINGS[body]
    assert speech.document_type == ("BÁO CÁO " if body in REPORTS else "") + "THAM LUẬN"
    month = None if body == "mat-tran" else 1
    assert (speech.place, speech.day, speech.month, speech.year) == ("Đơn Dương", None, month, 2025)


def test_the_front_leaves_its_number_open(demo):
    head = Speech.objects.get(organization__code="mat-tran").document().letterhead
    assert (head.style, head.number.split()) == ("state", ["Số:", "/BC-MT"])


@pytest.mark.parametrize("body", SAID)
def test_a_speech_says_every_result_figure_of_its_body(demo, body):
    said = set()
    for figure in figures(Speech.objects.get(organization__code=body)):
        said |= {figure.shown, f"{figure.key.partition('@')[0]}: {figure.shown}"}
    assert [words for words in SAID[body] if words not in said] == []


@pytest.mark.parametrize("body", SAID)
def test_a_speech_has_no_gap(demo, body):
    speech = Speech.objects.get(organization__code=body)
    assert [figure.shown for figure in figures(speech) if figure.missing] == []
    assert [problem for problem in speech.problems() if problem.severity == "error"] == []


@pytest.mark.parametrize(
    ("body", "cited"),
    [
        ("lac-xuan", ["38-KH/ĐU, ngày 28/12/2023", "118-CV/ĐU, ngày 14/6/2024", "119-CV/ĐU, ngày 25/6/2024"]),
        ("lac-lam", ["27-NQ/TW, ngày 09/11/2022", "28-NQ/TW, ngày 17/11/2022", "05-CT/TW"]),
        ("ka-don", ["318/QĐ-TTg, ngày 08/3/2022", "1921/QĐ-UBND, ngày 21/10/2022", "64-QĐ/ĐU, ngày 17/8/2022"]),
        ("quang-lap", ["14-KL/TW, ngày 22/9/2021", "26-CT/HU, ngày 11/9/2023", "06-QĐ/ĐU, ngày 22/9/2020", "63-KH/ĐU"]),
        ("da-ron", ["943-CV/HU, ngày 21/12/2023", "78-CV/ĐU, ngày 10/01/2024", "14-NQ/HU", "85-NQ/ĐU"]),
        ("quan-su", ["83/KH-BCH, ngày 21/02/2022"]),
        ("tuyen-giao", ["20-CT/TW"]),
        ("mat-tran", ["03-QC/HU, ngày 02/8/2019", "99-KH/HU, ngày 25/4/2023", "26-CT/HU, ngày 11/9/2023"]),
    ],
)
def test_a_speech_cites_the_documents_of_its_body(demo, body, cited):
    speech = Speech.objects.get(organization__code=body)
    text = "".join(inline.text for inline in inlines(speech))
    assert [sign for sign in cited if sign not in text] == []


def test_no_speech_misnames_a_model(demo):
    assert [doubt.sentence for speech in Speech.objects.all() for doubt in title_doubts(speech)] == []
