"""Addresses of organisations, registers, accounts and the log."""

from django.urls import path

from .views import accounts, branch, changes, exchange, kinds, log, members, references, tree

app_name = "organizations"
urlpatterns = [
    path("", tree.browse, name="tree"),
    path("tim/", tree.search, name="search"),
    path("pham-vi/", branch.choose, name="choose_branch"),
    path("moi/", changes.found, name="found"),
    path("<int:pk>/", tree.show, name="show"),
    path("<int:pk>/truc-thuoc/", tree.branch, name="branch"),
    path("<int:pk>/thay-doi/", changes.change, name="change"),
    path("<int:pk>/ket-thuc/", changes.end, name="end"),
    path("loai-hinh/", kinds.list_kinds, name="kinds"),
    path("loai-hinh/moi/", kinds.edit_kind, name="add_kind"),
    path("loai-hinh/<int:pk>/", kinds.edit_kind, name="kind"),
    path("so-theo-doi/", members.registers, name="registers"),
    path("dang-vien/", members.list_members, name="members"),
    path("dang-vien/moi/", members.add_member, name="add_member"),
    path("dang-vien/<int:pk>/", members.show_member, name="member"),
    path("dang-vien/<int:pk>/sua/", members.edit_member, name="edit_member"),
    path("dang-vien/<int:pk>/thong-tin-che/", members.show_marks, name="show_marks"),
    path("dang-vien/<int:pk>/ghi-thong-tin-che/", members.write_marks, name="write_marks"),
    path("van-ban/", references.list_references, name="references"),
    path("van-ban/moi/", references.add_reference, name="add_reference"),
    path("van-ban/<int:pk>/", references.show_reference, name="reference"),
    path("van-ban/<int:pk>/sua/", references.edit_reference, name="edit_reference"),
    path("excel/lan-nhap/<int:pk>/", exchange.show_import, name="import"),
    path("excel/lan-nhap/<int:pk>/ghi/", exchange.confirm_import, name="confirm_import"),
    path("excel/lan-nhap/<int:pk>/bo/", exchange.drop_import, name="drop_import"),
    path("excel/<slug:register>/", exchange.show_exchange, name="exchange"),
    path("excel/<slug:register>/mau/", exchange.download_template, name="exchange_template"),
    path("excel/<slug:register>/xuat/", exchange.export, name="exchange_export"),
    path("excel/<slug:register>/nhap/", exchange.upload, name="exchange_upload"),
    path("tai-khoan/", accounts.list_accounts, name="accounts"),
    path("tai-khoan/moi/", accounts.add_account, name="add_account"),
    path("tai-khoan/cua-toi/", accounts.own_account, name="own_account"),
    path("tai-khoan/<int:pk>/", accounts.show_account, name="account"),
    path("tai-khoan/<int:pk>/sua/", accounts.edit_account, name="edit_account"),
    path("tai-khoan/<int:pk>/su-dung/", accounts.switch_account, name="switch_account"),
    path("tai-khoan/<int:pk>/mat-khau/", accounts.new_password, name="new_password"),
    path("tai-khoan/<int:pk>/quyen/", accounts.give_rights, name="give_rights"),
    path("tai-khoan/<int:pk>/quyen/<int:assignment>/", accounts.end_assignment, name="end_assignment"),
    path("nhat-ky/", log.read_log, name="log"),
]
