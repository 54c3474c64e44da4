"""Addresses of registrations of working models."""

from django.urls import path

from . import views

app_name = "models_registry"
urlpatterns = [
    path("", views.list_registrations, name="list"),
    path("moi/", views.add, name="add"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/sua/", views.edit, name="edit"),
    path("<int:pk>/buoc/<slug:name>/", views.step, name="step"),
    path("<int:pk>/lich-su/", views.history, name="history"),
]
