"""Doors: forged, replayed and redirected forms, guessed names and codes, planted headers."""

import logging
import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.test import Client

from courses.models import Ask, HandIn, LearningEvent, LessonProgress
from members.actions import code_of, issue_sign_in_code
from members.models import Member
from tests.factories import PASSWORD, packs_of

from .addresses import Walker, addresses
from .planted import Planted, plant

pytestmark = pytest.mark.walk
LOGIN = "/accounts/login/"
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "https:evil.example",
    "http:///evil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "\x00//evil.example",
    "/%0d%0aLocation:%20https://evil.example/",
]
# What a browser says of a form that a page of another site sends.
FOREIGN = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}


@pytest.fixture
def person(cast: SimpleNamespace) -> Member:
    """A learner with a password and an address."""
    member = Member.objects.get(pk=cast.learner.pk)
    member.password, member.email = make_password(PASSWORD), "lena@example.org"
    member.save()
    return member


@pytest.fixture
def planted(db: None, settings: Any) -> Iterator[Planted]:
    settings.ACCOUNT_RATE_LIMITS = False
    logging.disable(logging.ERROR)
    yield plant()
    logging.disable(logging.NOTSET)


def leads_away(location: str) -> bool:
    """Whether a browser would go to another site."""
    plain = "".join(sign for sign in location if sign > " ").replace("\\", "/").lower()
    return not plain.startswith("/") or plain.startswith("//") or "\n" in location


@pytest.mark.parametrize("where", ELSEWHERE)
def test_no_door_leads_to_another_site(person: Member, where: str) -> None:
    """Not after signing in, up, out, by a code, nor after a proof or a choice of display."""
    new = {"name": "New", "username": "new-one", "password1": "seven slow trains"}
    known = {"login": person.username, "password": PASSWORD}
    inside = Client(raise_request_exception=False)
    inside.force_login(person)
    asked = [
        (Client(), LOGIN, known),
        (Client(), "/accounts/signup/", new),
        (inside, "/accounts/reauthenticate/", {"password": PASSWORD}),
        (inside, "/display/", {"choice": "dark"}),
        (inside, "/accounts/logout/", {}),
    ]
    for client, path, form in asked:
        answer = client.post(path, {**form, "next": where})
        assert answer.status_code in (302, 303), path
        assert not leads_away(answer["Location"]), path


@pytest.mark.parametrize("where", ELSEWHERE)
def test_who_is_signed_in_is_led_nowhere_else(person: Member, where: str) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    for path in (LOGIN, "/accounts/signup/", "/accounts/code/", "/accounts/passkey/"):
        answer = client.get(path, {"next": where})
        assert answer.status_code in (302, 303), path
        assert not leads_away(answer["Location"]), path


@pytest.mark.parametrize("persona", ["visitor", "learner", "coordinator", "editor"])
def test_a_forged_form_is_refused_at_every_address(planted: Planted, persona: str) -> None:
    """The page of another site sends a form with the cookies of this one: 403, or nothing there."""
    walker = Walker(getattr(planted.cast, persona, None))
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies.load(walker.cookies)
    client.cookies["csrftoken"] = "a" * 32
    accepted = []
    for one in addresses(planted):
        form = {"csrfmiddlewaretoken": "b" * 32}
        status = client.post(one.path, form, headers=FOREIGN).status_code
        if status not in (403, 404, 405):
            accepted.append((one.path, status))
    assert accepted == []


def test_a_token_of_one_person_is_no_good_for_another(cast: SimpleNamespace) -> None:
    thief, owner = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    thief.force_login(cast.neighbour)
    owner.force_login(cast.learner)
    token = thief.get("/me/details/").context["csrf_token"]
    owner.get("/me/details/")
    sent = owner.post("/me/notices/", {"csrfmiddlewaretoken": str(token)})
    assert sent.status_code == 403


def test_a_form_sent_again_has_one_effect(cast: SimpleNamespace) -> None:
    """A double click, a retry, a recorded request: the same rows as after the first."""
    client = Client()
    client.force_login(cast.learner)
    lesson, _quiz, task = packs_of(cast.course)
    key = "6c0f5a52-0000-4000-8000-000000000001"
    forms = [
        (f"/learn/courses/{cast.course.key}/start/", {}),
        (f"/learn/lessons/{lesson.uuid}/done/", {"key": key}),
        (f"/learn/lessons/{lesson.uuid}/ask/", {"words": "Why?", "key": key}),
        (
            f"/learn/lessons/{task.uuid}/hand-in/",
            {"block": next(iter(task.tasks)), "words": "Done."},
        ),
    ]
    for path, form in forms:
        client.post(path, form)
    once = rows()
    for path, form in [*forms, *forms]:
        assert client.post(path, form).status_code in (303, 422)
    assert rows() == once
    assert once["Ask"] == once["HandIn"] == 1


def rows() -> dict[str, int]:
    """How many facts of learning there are."""
    models = (Ask, HandIn, LearningEvent, LessonProgress)
    return {model.__name__: model.objects.count() for model in models}


def test_an_old_session_is_worth_nothing_after_signing_out(person: Member) -> None:
    client, thief = Client(), Client()
    client.force_login(person)
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert thief.get("/me/").status_code == 200
    client.post("/accounts/logout/")
    assert thief.get("/me/").status_code == 302


def test_a_session_that_somebody_makes_up_is_none(person: Member) -> None:
    for key in ("0" * 32, "a", "../../x", "\x00", "x" * 5000):
        client = Client()
        client.cookies["sessionid"] = key
        assert client.get("/me/").status_code == 302


