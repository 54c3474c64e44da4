"""What a page is posted: the fields of its own form as a browser would send them, what is missing filled in."""

from urllib.parse import urlsplit

import lxml.html

from tests.exchanging import sheet_of

from .matrix import ROLES, Target, acts, states_of


class Workbook:
    """A file to upload, as often as it is asked for."""

    name, content_type = "thu.xlsx", "application/octet-stream"

    def __init__(self, content):
        self.content = content

    def read(self):
        return self.content


# What a user types into a field, by its name, where the form leaves it empty.
TYPED = {
    "note": "Đã xem kỹ.",
    "name": "Tên mới",
    "code": "ma-moi",
    "username": "tai-khoan-moi",
    "full_name": "Trần Văn Mới",
    "on": "01/02/2024",
    "basis": "Quyết định số 5-QĐ/HU",
    "kind": "Kế hoạch",
    "number": "12",
    "birth_year": "1985",
    "admitted_on": "19/5/2010",
    "official_on": "19/5/2011",
    "year": "2026",
    "section": "II. Mục khác",
    "title": "Tên mô hình mới",
}
OTHER = {"a1": "a2", "a2": "a1"}  # the commune beside it, which the clerk reaches as well
# What he types on one page, over what stands there.
TYPED_ON = {
    "organizations:choose_branch": lambda world, target: {"branch": world.of("organization", "a1").pk},
    "organizations:found": lambda world, target: {"parent": world.of("organization", "a1").pk, "name": "Chi bộ thôn Mới"},
    "organizations:correct": lambda world, target: {"name": "Đảng ủy xã Gõ Lại", "reason": "gõ sai"},
    "organizations:change": lambda world, target: {"name": "Đảng ủy xã Tên Mới"},
    "organizations:kind": lambda world, target: {"name": "Loại hình tên mới"},
    "organizations:add_member": lambda world, target: {"organization": world.of("organization", "a1").pk},
    "organizations:edit_member": lambda world, target: {"full_name": "Nguyễn Văn Sửa", "party_post": "Chi ủy viên"},
    "organizations:transfer_member": lambda world, target: {"to": world.of("organization", OTHER.get(target.commune, "a1")).pk},
    "organizations:merge": lambda world, target: {"to": world.of("organization", OTHER.get(target.commune, "a1")).pk},
    "organizations:leave": lambda world, target: {"departure": "died"},
    "organizations:come_back": lambda world, target: {"organization": world.of("organization", target.commune or "a1").pk},
    "organizations:stay_elsewhere": lambda world, target: {"place": "Đảng bộ phường 9"},
    "organizations:correct_stay": lambda world, target: {"since": "20/5/2015"},
    "organizations:take_back": lambda world, target: {"reason": "Ghi nhầm người"},
    "organizations:rate": lambda world, target: {f"member-{world.of('member', target.commune or 'a1').pk}": "good"},
    "organizations:rating_cap": lambda world, target: {"rate": "25", "source": "366-QĐ/TW, 30/8/2025"},
    "organizations:add_candidate": lambda world, target: {
        "organization": world.of("organization", "a1").pk,
        "born_on": "19/5/2000",
        "listed_on": "05/01/2024",
    },
    "organizations:edit_candidate": lambda world, target: {"full_name": "Lê Thị Sửa", "introduced_by": "Đoàn Thanh niên xã"},
    "organizations:take_stage": lambda world, target: {"taken_on": "20/3/2024"},
    "organizations:correct_stage": lambda world, target: {"taken_on": "21/01/2024", "number": "5-CV/ĐU"},
    "organizations:exit_candidate": lambda world, target: {"reason": "withdrawn"},
    "organizations:add_admission_rule": lambda world, target: {"value": "20", "source": "Quy định mới", "valid_from": "01/8/2026"},
    "organizations:edit_admission_rule": lambda world, target: {"value": "25"},
    "organizations:add_reference": lambda world, target: {"organization": world.of("organization", "a1").pk, "symbol": "KH/ĐU"},
    "activities:add_inspection": lambda world, target: {"organization": world.of("organization", "a1").pk, "started_on": "05/02/2024"},
    "activities:edit_inspection": lambda world, target: {"subject": "Nội dung mới"},
    "activities:withdraw_inspection": lambda world, target: {"reason": "Ghi trùng"},
    "activities:programme": lambda world, target: {"programme-committee": "2"},
    "activities:add_discipline": lambda world, target: {"organization": world.of("organization", "a1").pk, "decided_on": "05/02/2024", "count": "1"},
    "activities:edit_discipline": lambda world, target: {"count": "2"},
    "activities:withdraw_discipline": lambda world, target: {"reason": "Ghi trùng"},
    "organizations:edit_reference": lambda world, target: {"subject": "Trích yếu mới"},
    "organizations:add_account": lambda world, target: {"organization": world.of("organization", "a1").pk, "rights": "read"},
    "organizations:edit_account": lambda world, target: {"post": "Văn phòng"},
    "organizations:give_rights": lambda world, target: {"organization": world.of("organization", "a1").pk, "rights": "read"},
    "activities:add_dialogue": lambda world, target: {
        **{"organization": world.of("organization", "a1").pk, "held_on": "26/04/2024", "chair_post": "Bí thư Đảng ủy xã"},
        **{"people": "20", "opinions": "2", **{f"kien-nghi-{n}-count": "1" for n in range(3)}},
    },
    "activities:edit_dialogue": lambda world, target: {"opinions": "3", **{f"kien-nghi-{n}-count": "1" for n in range(1, 4)}},
    "activities:withdraw_dialogue": lambda world, target: {"reason": "Ghi trùng"},
    "activities:petition": lambda world, target: {"state": "solved"},
    "activities:add_norm": lambda world, target: {"organization": world.of("organization", "a1").pk, "valid_from": "01/01/2024", "basis": ""},
    "activities:edit_norm": lambda world, target: {"valid_to": "31/12/2030", "basis": ""},
    "activities:plan": lambda world, target: {"note": "Trùng dịp Tết"},
    "activities:subject": lambda world, target: {"name": "Giao thông nông thôn"},
    "activities:add_subject": lambda world, target: {"name": "Nước sạch"},
    "activities:add_villages": lambda world, target: {"organization": world.of("organization", "a1").pk, "names": "Thôn Mới"},
    "activities:edit_village": lambda world, target: {"name": "Thôn Khác"},
    "periods:edit": lambda world, target: {"deadline": "11/12/2024"},
    "models_registry:stage": lambda world, target: {"state": "stopped", "on": "01/06/2024"},
    "models_registry:withdraw_stage": lambda world, target: {"reason": "Ghi nhầm năm"},
    "models_registry:add_result": lambda world, target: {
        "label": "Số buổi gặp dân",
        "before_period": world.of("period", "").previous_id,
        "after_period": world.of("period", "").pk,
    },
    "models_registry:edit_result": lambda world, target: {"label": "Số buổi gặp dân"},
    "models_registry:add_link": lambda world, target: {
        "earlier": world.of("registration", target.commune, "submitted" if target.state == "draft" else "draft").pk
    },
    "models_registry:add": lambda world, target: {"basis": ""},  # a document of the register, not words
    "models_registry:edit": lambda world, target: {"title": "Tên mô hình khác hẳn", "basis": ""},
    "metrics:edit": lambda world, target: {"cell-members_total": "12", "reason-members_total": "Còn người chưa ghi sổ"},
    "metrics:targets": lambda world, target: {"cell-members_total": "9"},
    "metrics:indicator": lambda world, target: {"rule": "Đếm một lần mỗi chi bộ."},
    "metrics:rule": lambda world, target: {"sentence": "{left} nhỏ hơn {right}."},
    "metrics:line": lambda world, target: {"section": "II. Mục khác"},
    "speeches:details": lambda world, target: {"title": "Trích yếu mới"},
    "speeches:edit": lambda world, target: {"text": "Kính thưa Hội nghị!\n\nĐoạn mới."},
    "speeches:template": lambda world, target: {"name": "Mẫu tên mới"},
}
# What is posted to addresses that have no page of their own, by a button elsewhere.
PRESSED = {
    "organizations:badges": lambda world, target: {"number": "512-QĐ/TU", "members": "0-30"},  # nobody is on the list of this round
    "sessions": lambda world, target: {},
    "stay": lambda world, target: {},
    "change_password": lambda world, target: {"old_password": "sai", "new_password1": "x", "new_password2": "y"},
    "periods:choose": lambda world, target: {"period": "2024", "next": "/"},
    "organizations:show_marks": lambda world, target: {"purpose": "report"},
    "organizations:write_marks": lambda world, target: {"is_ethnic_minority": "on", "is_religious": "on"},
    "organizations:show_candidate_marks": lambda world, target: {"purpose": "report"},
    "organizations:write_candidate_marks": lambda world, target: {"is_ethnic_minority": "on", "is_religious": "on"},
    "organizations:take_back_stage": lambda world, target: {},
    "organizations:resume_candidate": lambda world, target: {},
    "organizations:switch_account": lambda world, target: {},
    "organizations:new_password": lambda world, target: {},
    "models_registry:open_next_year": lambda world, target: {},
    "models_registry:remove_result": lambda world, target: {},
    "models_registry:remove_link": lambda world, target: {},
    "organizations:exchange_upload": lambda world, target: {"tep": Workbook(sheet_of(target.parts[0], by=world.accounts["clerk"], lines=[{}]))},
    "organizations:export_people": lambda world, target: {"purpose": "Rà soát"},  # the walk does not know the password
    "organizations:confirm_import": lambda world, target: {},
    "organizations:drop_import": lambda world, target: {},
    "activities:plan_norm": lambda world, target: {},
    "metrics:body": lambda world, target: {},
    "metrics:remove_line": lambda world, target: {},
    "speeches:preview": lambda world, target: {"text": "Kính thưa Hội nghị!", "format": "lines", "version": "1"},
    "speeches:take_over": lambda world, target: {"version": "1"},
    "speeches:correct_titles": lambda world, target: {"version": "1"},
    "speeches:add_template": lambda world, target: {"mau": world.of("template", "").pk},
    "speeches:switch_template": lambda world, target: {"version": "1"},
}


