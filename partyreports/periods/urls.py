"""Addresses of the periods."""

from django.urls import path

from . import views

app_name = "periods"
urlpatterns = [
    path("", views.list_periods, name="list"),
    path("chon/", views.choose, name="choose"),
    path("them/", views.add, name="add"),
    path("<int:pk>/sua/", views.edit, name="edit"),
    path("<int:pk>/mo-dong/", views.open_or_close, name="open_or_close"),
]
