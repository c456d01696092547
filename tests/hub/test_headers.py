"""What every answer tells the browser, so that it runs and loads nothing of anybody else."""

from types import SimpleNamespace

import pytest
from django.test import Client

SITE = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
}
PATHS = ("/", "/courses/", "/accounts/login/", "/nowhere/", "/healthz", "/robots.txt", "/me/")


@pytest.mark.parametrize("path", [*PATHS, "/static/img/favicon.svg"])
def test_every_answer_has_the_safe_headers(cast: SimpleNamespace, path: str) -> None:
    response = Client().get(path)
    assert response["Content-Security-Policy"] == SITE
    wanted = SAFE if not path.startswith("/static/") else dict(list(SAFE.items())[:1])
    assert {name: response.get(name) for name in wanted} == wanted
    assert "Access-Control-Allow-Origin" not in response or path.startswith("/static/")


def test_a_page_from_the_cache_has_them_too(cast: SimpleNamespace) -> None:
    first, second = Client().get("/courses/"), Client().get("/courses/")
    assert "ETag" in second
    for response in (first, second):
        assert response["Content-Security-Policy"] == SITE
        assert {name: response[name] for name in SAFE} == SAFE


def test_only_the_cms_may_run_inline_scripts(cast: SimpleNamespace) -> None:
    client = Client()
    client.force_login(cast.editor)
    policy = client.get("/cms/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline';" in policy
    for part in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'self'"):
        assert part in policy
    assert "unsafe" not in client.get("/me/")["Content-Security-Policy"]


def test_an_answer_echoes_nothing_of_a_trace(cast: SimpleNamespace) -> None:
    response = Client().generic("TRACE", "/courses/", headers={"cookie": "planted=word"})
    assert b"planted" not in response.content


def test_forms_have_a_token_whatever_the_session_s_cookie_is_called(
    cast: SimpleNamespace, settings: SimpleNamespace
) -> None:
    settings.SESSION_COOKIE_NAME = "__Host-session"
    client = Client()
    assert "csrfmiddlewaretoken" not in client.get("/accounts/login/").content.decode()
    client.cookies["__Host-session"] = "anything"
    assert "csrfmiddlewaretoken" in client.get("/accounts/login/").content.decode()
