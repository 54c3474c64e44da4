"""The catalogue: read by everybody who works, changed by whoever manages the whole tree, each change in the log."""

import pytest

from organizations.models import LogEntry, Right
from partyreports.metrics.models import BalanceRule, ReportFormLine, RuleTerm
from tests.makers import make_account, make_form, make_indicator


@pytest.fixture
def admitted(db):
    return make_indicator(code="members_admitted", name="Đảng viên mới kết nạp", how_to_count="Đếm theo quyết định kết nạp.")


@pytest.fixture
def rule(admitted):
    rule = BalanceRule.objects.create(code="limit", operator="<=", factor=2, allowance=5, sentence="Là {left}, quá {right}.")
    RuleTerm.objects.create(rule=rule, side="left", indicator=admitted)
    RuleTerm.objects.create(rule=rule, side="right", indicator=admitted, is_previous=True)
    return rule


@pytest.fixture
def form(admitted):
    return make_form(indicators=[admitted])


@pytest.fixture
def addresses(admitted, rule, form):
    line = form.lines.get()
    return {
        "indicators": "/bao-cao/danh-muc/",
        "indicator": f"/bao-cao/danh-muc/chi-tieu/{admitted.pk}/",
        "rules": "/bao-cao/danh-muc/quy-tac/",
        "rule": f"/bao-cao/danh-muc/quy-tac/{rule.pk}/",
        "forms": "/bao-cao/danh-muc/bieu/",
        "form": f"/bao-cao/danh-muc/bieu/{form.pk}/",
        "line": f"/bao-cao/danh-muc/bieu/dong/{line.pk}/",
    }


