from django.urls import path

from .views import changes, kinds, tree

app_name = "organizations"
urlpatterns = [
    path("", tree.browse, name="tree"),
    path("tim/", tree.search, name="search"),
    path("moi/", changes.found, name="found"),
    path("<int:pk>/", tree.show, name="show"),
    path("<int:pk>/truc-thuoc/", tree.branch, name="branch"),
    path("<int:pk>/thay-doi/", changes.change, name="change"),
    path("<int:pk>/ket-thuc/", changes.end, name="end"),
    path("loai-hinh/", kinds.list_kinds, name="kinds"),
    path("loai-hinh/moi/", kinds.edit_kind, name="add_kind"),
    path("loai-hinh/<int:pk>/", kinds.edit_kind, name="kind"),
]
