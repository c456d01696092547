"""Hostile input in every form of partners, sent by those who may send it: a clear sentence on the
same page, what was typed is kept, and nothing is stored by half."""

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from itertools import cycle, islice
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils.html import escape
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.models import Notice, OutboxRow
from partners.models import Offer
from partners.urls import urlpatterns
from tests.partners.desk_cast import at, client_of, site_of
from tests.partners.offers_cast import key, text

from .naughty import OWN, naughty_strings
from .partner_doors import CHOOSE, CHOOSE_ONE, Door, all_doors, steps
from .running import running

pytestmark = pytest.mark.walk
LONG, ROUNDS, SOME = 200_000, 3, 6
# Buttons alone; forms with a file, or sent by a script, which have tests of their own; and
# addresses that only show something.
BUTTONS = {
    *("partner_confirm", "partner_again", "partner_email", "partner_agree_end"),
    *("partner_invitation", "partner_invitation_drop", "partner_drop", "partner_leave"),
    *("partner_upload_send", "partner_upload_drop", "offer_withdraw", "offer_right"),
    *("offer_again", "offer_end", "offer_return", "offer_picture_drop", "offer_save"),
    *("offer_withdraw_interest", "offer_go", "offer_seen", "desk_partner_approve"),
    *("desk_partner_return", "desk_identity_accept", "desk_check_fine", "desk_agreement_confirm"),
}
APART = {"offer_picture", "partner_table", "offer_keep", "partner_role", "partner_interest_move"}
SHOWN = {
    *("partner_desk", "offer_begin", "partner_home", "partner_interest", "partner_year"),
    *("partner_table_file", "partner_upload", "partner_upload_file", "offer_status"),
    *("desk_partners", "desk_review", "desk_partner", "desk_check", "desk_offer"),
    *("desk_agreement", "desk_suggestion", "offers", "offer_feed", "offer_feed_json"),
    *("offer_calendar", "offer_api", "offer_saved", "offer", "offer_file", "offer_reported"),
    *("partners", "partner"),
}
# What Django says of itself, where nobody has found better words.
NOT_OURS = ("Ensure ", "Enter a ", "Enter the ", "This field is ", "Select a valid")
ERROR = re.compile(r'<p class="field-error"[^>]*>([^<]+)</p>')
TOO_LONG = "This is too long. Please keep it under %s letters."
OVER, DAY = "This day is over. Write one to come.", "Write the day like 2027-03-20."
FAR = "This is too far away. Write a day in the next six years."
AGO = "This is too long ago. Please look at the year."
AMOUNT, NINES = "Write the amount like 45 or 45.50.", "9" * 400
SEATS, AGES = "Write a number from 1 to 100000.", "Write a number from 0 to 120."
MAIL = "This is no e-mail address. Write one like name@example.org."
LINK = "This is no web address. Write one like www.example.org/course."
NOTE = "Say this too, or leave all of the note on help with money empty."
ORDER = "The last day is before the first day."
NEWER, READ = "There is a newer text. Please read it first.", "Please read the text once more"
# Which form, which field, what is in it, and what is said.
WRONG = [
    *(("where", "from_on", day, DAY) for day in ("x", "99999-01-01", "2026-13-45", "-1", NINES)),
    ("where", "from_on", "0001-01-01", AGO),
    ("where", "from_on", "9999-12-31", FAR),
    ("where", "to_on", "9999-12-31", FAR),
    ("where", "to_on", "0001-01-01", ORDER),
    ("where", "on_1", "9999-12-31", ORDER),
    ("where", "on_1", "0001-01-01", AGO),
    ("where", "on_1", "", "Write the first day too."),
    ("where", "until_1", "0001-01-01", ORDER),
    ("where", "until_1", "9999-12-31", FAR),
    *(("where", "amount", one, AMOUNT) for one in ("1e400", "NaN", "-1", NINES, "1.999", "20 EUR")),
    ("where", "amount", "0", "If it costs nothing, choose “Free”."),
    *(("where", name, "moon", CHOOSE) for name in ("mode", "cost", "currency")),
    *(("check", "seats", one, SEATS) for one in ("0", "-1", "1.5", "NaN", "1e400", NINES)),
    *(("check", "age_from", one, AGES) for one in ("-1", "121", NINES, "x" * 9000)),
    ("check", "hours_week", "81", "Write a number from 1 to 80."),
    ("check", "member_seats", "13", "There cannot be more seats for members than seats."),
    ("check", "age_to", "15", "The second age is lower than the first one."),
    ("check", "deadline_on", "0001-01-01", OVER),
    ("check", "deadline_on", "9999-12-31", "This is after the last day."),
    ("check", "support_until_on", "0001-01-01", OVER),
    ("check", "support_until_on", "9999-12-31", FAR),
    (
        "check",
        "support_who",
        "",
        "Say this too, or leave all of the note on help with money empty.",
    ),
    *(("check", name, NINES, CHOOSE) for name in ("topic", "level", "after_course", "hubs")),
    *(("check", name, "moon", CHOOSE) for name in ("language", "support_kind", "support_left")),
    ("what", "kind", "circus", CHOOSE),
    ("how", "apply_by", "pigeon", CHOOSE),
    ("how", "apply_mail", "nobody", MAIL),
    ("how", "apply_link", "javascript:alert(1)", LINK),
    ("partner_apply", "website", "not a site", LINK),
    ("partner_apply", "email", "a@b@c.example", MAIL),
    ("partner_apply", "hub", "moon", CHOOSE),
    *(
        ("partner_apply", name, "", "Choose the kind of number, and write the number.")
        for name in ("scheme", "number")
    ),
    ("partner_suggest", "hub", "moon", CHOOSE),
    *(("partner_page", name, NINES, CHOOSE) for name in ("language", "topics")),
    ("partner_email_code", "code", "AAAA", "This code is not right. Look at the mail once more."),
    ("partner_identity", "kind", "circus", CHOOSE),
    *(("partner_agree", name, NINES, CHOOSE) for name in ("hub", "kind", "course")),
    ("partner_agree", "until_on", "0001-01-01", OVER),
    ("partner_agree", "until_on", NINES, DAY),
    ("partner_people", "role", "king", CHOOSE),
    ("offer_interest", "agrees", "", "Tick that you agree. Without it nothing is sent."),
    ("offer_report", "kind", "circus", CHOOSE),
    *(("desk_review_publish", "revision", one, NEWER) for one in ("-1", "0", NINES)),
    *(("desk_review_publish", "revision", one, READ) for one in ("NaN", "1e400", "9" * 9000)),
    ("desk_review_change", "ready", "nonsense", CHOOSE),
    ("desk_partner_prove", "proof", "dna", CHOOSE),
    ("desk_partner_prove", "proof", "domain", "They have not confirmed their e-mail yet."),
    ("desk_partner_enter", "language", "xx", CHOOSE),
]


