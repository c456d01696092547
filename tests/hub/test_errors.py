"""Pages for what went wrong: a sentence, what to do next, nothing of the inside."""

import errno
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from hub import urls as site
from hub.views import errors


def fail_with(error: Exception) -> Any:
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


urlpatterns = [
    path("denied/", fail_with(PermissionDenied("secret words"))),
    path("bad/", fail_with(SuspiciousOperation("secret words"))),
    path("long/", fail_with(RequestDataTooBig("secret words"))),
    path("broken/", fail_with(ValueError("secret words"))),
    path("locked/", fail_with(OperationalError("secret words"))),
    path("full/", fail_with(OSError(errno.ENOSPC, "secret words"))),
    path("gone/", fail_with(OSError(errno.ENOENT, "secret words"))),
    *site.urlpatterns,
]
handler400 = "hub.views.errors.bad_request"
handler403 = "hub.views.errors.denied"
handler404 = "hub.views.errors.missing"
handler500 = "hub.views.errors.broken"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("bad", 400),
        ("long", 413),
        ("denied", 403),
        ("nowhere", 404),
        ("broken", 500),
        ("gone", 500),
        ("locked", 503),
        ("full", 503),
    ],
)
@override_settings(ROOT_URLCONF="tests.hub.test_errors")
def test_each_error_has_its_page(address: str, status: int) -> None:
    response = Client(raise_request_exception=False).get(f"/{address}/")
    html = response.content.decode()
    assert response.status_code == status
    assert "<h1" in html and 'href="/' in html
    assert "secret" not in html and "Traceback" not in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    "form",
    [
        {"words": "x" * 3_000_000},
        {f"field{number}": "x" for number in range(2001)},
        {f"file{number}": SimpleUploadedFile("a.txt", b"a") for number in range(101)},
    ],
    ids=["letters", "fields", "files"],
)
def test_what_is_too_long_says_so(form: dict[str, Any]) -> None:
    response = Client(raise_request_exception=False).post("/display/", form)
    html = response.content.decode()
    assert response.status_code == 413
    assert "<h1>This is too long for us</h1>" in html
    assert (
        "<p>Nothing was saved. Go back: what you wrote is still there. Make it shorter, then send"
        " it again.</p>"
    ) in html


@override_settings(ROOT_URLCONF="tests.hub.test_errors")
def test_busy_keeps_what_was_typed_and_needs_no_database() -> None:
    client = Client(raise_request_exception=False)
    typed = {"words": '<b>"mine"</b>', "choice": ["one", "two"]}
    response = client.post("/locked/?next=/me/", typed)
    html = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert "no-store" in response["Cache-Control"]
    assert '<form method="post" action="/locked/?next=/me/">' in html
    assert 'name="words" value="&lt;b&gt;&quot;mine&quot;&lt;/b&gt;"' in html
    assert html.count('name="choice"') == 2
    assert "choose it again" not in html
    asked = client.get("/locked/?page=2").content.decode()
    assert '<a href="/locked/?page=2">' in asked
    assert "<form" not in asked


@override_settings(ROOT_URLCONF="tests.hub.test_errors")
def test_busy_says_that_a_file_must_be_chosen_again() -> None:
    client = Client(raise_request_exception=False)
    sent = {"photo": SimpleUploadedFile("a.jpg", b"abc"), "words": "mine"}
    html = client.post("/full/", sent).content.decode()
    assert "choose it again" in html
    assert 'name="words" value="mine"' in html


def test_broken_needs_no_database() -> None:
    request = RequestFactory().get("/")
    response = errors.broken(request)
    assert response.status_code == 500
    assert "<h1" in response.content.decode()


@pytest.mark.django_db
def test_a_form_from_elsewhere_may_be_sent_once_more() -> None:
    client = Client(enforce_csrf_checks=True)
    form = {"choice": "dark", "next": '"><script>alert(1)</script>'}
    refused = client.post("/display/", form, headers={"origin": "https://evil.example"})
    html = refused.content.decode()
    assert refused.status_code == 403
    assert "no-store" in refused["Cache-Control"]
    assert 'name="choice" value="dark"' in html
    assert "<script>alert" not in html
    token = html.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    again = client.post("/display/", {**form, "csrfmiddlewaretoken": token})
    assert again.status_code == 303
