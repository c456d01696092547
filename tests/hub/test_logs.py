"""Logs: one JSON object for each request, its id on the line and on the answer, nothing private."""

import json
import logging
import sys
from collections.abc import Iterator
from io import StringIO
from types import SimpleNamespace

import pytest
from django.test import Client

from hub.logs import JsonFormatter, request_id, without_private
from hub.middleware import GOOD_ID

OWN = "probe.1234-abcd"


@pytest.fixture
def written() -> Iterator[StringIO]:
    """What is logged during a test."""
    out = StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield out
    root.removeHandler(handler)
    root.setLevel(level)


def lines(written: StringIO, logger: str = "hub.requests") -> list[dict[str, object]]:
    """The lines of a logger."""
    found = [json.loads(line) for line in written.getvalue().splitlines()]
    return [line for line in found if line["logger"] == logger]


@pytest.mark.django_db
def test_one_line_a_request_with_the_id_of_the_answer(written: StringIO) -> None:
    response = Client().get("/accounts/login/?next=/me/")
    (line,) = lines(written)
    assert line["request"] == response["X-Request-ID"]
    assert GOOD_ID.fullmatch(str(line["request"]))
    assert (line["words"], line["status"]) == ("GET /accounts/…", 200)
    assert (line["view"], line["level"]) == ("account_login", "INFO")
    assert float(str(line["ms"])) > 0
    assert request_id.get() == ""


@pytest.mark.django_db
def test_the_id_of_a_proxy_is_kept(written: StringIO) -> None:
    assert Client().get("/healthz", headers={"x-request-id": OWN})["X-Request-ID"] == OWN
    assert [line["request"] for line in lines(written)] == [OWN]


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["short", "x" * 65, "two words", "line\nbreak-1", "é" * 9, ""])
def test_a_strange_id_is_replaced(given: str) -> None:
    got = Client().get("/healthz", headers={"x-request-id": given})["X-Request-ID"]
    assert got != given
    assert GOOD_ID.fullmatch(got)


@pytest.mark.django_db
def test_nothing_private_is_written(written: StringIO) -> None:
    client = Client()
    form = {"login": "private@example.org", "password": "private-password"}
    client.post("/accounts/login/?next=/private-next/", form)
    client.post("/accounts/code/", {"username": "private-name", "code": "PRIVATE-CODE"})
    client.get("/accounts/password/reset/key/1a-private-key/")
    client.get("/certificates/PRIVATECODE23456/?q=private")
    client.get("/search/?q=private")
    client.get("/nowhere/?mail=private@example.org")
    assert len(lines(written)) == 6
    assert "private" not in written.getvalue().lower()


@pytest.mark.django_db
def test_a_page_that_is_not_there_is_one_line_of_ours(written: StringIO) -> None:
    Client().get("/nowhere/")
    (line,) = lines(written)
    assert (line["words"], line["status"]) == ("GET /nowhere/", 404)


def test_a_refusal_says_which_member_was_refused(written: StringIO, cast: SimpleNamespace) -> None:
    client = Client()
    client.force_login(cast.learner)
    for path in ("/desk/harbour/", "/cms/", "/me/"):
        client.get(path)
    denied = [(line["status"], line.get("member")) for line in lines(written)]
    assert denied == [(404, cast.learner.pk), (404, cast.learner.pk), (200, None)]


@pytest.mark.django_db
def test_what_django_says_of_a_refusal_has_the_id_of_the_request(written: StringIO) -> None:
    missing = Client().get("/nowhere/")
    refused = Client().post("/accounts/code/", {})
    assert (missing.status_code, refused.status_code) == (404, 422)
    said = lines(written, "django.request")
    assert [line["request"] for line in said] == [
        missing["X-Request-ID"],
        refused["X-Request-ID"],
    ]


def test_a_line_about_no_request_has_no_id() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 1, "Tick", (), None)
    assert json.loads(JsonFormatter().format(record))["request"] == ""
    record.request = object()
    assert json.loads(JsonFormatter().format(record))["request"] == ""


def test_nothing_is_made_for_a_level_that_is_not_logged(written: StringIO, db: None) -> None:
    logging.getLogger().setLevel(logging.WARNING)
    Client().get("/healthz")
    assert written.getvalue() == ""


def test_an_error_carries_its_traceback_without_addresses() -> None:
    try:
        raise ValueError("Key (email)=(private@example.org) exists")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "No %s", ("luck",), sys.exc_info())
    line = json.loads(JsonFormatter().format(record))
    assert line["words"] == "No luck"
    assert "Key (email)=(<e-mail>) exists" in line["error"]
    assert "\n" in line["error"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("GET /search/?q=my+name and more", "GET /search/?… and more"),
        ("Is it right? Yes.", "Is it right? Yes."),
        ("to ana.b+c@mail.example.org now", "to <e-mail> now"),
        ("/accounts/password/reset/key/x-y/", "/accounts/…"),
        ("/es/certificates/ABC/pdf/", "/es/certificates/…"),
        ("/certificates/", "/certificates/"),
        ("redis://:word@cache.example:6379/0", "redis://<password>@cache.example:6379/0"),
        ("postgres://u:p@db.example/hub", "postgres://<password>@db.example/hub"),
        ("/hubs/harbour/basics/", "/hubs/harbour/basics/"),
    ],
)
def test_without_private(text: str, left: str) -> None:
    assert without_private(text) == left