@dataclass(frozen=True)
class Got:
    """What came back; of a 303 how the next page was, of all others whether every row is as it
    was."""

    status: int
    text: str
    is_unchanged: bool = False
    next_status: int = 0

    @property
    def errors(self) -> list[str]:
        """What stands beside the fields."""
        return [unescape(words) for words in ERROR.findall(self.text)]


@pytest.fixture
def site(db: None, settings: Any) -> Iterator[SimpleNamespace]:
    """A partner and its hub with something of everything. Nobody is slowed down."""
    settings.ACCOUNT_RATE_LIMITS = False
    logging.disable(logging.ERROR)
    found = site_of()
    found.doors, found.browsers = all_doors(found), {}
    found.before = [rows(is_draft=is_draft) for is_draft in (False, True)]
    yield found
    logging.disable(logging.NOTSET)


def rows(*, is_draft: bool = False) -> dict[str, list[Any]]:
    """All that is stored of partners, and what people are told. A draft is stored as it is typed,
    so of it only what the hub and everybody reads counts."""
    models = [*apps.get_app_config("partners").get_models(), Notice, OutboxRow]
    kept = [model for model in models if not (is_draft and model is Offer)]
    found = {
        model._meta.label: list(model._default_manager.order_by("pk").values_list())
        for model in kept
    }
    live = Offer.objects.filter(live=True).order_by("pk")
    return {**found, "live": list(live.values_list("pk", "title", "live_revision"))}


def send(site: SimpleNamespace, who: str, path: str, form: Any, kind: str = "") -> Got:
    """Send a form in a browser that forgets it; whatever that changes is undone."""
    client, more = browser(site, who), {"content_type": kind} if kind else {}
    is_draft = path.startswith("/partners/desk/") and "/offers/" in path
    with transaction.atomic():
        response = client.post(path, form, **more)
        words = response.content.decode(errors="replace")
        if response.status_code == 303:
            led = client.get(response["Location"])
            assert running(led.content.decode(errors="replace")) == [], path
            got = Got(303, words, next_status=led.status_code)
        else:
            is_same = rows(is_draft=is_draft) == site.before[is_draft]
            got = Got(response.status_code, words, is_unchanged=is_same)
        transaction.set_rollback(True)
    assert running(words) == [], path
    return got


