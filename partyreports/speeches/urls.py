"""Addresses of speeches and of their templates."""

from django.urls import path

from .views import drafting, pages, templates

app_name = "speeches"
urlpatterns = [
    path("", pages.list_speeches, name="list"),
    path("soan/", drafting.compose_speech, name="compose"),
    path("mau/", templates.list_templates, name="templates"),
    path("mau/sao/", templates.add_template, name="add_template"),
    path("mau/<int:pk>/", templates.edit_template, name="template"),
    path("mau/<int:pk>/dung/", templates.switch_template, name="switch_template"),
    path("<int:pk>/", pages.show_speech, name="show"),
    path("<int:pk>/sua/", drafting.edit_speech, name="edit"),
    path("<int:pk>/xem-truoc/", drafting.preview_speech, name="preview"),
    path("<int:pk>/thong-tin/", drafting.edit_details, name="details"),
    path("<int:pk>/cap-nhat-so/", drafting.take_over, name="take_over"),
    path("<int:pk>/ten-mo-hinh/", drafting.correct_titles, name="correct_titles"),
    path("<int:pk>/van-ban/", drafting.find_citations, name="citations"),
    path("<int:pk>/nhat-ky/", pages.show_history, name="history"),
    path("<int:pk>/pdf/", pages.pdf, name="pdf"),
    path("<int:pk>/docx/", pages.docx, name="docx"),
    path("<int:pk>/buoc/<slug:name>/", pages.step, name="step"),
]
