"""Hostile input at every address: a sentence or a 404, never a 500, nothing half-stored."""

import logging
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.models import Member

from .addresses import Address, Walker, addresses
from .naughty import OWN, naughty_strings
from .planted import Planted, plant
from .running import running
from .test_personas import form_of

pytestmark = pytest.mark.walk
WHO = ("visitor", "learner", "coordinator", "safety")
ROUNDS = 3


@pytest.fixture
def planted(db: None, settings: Any) -> Iterator[Planted]:
    """Both hubs, full of private words. Nobody is slowed down."""
    settings.ACCOUNT_RATE_LIMITS = False
    logging.disable(logging.ERROR)
    yield plant()
    logging.disable(logging.NOTSET)


def fields_of(planted: Planted) -> list[str]:
    """The names of fields that forms of the site have."""
    block = planted.asks[0].lesson.question_versions.first().block_id
    named = ["password1", "email", "key", "move", "decision", "member", "q", "page", "show"]
    of_question = [f"q-{block}", f"n-{block}", f"v-{block}", "block", "anchor", "phone"]
    return [*form_of(planted), *named, *of_question]


def routes(planted: Planted) -> list[Address]:
    """One real address of each route."""
    found: dict[str, Address] = {}
    for one in addresses(planted):
        found.setdefault(one.route, one)
    return list(found.values())


@pytest.mark.parametrize("persona", WHO)
def test_naughty_strings_in_every_field_break_nothing(planted: Planted, persona: str) -> None:
    walker, before = Walker(getattr(planted.cast, persona, None), counts), counts()
    fields, strings = fields_of(planted), cycle(naughty_strings())
    broken, unescaped, half_stored = [], [], []
    for one in routes(planted):
        for _round in range(ROUNDS):
            form = dict(zip(fields, islice(strings, len(fields)), strict=False))
            for way in ("post", "get"):
                got = walker.ask(way, one.path, form)
                if got.status >= 500:
                    broken.append((way, one.path, got.status, form))
                if runs := running(got.text):
                    unescaped.append((way, one.path, runs))
                if got.status >= 400 and got.seen != before:
                    half_stored.append((way, one.path, got.status, changed(before, got.seen)))
    assert broken == []
    assert unescaped == []
    assert half_stored == []


@pytest.mark.parametrize("text", OWN, ids=[f"string{place}" for place in range(len(OWN))])
def test_a_naughty_string_in_one_field_of_every_public_form(planted: Planted, text: str) -> None:
    walker = Walker(None)
    for path, field in (
        ("/search/", "q"),
        ("/courses/", "q"),
        ("/courses/", "topic"),
        ("/certificates/", "code"),
        ("/accounts/login/", "next"),
    ):
        got = walker.ask("get", path, {field: text})
        assert got.status < 500, (path, text)
        assert running(got.text) == []
    form = {"name": text, "username": text, "password1": text}
    assert walker.ask("post", "/accounts/signup/", form).status in (302, 400, 422)


def test_forms_of_any_shape_break_nothing(planted: Planted) -> None:
    """A fuzz over every form: any address, any fields, any words."""
    every, fields = routes(planted), fields_of(planted)
    walkers = [Walker(getattr(planted.cast, persona, None), counts) for persona in WHO]
    before = counts()
    values = st.text(max_size=200) | st.sampled_from(naughty_strings()) | st.integers().map(str)

    @settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        one=st.sampled_from(every),
        walker=st.sampled_from(walkers),
        way=st.sampled_from(["post", "get"]),
        form=st.dictionaries(st.sampled_from(fields), values | st.lists(values, max_size=3)),
    )
    def ask(one: Address, walker: Walker, way: str, form: dict[str, Any]) -> None:
        got = walker.ask(way, one.path, form)
        assert got.status < 500
        assert got.status < 400 or changed(before, got.seen) == set()

    ask()
    assert counts() == before


def counts() -> dict[str, int]:
    """How many rows each table has, but that of the sessions, in one statement."""
    tables = [model._meta.db_table for model in apps.get_models() if model is not Session]
    counted = ", ".join(f'(SELECT count(*) FROM "{name}")' for name in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counted}")
        return dict(zip(tables, cursor.fetchone(), strict=True))


def changed(before: dict[str, int], after: dict[str, int]) -> set[str]:
    """The tables that have more rows or fewer than before."""
    return {name for name, count in after.items() if count != before[name]}