def browser(site: SimpleNamespace, who: str) -> Client:
    """The browser of somebody, as it was after signing in."""
    if who not in site.browsers:
        client = client_of(getattr(site, who))
        client.raise_request_exception = False
        kept = {name: morsel.value for name, morsel in client.cookies.items()}
        site.browsers[who] = (client, kept)
    client, kept = site.browsers[who]
    client.cookies.clear()
    client.cookies.load(kept)
    return client


def knock(site: SimpleNamespace, name: str, /, **changes: Any) -> Got:
    """Send one of the forms, right but for the changes."""
    door: Door = site.doors[name]
    return send(site, door.who, door.path, {**door.whole, **changes})


def check_refused(got: Got, name: str, *sentences: str) -> None:
    """A 422 with these sentences, in our own words, and nothing stored."""
    assert (got.status, got.is_unchanged) == (422, True), name
    said = unescape(got.text)
    assert [words for words in sentences if words not in said] == [], name
    assert [words for words in got.errors if words.startswith(NOT_OURS)] == [], name


def check_empty(got: Got, name: str, door: Door) -> None:
    """What a form says in which nothing stands: that it is needed, where it is."""
    if door.empty:
        check_refused(got, name, *door.empty)
    else:
        assert got.status in (303, 422), name


def check_kept(got: Got, name: str, typed: Iterable[Any]) -> None:
    """What was typed stands in the form."""
    lost = [words[:60] for words in typed if escape(words) not in got.text]
    assert lost == [], name


def test_every_form_of_partners_is_on_a_list(site: SimpleNamespace) -> None:
    """An address that is new comes onto one of them; one with a form among the doors."""
    names = {pattern.name for pattern in urlpatterns}
    assert names == {name.split()[0] for name in site.doors} | BUTTONS | APART | SHOWN


def test_what_is_right_is_taken_by_every_form(site: SimpleNamespace) -> None:
    """The forms of these tests are those that the site takes."""
    found = {name: knock(site, name) for name in site.doors}
    assert {name: got.status for name, got in found.items() if got.status != 303} == {}
    assert {name: got.next_status for name, got in found.items() if got.next_status >= 400} == {}


def test_a_form_with_nothing_in_it(site: SimpleNamespace) -> None:
    for name, door in site.doors.items():
        got = send(site, door.who, door.path, dict(door.hidden))
        check_empty(got, name, door)


def test_a_file_in_the_place_of_each_word(site: SimpleNamespace) -> None:
    """It counts as nothing: no form of these takes a file."""
    for name, door in site.doors.items():
        files = {
            one: SimpleUploadedFile("../../a.php", b"<?php ?>", "image/png") for one in door.form
        }
        got = send(site, door.who, door.path, {**files, **door.hidden})
        check_empty(got, name, door)


def test_each_word_many_times(site: SimpleNamespace) -> None:
    for name, door in site.doors.items():
        form = {one: ["x", "", *[str(value)] * 3] for one, value in door.form.items()}
        assert send(site, door.who, door.path, {**form, **door.hidden}).status in (303, 422), name


def test_words_that_are_too_long(site: SimpleNamespace) -> None:
    """The sentence says how many letters there may be; what was typed can be made shorter."""
    for name, door in site.doors.items():
        for one, most in door.most.items():
            got = knock(site, name, **{one: "x" * LONG})
            check_refused(got, f"{name} {one}", TOO_LONG % most)
            others = [door.form[other] for other in door.most if other != one]
            check_kept(got, f"{name} {one}", ["x" * LONG, *others])


def test_as_many_letters_as_there_may_be(site: SimpleNamespace) -> None:
    for name, door in site.doors.items():
        plain = [one for one in door.most if one not in ("email", "apply_mail", "code")]
        links = {
            one: "https://college.example/" for one in plain if one in ("website", "apply_link")
        }
        form = {one: links.get(one, "").ljust(door.most[one], "x") for one in plain}
        assert knock(site, name, **form).status == 303, name


def test_a_field_of_ten_megabytes(site: SimpleNamespace) -> None:
    """It is not read at all: a page says so, and how to get back to what was typed."""
    big = "x" * 10_000_000
    words = (
        "Nothing was saved. Go back: what you wrote is still there. Make it shorter, then send it"
        " again."
    )
    for name, door in site.doors.items():
        one = next(iter(door.most or door.form))
        form = {**door.whole, one: big}
        packed = urlencode(form, doseq=True)
        for got in (
            send(site, door.who, door.path, form),
            send(site, door.who, door.path, packed, "application/x-www-form-urlencoded"),
        ):
            assert (got.status, got.is_unchanged, words in got.text) == (413, True, True), name


