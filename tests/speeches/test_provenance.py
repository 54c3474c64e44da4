"""Figures held against their sources at every look: doubts are shown, the words stay."""

import pytest

from organizations.review import Status
from partyreports.documents import Figure, Paragraph, Text, blocks_to_json, plain_text
from partyreports.metrics.models import Figure as Cell
from partyreports.speeches.models import EditConflict, Speech
from partyreports.speeches.provenance import check, standings, with_present_figures
from tests import makers


def test_a_fresh_draft_leaves_no_doubt(speech):
    assert check(speech) == []


def test_a_changed_figure_is_told_with_both_values_and_the_words_stay(speech, set_figure, indicators):
    before = plain_text(speech.tree)
    set_figure(indicators["members_admitted"], 11)

    doubts = check(speech)

    assert [(doubt.kind, doubt.old, doubt.new) for doubt in doubts] == [
        ("changed", "09", "11"),
        ("changed", "tăng 02 so với năm 2023", "tăng 04 so với năm 2023"),
        ("changed", "05/9", "05/11"),
        ("changed", "09/8", "11/8"),
        ("changed", "112,5%", "137,5%"),
    ]
    assert doubts[0].sentence == "Số liệu đã đổi: trong bài 09, nguồn hiện là 11 (Đảng viên mới kết nạp, năm 2024, Đảng ủy xã Mẫu)."
    assert plain_text(Speech.objects.get(pk=speech.pk).tree) == before


def test_a_figure_whose_report_is_no_longer_final_is_told(speech, report):
    type(report).objects.filter(pk=report.pk).update(status=Status.SUBMITTED)

    assert {doubt.kind for doubt in check(speech)} == {"gone"}
    assert check(speech)[0].sentence == (
        "Trong bài ghi 09 (Đảng viên mới kết nạp, năm 2024, Đảng ủy xã Mẫu), nhưng nguồn hiện không có số liệu đã duyệt."
    )


def test_a_gap_that_can_be_filled_by_now_is_told(an, cell, y2024, report, set_figure, indicators):
    gap = Figure("chưa có số liệu: Số hội nghị đối thoại", f"dialogue_sessions@2024#{cell.pk}", missing=True)
    speech = makers.make_speech(organization=cell, period=y2024, blocks=blocks_to_json([Paragraph((gap,))]))
    assert [doubt.kind for doubt in check(speech)] == ["gap"]

    set_figure(indicators["dialogue_sessions"], 10)

    (doubt,) = check(speech)
    assert (doubt.kind, doubt.new, doubt.can_be_taken_over) == ("filled", "10", True)


def test_a_figure_without_a_known_source_is_listed_and_not_doubted(cell, y2024):
    speech = makers.make_speech(organization=cell, period=y2024, blocks=blocks_to_json([Paragraph((Figure("99", "lạ"), Text(" người")))]))

    assert check(speech) == []
    assert [(standing.about, standing.holds) for standing in standings(speech)] == [("không rõ nguồn", True)]


def test_present_figures_are_put_in_only_where_asked(speech, set_figure, indicators):
    set_figure(indicators["members_admitted"], 11)
    pair = next(doubt for doubt in check(speech) if doubt.old == "05/9")

    one, changed_one = with_present_figures(speech, only=pair.where)
    every, changed_all = with_present_figures(speech)

    assert (changed_one, changed_all) == (1, 5)
    assert "- Nông thôn: 05/11 đồng chí.\n- Chỉ tiêu: 09/8" in plain_text(one)
    assert "- Nông thôn: 05/11 đồng chí.\n- Chỉ tiêu: 11/8, đạt 137,5%, vượt." in plain_text(every)
    assert every[4].items[0].inlines[1].bold is True


def test_gaps_stop_a_speech_from_going_up_and_blanks_are_only_told(speech, an, set_figure, indicators):
    set_figure(indicators["members_admitted"], 11)
    told = [(problem.severity, problem.sentence[:20]) for problem in speech.problems()]
    assert told == [("warning", "Còn dòng chấm để điề")] + [("warning", "Số liệu đã đổi: tron")] * 5

    gap = Figure("chưa có số liệu: Số chi bộ", "cells_total@2024#1", missing=True)
    speech.write(by=an, seen_version=1, blocks=blocks_to_json([Paragraph((gap, gap))]), title="")

    assert [(problem.severity, problem.where) for problem in speech.problems()] == [("error", "title"), ("error", standings(speech)[0].id)]


def test_the_number_of_queries_does_not_grow_with_the_figures(cell, y2024, report, django_assert_num_queries):
    keys = [f"members_admitted@2024#{cell.pk}", f"members_admitted@2023#{cell.pk}", f"members_admitted@2024#{cell.pk}?change"]
    blocks = blocks_to_json([Paragraph(tuple(Figure(str(n), key) for n in range(60) for key in keys))])
    speech = Speech.objects.select_related("period").get(pk=makers.make_speech(organization=cell, period=y2024, blocks=blocks).pk)

    with django_assert_num_queries(10):
        assert len(standings(speech)) == 180


def test_writing_needs_the_version_that_was_seen(speech, an):
    other = Speech.objects.get(pk=speech.pk)
    other.write(by=an, seen_version=1, blocks=blocks_to_json([Paragraph((Text("Bản thứ nhất."),))]))

    with pytest.raises(EditConflict) as conflict:
        speech.write(by=an, seen_version=1, blocks=blocks_to_json([Paragraph((Text("Bản thứ hai."),))]))

    assert plain_text(conflict.value.theirs.tree) == "Bản thứ nhất."
    assert plain_text(Speech.objects.get(pk=speech.pk).tree) == "Bản thứ nhất."


def test_saving_what_changes_nothing_leaves_no_trace(speech, an):
    speech.write(by=an, seen_version=1, blocks=speech.blocks, title=speech.title)

    assert (speech.version, [entry.action for entry in speech.history()]) == (1, ["compose"])


def test_the_blocks_of_an_older_version_are_found_in_the_log(speech, an):
    first = speech.blocks
    speech.write(by=an, seen_version=1, title="Tên khác")
    speech.write(by=an, seen_version=2, blocks=blocks_to_json([Paragraph((Text("Mới."),))]))

    assert speech.version == 3
    assert speech.blocks_seen_at(1) == speech.blocks_seen_at(2) == first
    assert speech.blocks_seen_at(3) == speech.blocks != first


def test_whoever_wrote_on_it_counts_as_its_author(speech, an, cell):
    helper = makers.make_account(username="giup", rights=["write"], organization=cell)
    speech.write(by=helper, seen_version=1, title="Tên khác")

    assert speech.authors() == {an.pk, helper.pk}


def test_cells_are_read_and_never_written(speech, report):
    before = list(Cell.objects.values())

    check(speech)

    assert list(Cell.objects.values()) == before
