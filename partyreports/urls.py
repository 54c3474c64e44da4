"""All addresses, in Vietnamese without marks; each room has its own namespace."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("suc-khoe/", views.health, name="health"),
    path("to-chuc/", include("organizations.urls")),
    path("ky/", include("partyreports.periods.urls")),
    path("mo-hinh/", include("models_registry.urls")),
    path("bao-cao/", include("partyreports.metrics.urls")),
    path("tong-ket/", include("partyreports.summaries.urls")),
    path("tham-luan/", include("partyreports.speeches.urls")),
]
handler404 = "partyreports.views.not_found"