def test_what_cannot_be_is_said_in_a_sentence(site: SimpleNamespace) -> None:
    for form, one, value, sentence in WRONG:
        name = form if form in site.doors else f"offer_write {form}"
        door, got = site.doors[name], knock(site, name, **{one: value})
        check_refused(got, f"{name} {one} {value[:20]}", sentence)
        check_kept(got, name, [door.form[other] for other in door.most if other != one])


def test_naughty_strings_in_each_field(site: SimpleNamespace) -> None:
    """Each is taken as words, or refused with what was typed; nothing of it runs on the page that
    comes next."""
    for name, door in site.doors.items():
        for number, one in enumerate(door.most):
            for words in OWN[number % SOME :: SOME]:
                got = knock(site, name, **{one: words})
                assert got.status in (303, 422), (name, one, words)
                assert got.next_status < 400, (name, one, words)
                if got.status == 422:
                    check_refused(got, name)
                    check_kept(got, name, [words])


def test_naughty_strings_in_every_field_at_once(site: SimpleNamespace) -> None:
    strings = cycle(naughty_strings())
    for name, door in site.doors.items():
        for _round in range(ROUNDS):
            form = dict(zip(door.whole, islice(strings, len(door.whole)), strict=True))
            got = send(site, door.who, door.path, form)
            assert got.status in (303, 422), (name, form)
            assert got.next_status < 400, (name, form)


def test_any_words_in_any_field(site: SimpleNamespace) -> None:
    """A fuzz over all forms: any fields, any words, also twice and with what they carry hidden."""
    names = sorted({one for door in site.doors.values() for one in door.whole})
    names += [
        "key",
        "mark",
        "back",
        "later",
        "before",
        "more",
        "look",
        "change",
        "page",
        "until_50",
    ]
    words = (
        st.text(max_size=80) | st.sampled_from(OWN) | st.integers().map(str) | st.dates().map(str)
    )

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        door=st.sampled_from(list(site.doors.values())),
        form=st.dictionaries(st.sampled_from(names), words | st.lists(words, max_size=3)),
    )
    def ask(door: Door, form: dict[str, Any]) -> None:
        got = send(site, door.who, door.path, {**door.whole, **form})
        assert got.status in (303, 422) and got.next_status < 400

    ask()


def test_a_choice_on_a_list_that_is_none(site: SimpleNamespace) -> None:
    """The page comes back with the sentence on top, and nothing has changed."""
    for name, (who, path, right, sentence) in steps(site).items():
        assert send(site, who, path, right).status == 303
        (field,) = right
        for form in ({}, *({field: words} for words in OWN if words.strip(" "))):
            client = client_of(getattr(site, who))
            before = rows()
            response = client.post(path, form)
            assert response.status_code == 303, (name, form)
            page = client.get(response["Location"]).content.decode()
            said = CHOOSE_ONE if sentence == CHOOSE and not form else sentence
            assert said in page, (name, form)
            assert rows() == before, (name, form)


@pytest.mark.parametrize("screen", ["what", "where", "how", "check"])
def test_what_is_kept_while_it_is_typed(site: SimpleNamespace, screen: str) -> None:
    """What can be read is kept; the rest stays as it was before."""
    door: Door = site.doors[f"offer_write {screen}"]
    path, client = at(site, "offer_keep", key(1), screen), Client(raise_request_exception=False)
    client.force_login(site.ed)
    assert client.post(path, door.whole).status_code == 204
    before = text(Offer.objects.get(uuid=key(1)))
    for one, words in ((one, words) for one in door.most for words in ("x" * LONG, "\x00")):
        assert client.post(path, {**door.whole, one: words}).status_code == 204, one
        assert text(Offer.objects.get(uuid=key(1))).get(one) == before.get(one), one
    for mark in OWN:
        assert client.post(path, {**door.whole, "mark": mark}).status_code == 204, mark


@pytest.mark.parametrize("year", [1, 206, 9999])
def test_days_of_another_age_are_a_draft_that_can_be_read(site: SimpleNamespace, year: int) -> None:
    """A draft holds what was typed: every page on which it stands can be looked at."""
    client = client_of(site.ed)
    days = dict.fromkeys(("from_on", "to_on", "on_1", "until_1"), date(year, 3, 1).isoformat())
    form = {**site.doors["offer_write where"].form, **days}
    assert client.post(at(site, "offer_write", key(1), "where"), form).status_code == 422
    for path in (
        *(at(site, "offer_write", key(1), screen) for screen in ("what", "where", "how", "check")),
        *(at(site, name) for name in ("partner_home", "partner_table_file", "partner_year")),
        at(site, "offer_status", key(1)),
    ):
        assert client.get(path).status_code == 200, path
    copy = client.post(at(site, "offer_again", key(1)), {"key": str(key(99))})
    assert client.get(copy["Location"]).status_code == 200
