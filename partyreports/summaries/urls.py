"""Addresses of summaries: ?nhanh= says which branch, ?ky= which period."""

from django.urls import path

from . import views

app_name = "summaries"
urlpatterns = [
    path("", views.show_summary, name="show"),
    path("chi-tieu/<str:key>/", views.show_bodies, name="bodies"),
    path("excel/", views.download_summary, name="excel"),
]