BODIES = {
    "too long": ("application/x-www-form-urlencoded", b"words=" + b"x" * 3_000_000),
    "too many fields": ("application/x-www-form-urlencoded", b"&".join([b"a=1"] * 3000)),
    "not UTF-8": ("application/x-www-form-urlencoded", b"words=%ff%fe&name=\xff\xfe"),
    "broken parts": ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-d"),
    "no boundary": ("multipart/form-data", b"words=1"),
    "long boundary": ("multipart/form-data; boundary=" + "x" * 5000, b"--x--"),
    "JSON": ("application/json", b'{"words": [1, {"a": null}]}'),
    "odd charset": ("application/x-www-form-urlencoded; charset=utf-99", b"words=a"),
    "a file for a word": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="words"; filename="../../a.php"\r\n'
        b"Content-Type: image/png\r\n\r\n<?php ?>\r\n--x--\r\n",
    ),
}


@pytest.mark.parametrize("shape", BODIES)
def test_a_body_of_any_shape_is_refused_in_words(planted: Planted, shape: str) -> None:
    kind, body = BODIES[shape]
    client = Client(raise_request_exception=False)
    client.force_login(Member.objects.get(pk=planted.cast.learner.pk))
    for one in routes(planted):
        response = client.generic("POST", one.path, body, kind)
        assert response.status_code < 500, one.path


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/hubs/%00/",
        "/hubs/harbour/%ff%fe/",
        "/certificates/%00%0d%0a/",
        "/desk/%27/",
        "/search/?q=%00",
        "/courses/?topic=%00&level='&page=-1",
        "/" + "a" * 6000 + "/",
        "/" + "a/" * 800,
        "/media/%2e%2e/%2e%2e/weft.sqlite3",
        "/media/../../etc/passwd",
        "/static/../manage.py",
        "/documents/1/..%2f..%2fmanage.py",
        "/learn/photos/99999999999999999999/",
        "/accounts/reauthenticate/?next=//evil.example",
    ],
)
def test_an_address_of_any_shape_is_not_there(planted: Planted, path: str) -> None:
    client = Client(raise_request_exception=False)
    for person in (None, planted.cast.learner, planted.cast.coordinator):
        if person:
            client.force_login(Member.objects.get(pk=person.pk))
        response = client.get(path)
        assert response.status_code < 500
        assert b"SQLite" not in b"".join(response)


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "testserver:evil"},
        {"host": "testserver@evil.example"},
        {"x-forwarded-host": "evil.example"},
        {"x-forwarded-proto": "javascript"},
        {"accept-language": "x" * 5000 + ",*;q=evil"},
        {"cookie": "sessionid=../../../../etc/passwd; display=<script>; csrftoken=\x00"},
        {"range": "bytes=0-18446744073709551615"},
        {"if-none-match": '"' + "x" * 9000},
        {"content-length": "-1"},
    ],
)
def test_headers_of_any_shape_break_nothing(db: None, headers: dict[str, str]) -> None:
    logging.disable(logging.ERROR)
    client = Client(raise_request_exception=False)
    for path in ("/", "/courses/", "/accounts/login/", "/healthz"):
        response = client.get(path, headers=headers)
        assert response.status_code < 500
        said = b"".join(response).decode(errors="replace") + str(response.headers)
        assert "evil.example" not in said
        assert "<script>;" not in said
    logging.disable(logging.NOTSET)


def test_a_session_has_a_new_key_after_signing_in(planted: Planted) -> None:
    """A key that somebody planted in the browser is worth nothing afterwards."""
    client = Client(HTTP_ORIGIN="http://testserver")
    lesson = planted.asks[0].lesson_id
    client.post(f"/learn/lessons/{lesson}/done/")
    session = client.session
    session["visit"] = []
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    name = Member.objects.get(pk=planted.cast.learner.pk).username
    form = {"login": name, "password": "correct-horse-7", "csrfmiddlewaretoken": ""}
    client.post("/accounts/login/", form)
    after = client.cookies["sessionid"].value
    assert after != before
    stranger = Client()
    stranger.cookies["sessionid"] = before
    assert stranger.get("/me/").status_code == 302


def test_nobody_learns_which_accounts_there_are(planted: Planted) -> None:
    """A wrong password and an unknown name, a known and an unknown address: the same answer."""
    known = Member.objects.get(pk=planted.cast.learner.pk)
    walker = Walker(None)
    answers = [
        walker.ask("post", "/accounts/login/", {"login": name, "password": "wrong"})
        for name in (known.username, "nobody-here")
    ]
    texts = [got.text.replace(known.username, "X").replace("nobody-here", "X") for got in answers]
    assert answers[0].status == answers[1].status == 422
    assert texts[0] == texts[1]
    codes = [
        walker.ask("post", "/accounts/login/code/", {"email": email})
        for email in (known.email, "nobody@example.org")
    ]
    assert codes[0].status == codes[1].status
    assert codes[0].location == codes[1].location