class Bodies:
    """What is posted to each target: as whoever may act there would send it. Others are refused with the same."""

    def __init__(self, asker, address_of):
        self.asker, self.address_of, self.known = asker, address_of, {}

    def of(self, target):
        key = (target.page, target.commune, target.state, target.parts)
        if key not in self.known:
            self.known[key] = self._made(target)
        return self.known[key]

    def _made(self, target):
        world = self.asker.world
        if target.facts.get("steps"):
            return {"note": "Đã xem kỹ, ghi rõ lý do.", "seen_version": "1"}
        if target.page in PRESSED:
            return PRESSED[target.page](world, target)
        actor = next((role for role in ROLES if acts(target, role)), None)
        if actor is None:
            # Nobody acts on it here or now: what would be posted where somebody does.
            elsewhere = next(
                (other for other in _others(target) if any(acts(other, role) for role in ROLES)),
                None,
            )
            return self.of(elsewhere) if elsewhere else {}
        return self._typed(target, actor)

    def _typed(self, target, actor):
        url = self.address_of(target)
        form = own_form(self.asker.ask(actor, "GET", url), url)
        typed = TYPED_ON.get(target.page, lambda world, target: {})(self.asker.world, target)
        values = filled(values_of(form), form, {name: str(value) for name, value in typed.items()})
        return self.confirmed(actor, url, values)

    def confirmed(self, actor, url, values):
        """`values` as they act: a page may tell what will happen and act when the same is sent once more; picking a body rewrites its name."""
        for _ in range(2):
            answer = self.asker.ask(actor, "POST", url, values)
            if answer.status == 200 and b'name="confirmed"' in answer.content:
                values = {**values, **values_of(own_form(answer, url))}
        return values


def _others(target):
    communes = ("a1", "b1") if target.commune else ("",)
    return [Target(target.page, commune, state, target.parts) for commune in communes for state in states_of(target.page)]


def own_form(answer, url):
    """The form of a page that is posted to the page itself."""
    path = urlsplit(url).path
    found = [form for form in answer.forms() if urlsplit(form.action or path).path == path]
    assert found, f"no form that is posted to {path}"
    return found[0]


def values_of(form):
    """The fields of a form as a browser sends them: dict of lists."""
    values = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value.removeprefix("\n"))  # as a browser reads the first line of a box
    return values


def filled(values, form, typed):
    """`values` with what is typed, and something in each empty field that has to be filled."""
    for field in form.inputs:
        name, is_empty = field.name, not any(values.get(field.name, []))
        if not name or name == "csrfmiddlewaretoken":
            continue
        if name in typed:
            values[name] = [typed[name]]
        elif isinstance(field, lxml.html.SelectElement):
            choices = [value for value in field.value_options if value]
            if is_empty and choices:
                values[name] = [choices[0]]
        elif is_empty and name in TYPED and field.get("type", "text") == "text":
            values[name] = [TYPED[name]]
    return values
