"""Kinds of organisation come from a data file, by era; what an office has edited stays."""

from organizations.kinds import load_kinds
from organizations.models import OrganizationKind

KINDS = [
    *["ban-tham-muu", "ban-tuyen-giao", "chi-bo", "chi-bo-co-quan", "chi-bo-co-so", "chi-bo-cong-an", "chi-bo-doanh-nghiep"],
    *["chi-bo-don-vi-su-nghiep", "chi-bo-luc-luong-vu-trang", "chi-bo-nong-thon", "chi-bo-quan-su", "chi-bo-truong-hoc", "chi-bo-y-te"],
    *["co-quan-chuyen-trach", "dang-bo-bo-phan", "dang-bo-co-quan", "dang-bo-co-so", "dang-bo-cong-an", "dang-bo-don-vi-su-nghiep"],
    *["dang-bo-huyen", "dang-bo-quan-su", "dang-bo-tinh", "dang-bo-truc-thuoc-co-so", "dang-bo-xa", "dang-bo-xa-cap-tren"],
    *["dang-bo-xa-co-so", "mat-tran"],
]


def test_every_kind_of_the_file_is_there(db):
    assert load_kinds() == len(KINDS)
    assert sorted(OrganizationKind.objects.values_list("code", flat=True)) == KINDS


def test_loading_again_adds_nothing_and_keeps_what_was_edited(db, django_assert_num_queries):
    load_kinds()
    OrganizationKind.objects.filter(code="mat-tran").update(name="Mặt trận Tổ quốc")
    OrganizationKind.objects.filter(code="chi-bo-y-te").delete()

    assert load_kinds() == 1
    with django_assert_num_queries(1):
        assert load_kinds() == 0

    assert OrganizationKind.objects.get(code="mat-tran").name == "Mặt trận Tổ quốc"


def test_letterheads_differ_for_advisory_bodies_and_the_front(db):
    load_kinds()
    unlike_the_rest = {
        kind.code: (kind.letterhead_style, kind.parent_line, kind.standing_body)
        for kind in OrganizationKind.objects.exclude(letterhead_style="party", parent_line="party_body")
    }
    assert unlike_the_rest == {
        "ban-tham-muu": ("party", "committee", ""),
        "ban-tuyen-giao": ("party", "committee", ""),
        "co-quan-chuyen-trach": ("party", "committee", ""),
        "mat-tran": ("state", "own_name", "Ban Thường trực"),
    }


def test_chi_bo_say_which_group_of_the_yearly_form_they_count_in(db):
    load_kinds()
    cells = OrganizationKind.objects.filter(is_cell=True)
    assert dict(cells.exclude(cell_group="").values_list("code", "cell_group")) == {
        "chi-bo-nong-thon": "rural",
        "chi-bo-truong-hoc": "school",
        "chi-bo-luc-luong-vu-trang": "armed_forces",
        "chi-bo-quan-su": "military",
        "chi-bo-cong-an": "police",
        "chi-bo-co-quan": "agency",
        "chi-bo-y-te": "health",
        "chi-bo-don-vi-su-nghiep": "other",
        "chi-bo-doanh-nghiep": "other",
    }
    assert set(cells.filter(cell_group="").values_list("code", flat=True)) == {"chi-bo-co-so", "chi-bo"}
    assert not OrganizationKind.objects.filter(is_cell=False).exclude(cell_group="").exists()
