"""Addresses of dialogues, inspections and the year's calendar."""

from django.urls import path

from .views import dialogues, discipline, inspections, norms, subjects, villages
from .views.calendar import calendar

app_name = "activities"
urlpatterns = [
    path("lich/", calendar, name="calendar"),
    # dialogues
    path("doi-thoai/", dialogues.list_dialogues, name="dialogues"),
    path("doi-thoai/them/", dialogues.add_dialogue, name="add_dialogue"),
    path("doi-thoai/<int:pk>/", dialogues.show_dialogue, name="dialogue"),
    path("doi-thoai/<int:pk>/sua/", dialogues.edit_dialogue, name="edit_dialogue"),
    path("doi-thoai/<int:pk>/rut/", dialogues.withdraw_dialogue, name="withdraw_dialogue"),
    path("kien-nghi/<int:pk>/", dialogues.follow_up, name="petition"),
    # norms and what they plan
    path("dinh-muc/", norms.list_norms, name="norms"),
    path("dinh-muc/them/", norms.add_norm, name="add_norm"),
    path("dinh-muc/<int:pk>/", norms.show_norm, name="norm"),
    path("dinh-muc/<int:pk>/sua/", norms.edit_norm, name="edit_norm"),
    path("dinh-muc/<int:pk>/lap-lich/", norms.plan_norm, name="plan_norm"),
    path("lich-doi-thoai/<int:pk>/", norms.settle_plan, name="plan"),
    # villages
    path("thon/", villages.list_villages, name="villages"),
    path("thon/them/", villages.add_villages, name="add_villages"),
    path("thon/<int:pk>/sua/", villages.edit_village, name="edit_village"),
    # subjects that people raise
    path("noi-dung/", subjects.list_subjects, name="subjects"),
    path("noi-dung/them/", subjects.edit_subject, name="add_subject"),
    path("noi-dung/<int:pk>/", subjects.edit_subject, name="subject"),
    # inspections, the year's programme, discipline
    path("kiem-tra/", inspections.list_inspections, name="inspections"),
    path("kiem-tra/them/", inspections.add_inspection, name="add_inspection"),
    path("kiem-tra/<int:pk>/", inspections.show_inspection, name="inspection"),
    path("kiem-tra/<int:pk>/sua/", inspections.edit_inspection, name="edit_inspection"),
    path("kiem-tra/<int:pk>/rut/", inspections.withdraw_inspection, name="withdraw_inspection"),
    path("chuong-trinh/", inspections.list_programmes, name="programmes"),
    path("chuong-trinh/<int:pk>/", inspections.show_programme, name="programme"),
    path("ky-luat/", discipline.list_disciplines, name="disciplines"),
    path("ky-luat/them/", discipline.add_discipline, name="add_discipline"),
    path("ky-luat/<int:pk>/", discipline.show_discipline, name="discipline"),
    path("ky-luat/<int:pk>/sua/", discipline.edit_discipline, name="edit_discipline"),
    path("ky-luat/<int:pk>/rut/", discipline.withdraw_discipline, name="withdraw_discipline"),
]
