"""All addresses, in Vietnamese without marks; each room has its own namespace."""

from django.urls import include, path

from . import session_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("tim-kiem/", views.search, name="search"),
    path("tro-giup/", views.help_index, name="help_index"),
    path("tro-giup/<slug:slug>/", views.help_page, name="help"),
    path("dang-nhap/", session_views.sign_in, name="sign_in"),
    path("dang-nhap/lai/", session_views.sign_in_again, name="sign_in_again"),
    path("dang-xuat/", session_views.sign_out, name="sign_out"),
    path("doi-mat-khau/", session_views.change_password, name="change_password"),
    path("phien/", session_views.sessions, name="sessions"),
    path("phien/tiep-tuc/", session_views.stay, name="stay"),
    path("suc-khoe/", views.health, name="health"),
    path("to-chuc/", include("organizations.urls")),
    path("ky/", include("partyreports.periods.urls")),
    path("mo-hinh/", include("models_registry.urls")),
    path("hoat-dong/", include("partyreports.activities.urls")),
    path("bao-cao/", include("partyreports.metrics.urls")),
    path("tong-ket/", include("partyreports.summaries.urls")),
    path("tham-luan/", include("partyreports.speeches.urls")),
]
handler400 = "partyreports.errors.bad_request"
handler403 = "partyreports.errors.forbidden"
handler404 = "partyreports.errors.not_found"
handler500 = "partyreports.errors.server_error"
