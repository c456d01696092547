"""What happens at the doors is logged: by number and mark, never by name or address."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from hub.logs import JsonFormatter
from members import events
from members.models import Member

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
ADDRESS = "203.0.113.77"


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Callable[[], list[tuple[str, dict[str, Any]]]]:
    """What the log of the doors holds: the level and the facts of each line."""
    caplog.set_level(logging.INFO, "security")

    def lines() -> list[tuple[str, dict[str, Any]]]:
        return [
            (record.levelname, record.facts)
            for record in caplog.records
            if record.name == "security"
        ]

    return lines


@pytest.fixture
def browser() -> Client:
    return Client(REMOTE_ADDR=ADDRESS)


def named(lines: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, str]]:
    """The level and the event of each line."""
    return [(level, facts["event"]) for level, facts in lines]


def test_a_sign_in_and_out_are_told_with_their_steps(browser, learner, told) -> None:
    browser.post(LOGIN, {"login": "lena", "password": PASSWORD})
    browser.post("/accounts/logout/")
    here = events.mark(ADDRESS)
    assert told() == [
        (
            "INFO",
            {"event": "signed_in", "from": here, "member": learner.pk, "steps": ["password"]},
        ),
        ("INFO", {"event": "signed_out", "from": here, "member": learner.pk}),
    ]


def test_a_refused_sign_in_keeps_no_name(browser, learner, told, caplog) -> None:
    for name in ("lena", "LENA", "nobody-here"):
        browser.post(LOGIN, {"login": name, "password": "wrong-secret"})
    marks = [facts["account"] for _level, facts in told()]
    assert named(told()) == [("WARNING", "sign_in_refused")] * 3
    assert marks[0] == marks[1] != marks[2]
    assert {len(mark) for mark in marks} == {12}
    written = "".join(JsonFormatter().format(record) for record in caplog.records)
    for secret in ("lena", "nobody-here", "wrong-secret", ADDRESS):
        assert secret not in written.lower()
    assert '"event": "sign_in_refused"' in written


def test_too_many_tries_are_told(browser, learner, told) -> None:
    for _try in range(6):
        browser.post(LOGIN, {"login": "lena", "password": "wrong"})
    assert named(told()) == [("WARNING", "sign_in_refused")] * 5 + [("WARNING", "too_many_tries")]
    assert told()[0][1]["account"] == told()[5][1]["account"]


def test_a_refused_code_of_the_hub_is_told(browser, learner, told) -> None:
    browser.post("/accounts/code/", {"username": "Lena", "code": "AAAAAAAA"})
    ((level, facts),) = told()
    assert (level, facts["event"], facts["account"]) == (
        "WARNING",
        "hub_code_refused",
        events.mark("lena"),
    )


def test_a_refused_mailed_code_is_told(browser, learner, told) -> None:
    Member.objects.filter(pk=learner.pk).update(email="lena@example.org")
    browser.post("/accounts/login/code/", {"email": "lena@example.org"})
    browser.post("/accounts/login/code/confirm/", {"code": "WRONG-CODE"})
    assert named(told()) == [("WARNING", "mailed_code_refused")]


def test_a_second_step_is_told_when_refused_and_when_it_changes(browser, editor, told) -> None:
    TOTP.activate(editor, generate_totp_secret())
    browser.post(LOGIN, {"login": "edda", "password": PASSWORD})
    browser.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert named(told()) == [("WARNING", "second_step_refused")]
    browser.force_login(editor)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    browser.post("/accounts/2fa/totp/deactivate/")
    assert named(told())[1:] == [
        ("INFO", "signed_in"),
        ("INFO", "proved_again"),
        ("INFO", "second_step_removed"),
    ]


def test_a_new_password_is_told(browser, learner, told) -> None:
    browser.force_login(learner)
    form = {"oldpassword": PASSWORD, "password1": "nine blue cups"}
    browser.post("/accounts/password/change/", form)
    assert named(told()) == [("INFO", "signed_in"), ("INFO", "password_changed")]


def test_a_new_account_and_its_end_are_told(browser, told) -> None:
    form = {"name": "Nora", "username": "nora", "password1": "seven slow trains"}
    browser.post("/accounts/signup/", form)
    number = Member.objects.get().pk
    browser.post("/me/data/erase/", {"username": "nora", "password": "seven slow trains"})
    ended = [facts for _level, facts in told() if facts["event"] == "account_erased"]
    assert ("INFO", "signed_up") in named(told())
    assert [facts["member"] for facts in ended] == [number]


def test_who_proves_again_gets_a_new_key(browser, learner) -> None:
    browser.force_login(learner)
    before = browser.cookies["sessionid"].value
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    after = browser.cookies["sessionid"].value
    assert after != before
    old = Client()
    old.cookies["sessionid"] = before
    assert old.get("/me/").status_code == 302
    assert browser.get("/me/").status_code == 200


def test_an_address_that_nobody_can_tell_has_no_mark(rf, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    request = rf.get("/", headers={"x-forwarded-for": "198.51.100.7"})
    assert events.facts_of("x", request, {}) == {"event": "x", "from": ""}
    assert events.facts_of("x", None, {"member": 1}) == {"event": "x", "from": "", "member": 1}
