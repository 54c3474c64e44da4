"""Error pages in Vietnamese, with DEBUG on as well as off, and without the database."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.urls import path

from partyreports import urls
from partyreports.errors import server_error


def breaks(exception):
    def view(request):
        raise exception

    return view


class Broken:
    """The portal's addresses and a few that fail."""

    handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
    urlpatterns = [
        *urls.urlpatterns,
        path("hong/400/", breaks(BadRequest("x"))),
        path("hong/nghi-ngo/", breaks(SuspiciousOperation("x"))),
        path("hong/403/", breaks(PermissionDenied)),
        path("hong/403-ly-do/", breaks(PermissionDenied("Năm 2023 đã đóng."))),
        path("hong/404/", breaks(Http404("x"))),
        path("hong/500/", breaks(RuntimeError("chi tiết nội bộ"))),
    ]


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/hong/400/", 400, "Yêu cầu không đọc được"),
        ("/hong/nghi-ngo/", 400, "Yêu cầu không đọc được"),
        ("/hong/403/", 403, "Không có quyền thực hiện"),
        ("/hong/403-ly-do/", 403, "Năm 2023 đã đóng."),
        ("/hong/404/", 404, "Không tìm thấy trang"),
        ("/khong-co-dia-chi-nay/", 404, "Không tìm thấy trang"),
        ("/hong/500/", 500, "Cổng gặp lỗi"),
    ],
)
def test_every_error_speaks_vietnamese(signed_in, an, settings, debug, address, status, heading):
    settings.ROOT_URLCONF = Broken
    settings.DEBUG = debug
    client = signed_in(an)
    client.raise_request_exception = False

    answer = client.get(address)

    assert answer.status_code == status
    page = answer.content.decode()
    assert heading in page
    assert "chi tiết nội bộ" not in page
    assert "Traceback" not in page


def test_a_visitor_gets_the_page_for_an_unknown_address_too(client, db):
    answer = client.get("/khong-co-dia-chi-nay/")

    assert answer.status_code == 404
    assert "Không tìm thấy trang" in answer.content.decode()


def test_the_page_of_a_server_error_asks_the_database_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0, connection=connection):
        answer = server_error(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert "Cổng gặp lỗi" in answer.content.decode()


def test_too_many_fields_are_told_of_in_vietnamese(signed_in, an, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3

    answer = signed_in(an).post("/ky/chon/", {"a": 1, "b": 2, "c": 3, "d": 4})

    assert answer.status_code == 400
    assert "biểu mẫu quá lớn" in answer.content.decode()