NAMES = ["indicators", "indicator", "rules", "rule", "forms", "form", "line"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("person", ["an", "binh", "chi", "manager", "auditor"])
def test_everybody_who_works_reads_the_catalogue(request, addresses, signed_in, person, name):
    assert signed_in(request.getfixturevalue(person)).get(addresses[name]).status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_a_visitor_is_sent_to_the_login_and_an_account_without_work_away(addresses, client, name):
    assert client.get(addresses[name]).url.startswith("/dang-nhap/")

    client.force_login(make_account(), backend="partyreports.signin.AccountBackend")

    assert client.get(addresses[name]).status_code == 403


@pytest.mark.parametrize("name", ["indicator", "rule", "line"])
@pytest.mark.parametrize("person", ["an", "binh", "auditor"])
def test_only_a_manager_changes_it(request, addresses, rule, signed_in, person, name):
    client = signed_in(request.getfixturevalue(person))

    response = client.post(addresses[name], {"sentence": "Khác", "severity": "warning", "section": "Khác", "order": 1, "rule": "Khác"})

    assert response.status_code == 403
    assert BalanceRule.objects.get().sentence == "Là {left}, quá {right}."
    assert not LogEntry.objects.exists()


def test_a_manager_of_one_branch_does_not_change_the_catalogue_of_all(addresses, cell, signed_in):
    client = signed_in(make_account(rights=[Right.MANAGE], organization=cell))

    assert client.post(addresses["rule"], {"sentence": "Khác", "severity": "warning"}).status_code == 403


def test_a_rule_changes_its_words_and_weight_with_a_log_line(addresses, manager, rule, district, signed_in):
    response = signed_in(manager).post(
        addresses["rule"], {"sentence": "Năm nay [vế trái], tăng [chênh lệch].", "severity": "warning", "is_active": "on"}
    )

    assert response.status_code == 302
    rule.refresh_from_db()
    assert (rule.sentence, rule.severity, rule.is_active) == ("Năm nay {left}, tăng {gap}.", "warning", True)
    entry = LogEntry.objects.get()
    assert (entry.action, entry.organization_pk, entry.before, entry.after) == (
        "edit",
        district.pk,
        {"severity": "error", "sentence": "Là [vế trái], quá [vế phải]."},
        {"severity": "warning", "sentence": "Năm nay [vế trái], tăng [chênh lệch]."},
    )


@pytest.mark.parametrize(
    ("sentence", "said"), [("Là {trai}.", "{trai}"), ("Là {left.__class__}.", "{left.__class__}"), ("Là { left", "{"), ("Là [vế].", "[vế]")]
)
def test_a_slot_that_is_not_there_is_refused_by_its_name(addresses, manager, rule, signed_in, sentence, said):
    response = signed_in(manager).post(addresses["rule"], {"sentence": sentence, "severity": "error", "is_active": "on"})

    assert response.context["form"].errors == {"sentence": [f"Không có chỗ chèn “{said}”: chỉ dùng [vế trái], [vế phải], [chênh lệch]."]}
    assert response.context["form"]["sentence"].value() == sentence
    assert not LogEntry.objects.exists()


def test_a_rule_is_told_in_words_and_signs(rule, addresses, an, signed_in):
    html = signed_in(an).get(addresses["rules"]).content.decode()

    assert "Đảng viên mới kết nạp không quá 2 lần số kỳ trước cộng 5" in html
    assert "Là [vế trái], quá [vế phải]." in html


def test_an_indicator_gets_its_help(addresses, manager, admitted, signed_in):
    signed_in(manager).post(addresses["indicator"], {"how_to_count": "Đếm đảng viên có quyết định.", "code": "khac", "unit": "khác", "kind": "money"})

    admitted.refresh_from_db()
    assert (admitted.how_to_count, admitted.code, admitted.unit, admitted.kind) == (
        "Đếm đảng viên có quyết định.",
        "members_admitted",
        "người",
        "count",
    )
    assert LogEntry.objects.get().before == {"how_to_count": "Đếm theo quyết định kết nạp."}


def test_saving_without_a_change_writes_no_log(addresses, manager, admitted, signed_in):
    signed_in(manager).post(addresses["indicator"], {"how_to_count": admitted.how_to_count})

    assert not LogEntry.objects.exists()


def test_a_line_is_added_changed_and_removed(form, addresses, manager, signed_in):
    youth = make_indicator(code="youth", name="Đoàn viên")
    client = signed_in(manager)

    client.post(f"/bao-cao/danh-muc/bieu/{form.pk}/them/", {"indicator": youth.pk, "section": "II. Mới", "order": 5})
    line = ReportFormLine.objects.get(indicator=youth)
    assert (line.form, line.section, line.order, line.is_required) == (form, "II. Mới", 5, False)

    client.post(f"/bao-cao/danh-muc/bieu/dong/{line.pk}/", {"section": "II. Mới", "order": 6, "is_required": "on"})
    line.refresh_from_db()
    assert (line.order, line.is_required) == (6, True)

    client.post(f"/bao-cao/danh-muc/bieu/dong/{line.pk}/bo/")
    assert not ReportFormLine.objects.filter(indicator=youth).exists()
    assert list(LogEntry.objects.order_by("pk").values_list("action", flat=True)) == ["add", "edit", "remove"]


def test_an_indicator_stands_once_in_a_form(form, admitted, manager, signed_in):
    response = signed_in(manager).post(f"/bao-cao/danh-muc/bieu/{form.pk}/them/", {"indicator": admitted.pk, "section": "II", "order": 5})

    assert list(response.context["form"].errors) == ["indicator"]
    assert form.lines.count() == 1


@pytest.mark.parametrize("order", ["", "x", "-1", "99999", "1.5"])
def test_a_bad_order_is_told_at_its_field(addresses, manager, signed_in, order):
    response = signed_in(manager).post(addresses["line"], {"section": "I", "order": order})

    assert list(response.context["form"].errors) == ["order"]


def test_lines_are_removed_by_post_alone(form, manager, an, signed_in):
    line = form.lines.get()

    assert signed_in(manager).get(f"/bao-cao/danh-muc/bieu/dong/{line.pk}/bo/").status_code == 405
    assert signed_in(an).post(f"/bao-cao/danh-muc/bieu/dong/{line.pk}/bo/").status_code == 403
    assert form.lines.count() == 1


def test_the_search_needs_no_marks(addresses, an, signed_in):
    make_indicator(code="income", name="Thu nhập")

    response = signed_in(an).get("/bao-cao/danh-muc/?tim=dang+vien")

    assert [indicator.key for indicator in response.context["indicators"]] == ["members_admitted"]


@pytest.mark.parametrize("count", [1, 3, 50])
@pytest.mark.parametrize(("name", "queries"), [("indicators", 11), ("rules", 13), ("forms", 8)])
def test_lists_cost_as_much_for_fifty_as_for_one(an, signed_in, django_assert_num_queries, name, queries, count):
    for number in range(count):
        indicator = make_indicator(code=f"line-{number}")
        make_form(indicators=[indicator])
        rule = BalanceRule.objects.create(code=f"rule-{number}", operator="=", sentence="{left}")
        RuleTerm.objects.create(rule=rule, side="left", indicator=indicator)
    client = signed_in(an)
    address = {"indicators": "/bao-cao/danh-muc/", "rules": "/bao-cao/danh-muc/quy-tac/", "forms": "/bao-cao/danh-muc/bieu/"}[name]
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)
