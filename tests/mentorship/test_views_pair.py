"""The pair's page: who comes in, and what it shows to whom."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from mentorship import actions
from mentorship.models import Pairing, PairMessage
from tests.mentorship import factories
from tests.mentorship.pair_page_parts import new_pair, plain, reader_of, sender_of, url, with_course
from tests.mentorship.pair_parts import DAY, Pair, key_of

pytestmark = pytest.mark.django_db
STATES = [
    "proposed",
    "accepted",
    "active",
    "paused",
    "closing",
    "closed",
    "declined",
    "expired",
    "withdrawn",
]


@pytest.fixture
def look(signed_in: Callable[..., Client]) -> Callable[..., str]:
    return reader_of(signed_in)


@pytest.fixture
def post(signed_in: Callable[..., Client]) -> Callable[..., HttpResponse]:
    return sender_of(signed_in)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("who", ["mentor", "mentee", "coordinator", "safety", "admin", "outsider"])
def test_who_comes_in(signed_in: Callable[..., Client], state: str, who: str) -> None:
    pair = new_pair(state)
    response = signed_in(getattr(pair, who)).get(url(pair))
    open_to = who in ("mentee", "mentor")
    assert response.status_code == (200 if open_to else 404)
    if open_to:
        assert response["Cache-Control"] == (
            "max-age=0, no-cache, no-store, must-revalidate, private"
        )


def test_what_is_not_mine_is_missing_like_what_is_not_there(
    signed_in: Callable[..., Client],
) -> None:
    pair = new_pair()
    client = signed_in(pair.outsider)
    theirs, missing = client.get(url(pair)), client.get(reverse("mentorship:pair", args=[987654]))
    clean = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|/mentorship/pairs/\d+/')
    pages = [clean.sub("", one.content.decode()) for one in (theirs, missing)]
    assert (theirs.status_code, pages[0]) == (404, pages[1])


def test_a_visitor_signs_in(client: Client) -> None:
    pair = new_pair()
    response = client.get(url(pair))
    assert (response.status_code, response["Location"]) == (
        302,
        f"/accounts/login/?next={url(pair)}",
    )


def test_who_was_the_mentor_has_lost_it_at_once(
    look: Callable[..., str], post: Callable[..., HttpResponse]
) -> None:
    """Also where only a date has ended it, and after leaving."""
    over = new_pair(ago=300)
    assert over.pairing.state == "active"
    bare = look(over, "mentor")
    assert "This pairing has ended" in bare and "Lea Learner" not in bare
    response = post(over, "mentor", "pair_extend")
    assert (response.status_code, response["Location"]) == (303, "/me/")
    written = post(over, "mentor", "pair_message", words="kept-words")
    assert written.status_code == 422
    assert "kept-words" in written.content.decode()
    assert "Lea Learner" not in written.content.decode()
    assert not PairMessage.objects.exists()


def test_a_mentee_who_writes_too_late_gets_the_words_back(
    post: Callable[..., HttpResponse],
) -> None:
    over = new_pair("closed")
    response = post(over, "mentee", "pair_message", words="kept-words")
    assert response.status_code == 422
    assert "What you typed" in response.content.decode()
    assert "kept-words" in response.content.decode()


SECRETS = ("zebra-mine", "zebra-theirs", "zebra-shared", "zebra-message", "zebra-goal")


def fill(pair: Pair) -> None:
    """Planted words in every place."""
    both: dict[str, Any] = {"pairing": pair.pairing}
    mentor, mentee = pair.mentor, pair.mentee
    for who, words, private in (
        (mentee, "zebra-mine", True),
        (mentor, "zebra-theirs", True),
        (mentor, "zebra-shared", False),
    ):
        actions.add_note(member=who, key=key_of(words), words=words, is_private=private, **both)
    actions.send_message(member=mentor, key=key_of(1), words="zebra-message", **both)
    actions.set_goal(member=mentee, number=1, words="zebra-goal", **both)


def secrets_in(page: str) -> list[str]:
    return [word for word in SECRETS if word in page]


def test_private_notes_are_of_one_and_marked(look: Callable[..., str]) -> None:
    pair = new_pair()
    fill(pair)
    mine, theirs = look(pair, "mentee"), look(pair, "mentor")
    assert secrets_in(mine) == ["zebra-mine", "zebra-shared", "zebra-message", "zebra-goal"]
    assert secrets_in(theirs) == ["zebra-theirs", "zebra-shared", "zebra-message", "zebra-goal"]
    assert mine.count("Only you</span>") == theirs.count("Only you</span>") == 1
    actions.end_pairing(member=pair.mentee, pairing=pair.pairing, reason="done")
    actions.close_pairing(member=pair.mentee, pairing=pair.pairing, thanks="zebra-thanks")
    actions.close_pairing(member=pair.mentor, pairing=pair.pairing)
    assert secrets_in(look(pair, "mentee")) == secrets_in(mine)
    assert "zebra-thanks" in look(pair, "mentee")


def test_a_mentor_who_left_finds_no_word_and_the_mentee_all(look: Callable[..., str]) -> None:
    pair = new_pair()
    fill(pair)
    actions.leave_mentoring(member=pair.mentor)
    assert secrets_in(look(pair, "mentor")) == []
    assert secrets_in(look(pair, "mentee")) == [one for one in SECRETS if one != "zebra-theirs"]


def test_staff_find_no_word_of_a_pair_on_their_desk(signed_in: Callable[..., Client]) -> None:
    pair = new_pair()
    fill(pair)
    client = signed_in(pair.coordinator)
    for name in ("desk_pairs", "desk_board"):
        page = client.get(reverse(f"mentorship:{name}", args=["riverside"])).content.decode()
        assert secrets_in(page) == []


def test_markup_is_shown_and_not_run(look: Callable[..., str]) -> None:
    pair = new_pair()
    nasty = "<img src=x onerror=alert(1)> javascript:alert(1)"
    actions.send_message(member=pair.mentor, pairing=pair.pairing, key=key_of(1), words=nasty)
    page = look(pair, "mentee")
    assert "<img src=x" not in page and "&lt;img src=x onerror=alert(1)&gt;" in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize(
    ("state", "mentor", "mentee"),
    [
        ("accepted", "Meet for the first time by ", "Meet for the first time by "),
        ("active", "Your time together lasts until ", "Your time together lasts until "),
        ("paused", "You have a break. You go on on ", "You have a break. You go on on "),
        ("closing", "Say what you reached by ", "Say what you reached by "),
    ],
)
def test_a_date_is_always_said(
    look: Callable[..., str], state: str, mentor: str, mentee: str
) -> None:
    pair = new_pair(state)
    assert mentor in look(pair, "mentor")
    assert mentee in look(pair, "mentee")


def test_the_page_says_by_whose_clock_its_times_are(look: Callable[..., str]) -> None:
    pair = new_pair()
    assert "Times are by the clock of Madrid." in look(pair, "mentor")
    assert "Times are by the clock of UTC." in look(pair, "mentee")


def test_a_private_note_says_who_may_read_it_all_the_same(look: Callable[..., str]) -> None:
    page = look(new_pair(), "mentee")
    assert "Only for me. After a report, the safety lead may read it, and that is logged." in page


def test_somebody_who_left_is_named_so(look: Callable[..., str]) -> None:
    pair = new_pair()
    fill(pair)
    Pairing.objects.update(mentor=None)
    PairMessage.objects.update(author=None)
    assert "You and somebody who has left" in look(pair, "mentee")


def count(signed_in: Callable[..., Client], pair: Pair, who: str) -> int:
    client = signed_in(getattr(pair, who))
    client.get(url(pair))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url(pair)).status_code == 200
    return len(captured)


@pytest.mark.parametrize(("who", "statements"), [("mentee", 13), ("mentor", 13)])
def test_what_the_page_costs(signed_in: Callable[..., Client], who: str, statements: int) -> None:
    pair = new_pair()
    with_course(pair)
    for number in (1, 2, 3):
        both: dict[str, Any] = {"pairing": pair.pairing, "key": key_of(number)}
        actions.send_message(member=pair.mentor, words=f"m{number}", **both)
        actions.add_note(member=pair.mentor, words=f"n{number}", **both)
        actions.set_goal(member=pair.mentee, pairing=pair.pairing, number=number, words="g")
        actions.plan_meeting(
            member=pair.mentor, starts_at=timezone.now() + number * DAY, way="phone", **both
        )
        if number != 2:
            assert count(signed_in, pair, who) == statements


def test_a_quick_way_out_and_a_way_to_report(look: Callable[..., str]) -> None:
    pair = new_pair()
    page = look(pair, "mentee")
    link = '<a class="button quiet" href="https://www.wikipedia.org/" rel="noreferrer" data-exit>'
    assert link in page
    assert f'href="{url(pair, "pair_report")}"' in page
    assert f'href="{url(pair, "pair_block")}"' in page


@pytest.mark.parametrize(
    ("state", "who", "words"),
    [
        ("active", "mentee", "Mara Mentor is away from 4 to 5."),
        ("active", "mentor", "You are away from 4 to 5. Lea Learner knows it."),
        ("proposed", "mentor", "You are away from 4 to 5. If you say yes, Lea Learner is told."),
        ("proposed", "mentee", ""),
        ("closed", "mentee", ""),
    ],
)
def test_days_away_stand_on_the_page(
    look: Callable[..., str], state: str, who: str, words: str
) -> None:
    """Those that are not over and begin before the end of the time."""
    pair = new_pair(state)
    now = timezone.now()
    for ahead, days in ((-9, 7), (4, 1), (90, 3)):
        factories.make_absence(pair.giver, now + ahead * DAY, days=days)
    first, last = (date_format(now + ahead * DAY, "DATE_FORMAT") for ahead in (4, 5))
    page = plain(look(pair, who))
    expected = words.replace("from 4 to 5", f"from {first} to {last}")
    assert expected in page
    assert page.count(" away from ") == (1 if words else 0)
