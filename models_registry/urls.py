"""Addresses of registrations of working models."""

from django.urls import path

from .views import papers, registrations, results, years

app_name = "models_registry"
urlpatterns = [
    path("", registrations.list_registrations, name="list"),
    path("moi/", registrations.add, name="add"),
    path("ten-gan-giong/", registrations.similar, name="similar"),
    path("tim/", registrations.search, name="search"),
    path("danh-muc/pdf/", papers.list_pdf, name="list_pdf"),
    path("danh-muc/docx/", papers.list_docx, name="list_docx"),
    path("<int:pk>/", registrations.show, name="show"),
    path("<int:pk>/sua/", registrations.edit, name="edit"),
    path("<int:pk>/buoc/<slug:name>/", registrations.step, name="step"),
    path("<int:pk>/lich-su/", registrations.history, name="history"),
    path("<int:pk>/pdf/", papers.pdf, name="pdf"),
    path("<int:pk>/docx/", papers.docx, name="docx"),
    path("<int:pk>/tinh-trang/<slug:year>/", years.write_stage, name="stage"),
    path("<int:pk>/nam-sau/", years.open_next_year, name="open_next_year"),
    path("<int:pk>/ket-qua/", results.add_result, name="add_result"),
    path("<int:pk>/lien-ket/", results.add_link, name="add_link"),
    path("tinh-trang/<int:pk>/rut/", years.withdraw_stage, name="withdraw_stage"),
    path("ket-qua/<int:pk>/", results.edit_result, name="edit_result"),
    path("ket-qua/<int:pk>/bo/", results.remove_result, name="remove_result"),
    path("lien-ket/<int:pk>/bo/", results.remove_link, name="remove_link"),
]
