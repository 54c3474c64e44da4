"""Addresses of yearly reports, targets and the catalogue."""

from django.urls import path

from .views import catalogue, events, figures, reports, targets

app_name = "metrics"
urlpatterns = [
    path("", reports.list_reports, name="list"),
    path("<int:pk>/", reports.show_report, name="show"),
    path("<int:pk>/nhap/", figures.edit, name="edit"),
    path("<int:pk>/buoc/<slug:name>/", reports.step, name="step"),
    path("<int:pk>/lich-su/", reports.history, name="history"),
    path("<int:pk>/lich-su/<str:key>/", reports.cell, name="cell"),
    path("<int:pk>/so/<str:key>/", events.events, name="events"),
    path("<int:pk>/so-sanh/", reports.compare, name="compare"),
    path("ky/<str:code>/<int:organization>/", reports.body, name="body"),
    path("ky/<str:code>/<int:organization>/so/<str:key>/", events.of_body, name="events_of_body"),
    path("ky/<str:code>/<int:organization>/chi-tieu-giao/", targets.targets, name="targets"),
    path("danh-muc/", catalogue.indicators, name="catalogue"),
    path("danh-muc/chi-tieu/<int:pk>/", catalogue.indicator, name="indicator"),
    path("danh-muc/quy-tac/", catalogue.rules, name="rules"),
    path("danh-muc/quy-tac/<int:pk>/", catalogue.rule, name="rule"),
    path("danh-muc/bieu/", catalogue.forms, name="forms"),
    path("danh-muc/bieu/<int:pk>/", catalogue.form, name="form"),
    path("danh-muc/bieu/<int:pk>/them/", catalogue.add_line, name="add_line"),
    path("danh-muc/bieu/dong/<int:pk>/", catalogue.line, name="line"),
    path("danh-muc/bieu/dong/<int:pk>/bo/", catalogue.remove_line, name="remove_line"),
]
