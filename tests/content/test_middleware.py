"""Whole pages from the cache, and forms accepted by where they come from."""

import gzip

import brotli
import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from content import packed, version
from content.middleware import OriginCsrfMiddleware, PageCacheMiddleware, accepts
from content.sharing import share

ABOUT = "/hubs/riverside/about/"


def get(client, path=ABOUT, **headers):
    return client.get(path, **headers)


def test_second_visit_costs_no_sql(client, tree, django_assert_num_queries):
    first = get(client)
    with django_assert_num_queries(0):
        second = get(client)
    assert first.status_code == second.status_code == 200
    assert first.content == second.content
    assert "Come in, we have tea." in second.content.decode()
    assert second["Cache-Control"] == "no-cache"
    assert second["Vary"] == "Cookie, Accept-Encoding"
    assert second["Content-Length"] == str(len(second.content))
    assert not second.cookies


def test_page_is_packed_once_and_unpacked_for_who_asks(client, tree):
    plain = get(client)
    packed = get(client, headers={"accept-encoding": "gzip, deflate, br"})
    older = get(client, headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "br"
    assert older["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert brotli.decompress(packed.content) == gzip.decompress(older.content) == plain.content
    assert packed["ETag"] == plain["ETag"]


def test_known_page_is_304(client, tree):
    etag = get(client)["ETag"]
    again = get(client, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == etag


def test_head_has_length_but_no_body(client, tree):
    length = get(client)["Content-Length"]
    head = client.head(ABOUT)
    assert (head.content, head["Content-Length"]) == (b"", length)


def test_publish_shows_at_once(client, tree, django_capture_on_commit_callbacks):
    get(client)
    tree.about.title = "All about us"
    with django_capture_on_commit_callbacks(execute=True):
        tree.about.save_revision().publish()
    assert "All about us" in get(client).content.decode()


def test_draft_does_not_empty_the_cache(
    client, tree, django_assert_num_queries, django_capture_on_commit_callbacks
):
    get(client)
    tree.about.title = "Secret plan"
    with django_capture_on_commit_callbacks(execute=True):
        tree.about.save_revision()
    with django_assert_num_queries(0):
        assert "Secret plan" not in get(client).content.decode()


def test_each_display_has_its_own_page(client, tree):
    system = get(client)["ETag"]
    client.cookies["display"] = "dark"
    dark = get(client)["ETag"]
    with CaptureQueriesContext(connection) as kept:
        again = get(client)["ETag"]
    client.cookies["display"] = "purple"
    unknown = get(client)["ETag"]
    assert (dark != system, again == dark, len(kept), unknown == system) == (True, True, 0, True)


def test_a_kept_page_has_the_style_of_today(client, tree, monkeypatch):
    old, names = packed.address("css"), {**packed.manifest(), "css": "weft.0000000000.css"}
    assert old in get(client).content.decode()
    monkeypatch.setattr(packed, "manifest", lambda: names)
    page = get(client).content.decode()
    assert (old in page, packed.address("css") in page) == (False, True)


def test_two_people_one_address(tree):
    visitor, member = Client(), Client()
    member.force_login(tree.editor)
    shared = visitor.get(ABOUT)
    own = member.get(ABOUT)
    again = visitor.get(ABOUT)
    assert own["Cache-Control"] == "private, no-cache"
    assert "ETag" not in own
    assert shared.content == again.content


@pytest.mark.parametrize("path", [ABOUT + "?x=1", "/hubs/nowhere/"])
def test_queries_and_missing_pages_are_not_kept(client, tree, path):
    for _time in range(2):
        response = get(client, path)
        assert response["Cache-Control"] == "private, no-cache"
        assert "ETag" not in response


@pytest.mark.parametrize(
    ("name", "value"), [("messages", "x"), (settings.SESSION_COOKIE_NAME, "expired")]
)
def test_a_cookie_of_a_person_goes_past_the_cache(client, tree, name, value):
    get(client)
    client.cookies[name] = value
    assert get(client)["Cache-Control"] == "private, no-cache"


def test_an_answer_with_a_cookie_is_never_kept(tree):
    def view(request):
        response = share(HttpResponse("hello"))
        response.set_cookie("who", "me")
        return response

    page = PageCacheMiddleware(view)
    request = RequestFactory().get("/x/")
    assert page(request)["Cache-Control"] == "private, no-cache"
    assert version.get(f"page:{version.current()}") is None


def test_first_view_of_a_hub_after_a_change(client, tree):
    version.bump()
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/hubs/riverside/")
    assert response.status_code == 200
    assert len(queries) <= 20, [query["sql"] for query in queries]


@pytest.mark.parametrize(
    ("offer", "coding", "expected"),
    [
        ("gzip, br", "br", True),
        ("gzip;q=1.0, br;q=0", "br", False),
        ("gzip;q=0.0", "gzip", False),
        ("gzip; q=0.5", "gzip", True),
        ("", "gzip", False),
        ("brotli", "br", False),
    ],
)
def test_accepts(offer, coding, expected):
    request = RequestFactory().get("/", headers={"accept-encoding": offer})
    assert accepts(request, coding) is expected


ORIGINS = [
    ({"origin": "http://testserver"}, True),
    ({"origin": "http://evil.example"}, False),
    ({"origin": "null"}, False),
    ({"origin": "https://testserver"}, False),
    ({"origin": "http://testserver", "sec-fetch-site": "cross-site"}, True),
    ({"sec-fetch-site": "same-origin"}, True),
    ({"sec-fetch-site": "same-site"}, False),
    ({"sec-fetch-site": "cross-site"}, False),
    ({"sec-fetch-site": "none"}, False),
    ({"referer": "http://testserver/hubs/"}, True),
    ({"referer": "http://testserver.evil.example/"}, False),
    ({"referer": "https://testserver/"}, False),
    ({"referer": "http://[broken"}, False),
    ({}, False),
]


def check(request):
    middleware = OriginCsrfMiddleware(lambda request: HttpResponse("done"))
    middleware.process_request(request)
    return middleware.process_view(request, lambda request: HttpResponse("done"), (), {}) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("headers", "expected"), ORIGINS)
def test_form_without_a_session(headers, expected):
    assert check(RequestFactory().post("/x/", headers=headers)) is expected


@pytest.mark.django_db
@pytest.mark.parametrize(("headers", "_expected"), ORIGINS)
def test_form_with_a_session_needs_a_token(headers, _expected):
    request = RequestFactory().post("/x/", headers=headers)
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "abc"
    assert not check(request)


@pytest.mark.parametrize("is_secure", [False, True])
def test_a_browser_that_says_nothing_sends_a_token(is_secure):
    token = "a" * 32
    request = RequestFactory().post("/x/", {"csrfmiddlewaretoken": token}, secure=is_secure)
    request.COOKIES[settings.CSRF_COOKIE_NAME] = token
    assert check(request)


@pytest.mark.django_db
def test_a_foreign_page_cannot_use_a_token():
    token = "a" * 32
    request = RequestFactory().post(
        "/x/", {"csrfmiddlewaretoken": token}, headers={"origin": "http://evil.example"}
    )
    request.COOKIES[settings.CSRF_COOKIE_NAME] = token
    assert not check(request)