@pytest.mark.parametrize("path", ["/accounts/password/reset/", "/accounts/login/code/"])
def test_a_known_and_an_unknown_address_get_the_same_answer(
    person: Member, path: str, commit: Any
) -> None:
    def ask(email: str) -> tuple[int, str, str]:
        client = Client()
        answer = client.post(path, {"email": email})
        shown = client.get(answer["Location"]).content.decode()
        return answer.status_code, answer["Location"], shown.replace(email, "X")

    with commit():
        known = ask("lena@example.org")
    sent = len(mail.outbox)
    with commit():
        unknown = ask("nobody@example.org")
    assert without_tokens(known) == without_tokens(unknown)
    assert (sent, len(mail.outbox)) == (1, 1)


def without_tokens(answer: tuple[int, str, str]) -> list[str]:
    """An answer line by line, without the token of its form."""
    status, location, shown = answer
    lines = [line for line in shown.splitlines() if "csrfmiddlewaretoken" not in line]
    return [str(status), location, *lines]


def test_a_wrong_code_tells_nothing_of_who_has_one(cast: SimpleNamespace) -> None:
    """A member with a code, one without, and nobody: the same words."""
    issue_sign_in_code(member=cast.coordinator, to=cast.learner, hub=cast.hub)
    said = set()
    for name in (cast.learner.username, cast.neighbour.username, "nobody-here"):
        answer = Client().post("/accounts/code/", {"username": name, "code": "AAAAAAAA"})
        said.add((answer.status_code, answer.content.decode().replace(name, "X")))
    assert len(said) == 1


def test_a_hub_s_code_cannot_be_guessed_from_many_places(cast: SimpleNamespace) -> None:
    """Ten tries end the code, wherever they come from."""
    code = issue_sign_in_code(member=cast.coordinator, to=cast.learner, hub=cast.hub)
    name = cast.learner.username
    for number in range(10):
        client = Client(REMOTE_ADDR=f"203.0.113.{number}")
        client.post("/accounts/code/", {"username": name, "code": "AAAAAAAA"})
    last = Client(REMOTE_ADDR="203.0.113.200")
    assert (
        last.post("/accounts/code/", {"username": name, "code": code_of(code)}).status_code == 422
    )


def test_a_mailed_code_ends_after_three_tries(person: Member, commit: Any) -> None:
    client = Client()
    with commit():
        client.post("/accounts/login/code/", {"email": person.email})
    code = mail.outbox[0].subject.split()[0]
    for _try in range(3):
        client.post("/accounts/login/code/confirm/", {"code": "AAAAAA"})
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert "_auth_user_id" not in client.session


def test_a_mailed_code_is_good_in_one_browser_only(person: Member, commit: Any) -> None:
    asked, thief = Client(), Client()
    with commit():
        asked.post("/accounts/login/code/", {"email": person.email})
        thief.post("/accounts/login/code/", {"email": "thief@example.org"})
    code = mail.outbox[0].subject.split()[0]
    thief.post("/accounts/login/code/confirm/", {"code": code})
    assert "_auth_user_id" not in thief.session


def test_a_second_step_cannot_be_guessed(person: Member) -> None:
    """After five wrong codes even the right one is refused."""
    TOTP.activate(person, generate_totp_secret())
    client = Client()
    client.post(LOGIN, {"login": person.username, "password": PASSWORD})
    said = [client.post("/accounts/2fa/authenticate/", {"code": "000000"}) for _try in range(6)]
    assert "Too many tries" in said[-1].content.decode()
    assert "_auth_user_id" not in client.session


def test_a_new_password_by_mail_does_not_replace_the_second_step(
    person: Member, commit: Any
) -> None:
    TOTP.activate(person, generate_totp_secret())
    client = Client()
    with commit():
        client.post("/accounts/password/reset/", {"email": person.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)
    assert link
    page = client.get(link[1], follow=True)
    answer = client.post(page.redirect_chain[-1][0], {"password1": "nine blue cups"})
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-for": "'; DROP TABLE members_member; --"},
        {"x-forwarded-for": "1.2.3.4, , ,"},
        {"x-forwarded-for": "::ffff:999.1.1.1"},
        {"x-forwarded-for": "x" * 8000},
        {"user-agent": "<script>alert(1)</script>"},
        {"referer": "javascript:alert(1)"},
        {"x-request-id": "\r\nSet-Cookie: a=b"},
        {"content-type": "multipart/form-data; boundary=\x00"},
        {"x-http-method-override": "DELETE"},
        {"x-original-url": "/cms/"},
        {"x-rewrite-url": "/cms/"},
        {"authorization": "Basic Og=="},
    ],
)
@pytest.mark.parametrize("proxies", [0, 1])
def test_headers_of_any_shape_break_no_form(
    cast: SimpleNamespace, settings: Any, headers: dict[str, str], proxies: int
) -> None:
    logging.disable(logging.ERROR)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    client = Client(raise_request_exception=False)
    for path in (LOGIN, "/accounts/signup/", "/accounts/code/", "/certificates/"):
        answer = client.post(path, {"login": "x", "password": "y"}, headers=headers)
        assert answer.status_code < 500, path
        assert "Set-Cookie: a" not in str(answer.headers)
        assert "<script>alert" not in answer.content.decode()
    logging.disable(logging.NOTSET)


def test_who_makes_up_an_address_is_counted_all_the_same(person: Member, settings: Any) -> None:
    """Behind one proxy only what that proxy wrote counts, so a new lie each time helps nobody."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/ip"}
    said = []
    for number in range(5):
        headers = {"x-forwarded-for": f"10.0.0.{number}, 203.0.113.9"}
        form = {"login": f"somebody{number}", "password": "wrong"}
        said.append(Client().post(LOGIN, form, headers=headers).content.decode())
    assert ["Too many tries" in words for words in said] == [False] * 3 + [True] * 2
