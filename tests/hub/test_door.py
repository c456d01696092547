"""The door of a web process: what it holds, for whom, and until when."""

import io
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content import version
from hub import door
from hub.door import Door, key_of

pytestmark = pytest.mark.django_db
CACHED = {"HTTP_ACCEPT_ENCODING": "gzip, br"}


def environ(path: str = "/courses/", **more: str) -> dict[str, Any]:
    """What a server says of a request."""
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "HTTP_HOST": "testserver",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        **CACHED,
        **more,
    }


class House:
    """The whole site, which counts who came in."""

    def __init__(self) -> None:
        self.site, self.count = WSGIHandler(), 0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        self.count += 1
        request_started.disconnect(close_old_connections)  # the test's own transaction is open
        try:
            return self.site(environ, start_response)
        finally:
            request_started.connect(close_old_connections)


@pytest.fixture
def house(cast: SimpleNamespace) -> House:
    return House()


def ask(at: Door, **more: str) -> tuple[str, dict[str, str], bytes]:
    """Status, headers and body of an answer."""
    said: list[Any] = []
    answer = at(environ(**more), lambda status, headers, *rest: said.append((status, headers)))
    return said[0][0], dict(said[0][1]), b"".join(answer)


def test_a_page_leaves_at_once_the_second_time_and_is_the_same(house: House) -> None:
    at = Door(house)
    first, second = ask(at), ask(at)
    with CaptureQueriesContext(connection) as statements:
        third = ask(at)
    assert house.count == 1
    assert (len(statements), first[0], first[2]) == (0, "200 OK", second[2])
    assert first[1].pop("X-Request-ID") != second[1].pop("X-Request-ID")
    assert first[1] == second[1]
    assert second[1]["Content-Security-Policy"].startswith("default-src 'self'")
    assert third[1]["Content-Encoding"] == "br"


def test_a_request_has_the_id_that_its_proxy_gave(house: House) -> None:
    at = Door(house)
    ask(at)
    assert ask(at, HTTP_X_REQUEST_ID="probe.1234")[1]["X-Request-ID"] == "probe.1234"
    assert house.count == 1


def test_what_is_published_shows_at_once(house: House) -> None:
    at = Door(house)
    ask(at)
    version.bump()
    ask(at)
    assert house.count == 2


def test_a_new_hour_is_asked_inside(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    at = Door(house)
    ask(at)
    later = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr(door.timezone, "now", lambda: later)
    ask(at)
    assert house.count == 2


@pytest.mark.parametrize(
    "more",
    [
        {"HTTP_ACCEPT_ENCODING": "gzip"},
        {"HTTP_ACCEPT_ENCODING": ""},
        {"HTTP_COOKIE": "display=dark"},
        {"wsgi.url_scheme": "https"},
        {"path": "/hubs/"},
    ],
)
def test_what_an_answer_differs_by_parts_what_is_held(house: House, more: dict[str, str]) -> None:
    at = Door(house)
    plain, other = ask(at), ask(at, **more)
    assert house.count == 2
    assert (ask(at)[2], ask(at, **more)[2]) == (plain[2], other[2])
    assert house.count == 2


@pytest.mark.parametrize(
    "more",
    [
        {"REQUEST_METHOD": "HEAD"},
        {"REQUEST_METHOD": "POST"},
        {"QUERY_STRING": "q=garden"},
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_COOKIE": "display=dark; sessionid=abc"},
        {"HTTP_COOKIE": "display=strange"},
        {"HTTP_AUTHORIZATION": "Basic abc"},
        {"HTTP_IF_NONE_MATCH": "W/abc"},
        {"HTTP_RANGE": "bytes=0-10"},
    ],
)
def test_whoever_brings_more_goes_inside(more: dict[str, str]) -> None:
    assert key_of(environ()) is not None
    assert key_of(environ(**more)) is None


@pytest.mark.parametrize(
    "more",
    [{"path": "/nowhere/"}, {"path": "/accounts/login/"}, {"HTTP_HOST": "elsewhere.example"}],
)
def test_what_nobody_shares_is_not_held(house: House, more: dict[str, str]) -> None:
    at = Door(house)
    ask(at, **more)
    ask(at, **more)
    assert (at.held, house.count) == ({}, 2)


def test_without_a_version_everybody_goes_inside(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(version, "current", lambda: None)
    at = Door(house)
    ask(at)
    ask(at)
    assert (at.held, house.count) == ({}, 2)


def test_the_door_does_not_hold_without_end(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MOST", 1)
    at = Door(house)
    ask(at)
    ask(at, path="/hubs/")
    assert len(at.held) == 1
