"""What each form of the pair's page does, and what the browser keeps of it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from mentorship import actions
from mentorship.models import Goal, MentorAsk, PairMessage, PairNote, Pulse
from tests.mentorship.pair_page_parts import new_pair, reader_of, sender_of, url
from tests.mentorship.pair_parts import DAY, key_of

pytestmark = pytest.mark.django_db
POSTS = [
    "mentorship:pair_answer",
    "mentorship:pair_withdraw",
    "mentorship:pair_message",
    "mentorship:pair_note",
    "mentorship:pair_goal",
    "mentorship:pair_progress",
    "mentorship:pair_pulse",
    "mentorship:pair_pause",
    "mentorship:pair_resume",
    "mentorship:pair_extend",
    "mentorship:pair_end",
    "mentorship:pair_close",
    "mentorship:pair_again",
    "mentorship:pair_goal_met",
]


@pytest.fixture
def look(signed_in: Callable[..., Client]) -> Callable[..., str]:
    return reader_of(signed_in)


@pytest.fixture
def post(signed_in: Callable[..., Client]) -> Callable[..., HttpResponse]:
    return sender_of(signed_in)


@pytest.mark.parametrize("name", POSTS)
def test_others_can_send_nothing(
    client: Client, post: Callable[..., HttpResponse], name: str
) -> None:
    pair = new_pair()
    more = [1] if name.endswith("_met") else []
    for who in ("coordinator", "safety", "admin", "outsider"):
        assert post(pair, who, name, *more, words="x", decision="yes").status_code == 404
    assert client.post(url(pair, name, *more)).status_code == 302
    assert client.get(url(pair, name, *more)).status_code == 405
    assert pair.again().state == "active"


def test_a_message_is_sent_once(
    post: Callable[..., HttpResponse], look: Callable[..., str]
) -> None:
    pair = new_pair()
    key = re.search(r'name="key" value="([\w-]+)" id="message_key"', look(pair, "mentee"))
    assert key
    for _time in range(2):
        response = post(pair, "mentee", "pair_message", words="Hello", key=key[1])
        assert (response.status_code, response["Location"]) == (303, f"{url(pair)}#last-message")
    assert PairMessage.objects.get().words == "Hello"
    assert post(pair, "mentee", "pair_message", words="Hi", key="nonsense").status_code == 303


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("pair_message", {"words": " "}, "Write a few words first."),
        ("pair_message", {"words": "kept " * 900}, "This is too long."),
        ("pair_note", {"words": "kept " * 900, "is_private": "on"}, "This is too long."),
        ("pair_goal", {"words": "kept " * 90, "number": "2"}, "This is too long."),
        ("pair_goal", {"words": "kept", "number": "9"}, "Three goals are the most."),
        ("pair_pulse", {"point": "week_2"}, "Choose how it goes."),
        ("pair_pulse", {"point": "week_6", "going": "3"}, "Nobody asks this now."),
        ("pair_pause", {"until": "never"}, "Write the day like 2027-03-20."),
        ("pair_pause", {"until": "2019-01-01"}, "within the next twelve weeks"),
        ("pair_end", {}, "Choose one of the reasons."),
        ("pair_close", {"achieved": "kept " * 400}, "This is too long."),
        ("pair_close", {"thanks": "kept"}, "This has changed meanwhile."),
        ("pair_again", {}, "Your time together is not over."),
    ],
)
def test_what_is_refused_is_given_back(
    post: Callable[..., HttpResponse], name: str, data: dict[str, str], words: str
) -> None:
    pair = new_pair(ago=15)
    response = post(pair, "mentee", name, **data)
    page = response.content.decode()
    assert (response.status_code, words in page) == (422, True)
    if "kept " in data.get("words", "") + data.get("achieved", ""):
        assert "kept kept kept" in page
    assert pair.again().state == "active"


def test_notes_goals_and_pulse_are_kept(post: Callable[..., HttpResponse]) -> None:
    pair = new_pair(ago=15)
    at = url(pair)
    sent = [
        post(pair, "mentor", "pair_note", words="N", is_private="on"),
        post(pair, "mentee", "pair_goal", words="G", number="1"),
        post(pair, "mentor", "pair_goal_met", 1, met="yes"),
        post(pair, "mentor", "pair_pulse", point="week_2", going="1", wants_call="on"),
    ]
    assert [(one.status_code, one["Location"]) for one in sent] == [
        (303, f"{at}#notes"),
        (303, f"{at}#goals"),
        (303, f"{at}#goals"),
        (303, at),
    ]
    assert PairNote.objects.get().is_private
    assert Goal.objects.get().met_at is not None
    assert (Pulse.objects.get().going, Pulse.objects.get().wants_call) == (1, True)
    post(pair, "mentee", "pair_goal_met", 1, met="no")
    assert Goal.objects.get().met_at is None
    assert post(pair, "mentee", "pair_goal_met", 3, met="yes").status_code == 422
    assert post(pair, "mentee", "pair_goal", words="", number="1").status_code == 303
    assert not Goal.objects.exists()


def test_two_questions_when_they_are_due_and_not_twice(
    look: Callable[..., str], post: Callable[..., HttpResponse]
) -> None:
    pair = new_pair(ago=15)
    assert "Two short questions" in look(pair, "mentor")
    post(pair, "mentor", "pair_pulse", point="week_2", going="3")
    assert "Two short questions" not in look(pair, "mentor")
    assert "Two short questions" in look(pair, "mentee")


def test_a_break_more_time_and_a_kind_end(
    post: Callable[..., HttpResponse], look: Callable[..., str]
) -> None:
    pair = new_pair()
    until = (timezone.now() + 10 * DAY).date()
    assert post(pair, "mentor", "pair_pause", until=until.isoformat()).status_code == 303
    assert pair.again().state == "paused"
    assert "Go on now" in look(pair, "mentee")
    assert post(pair, "mentee", "pair_resume").status_code == 303
    assert pair.again().state == "active"
    assert "Take more time" in look(pair, "mentee")
    assert post(pair, "mentee", "pair_extend").status_code == 303
    assert "Take more time" not in look(pair, "mentee")
    ended = post(pair, "mentor", "pair_end", reason="no_time")
    assert ended["Location"] == f"{url(pair)}#closing"
    page = look(pair, "mentee")
    assert "what you reached, and thank you" in page and "I want a mentor again" in page
    assert "No time any more" not in page
    assert "I want a mentor again" not in look(pair, "mentor")
    closed = post(pair, "mentee", "pair_close", achieved="All", thanks="You", again="on")
    assert (closed.status_code, closed["Location"]) == (303, url(pair))
    row = pair.again()
    assert (row.state, row.achieved, row.thanks) == ("closing", "All", "You")
    assert MentorAsk.objects.get(state="waiting").member == pair.mentee
    assert post(pair, "mentor", "pair_close").status_code == 303
    assert pair.again().state == "closed"
    assert "You asked for a mentor again." in look(pair, "mentee")


def test_the_mentor_does_not_ask_again(post: Callable[..., HttpResponse]) -> None:
    pair = new_pair("closing")
    assert post(pair, "mentor", "pair_close", thanks="You", again="on").status_code == 303
    assert not MentorAsk.objects.filter(state="waiting").exists()


def test_again_with_one_tap(post: Callable[..., HttpResponse], look: Callable[..., str]) -> None:
    pair = new_pair("closed")
    assert "Ask for a mentor again" in look(pair, "mentee")
    for _time in range(2):
        assert post(pair, "mentee", "pair_again").status_code == 303
    assert MentorAsk.objects.filter(state="waiting").count() == 1


def test_earlier_messages_open_with_a_tap(look: Callable[..., str]) -> None:
    pair = new_pair()
    now = timezone.now()
    PairMessage.objects.bulk_create(
        [
            PairMessage(
                pairing=pair.pairing,
                key=key_of(n),
                words=f"m{n:03}",
                author=pair.mentee,
                made_at=now,
            )
            for n in range(53)
        ]
    )
    page, whole = look(pair, "mentor"), look(pair, "mentor", query="?messages=all")
    assert ("m003" in page, "m002" in page, "Show earlier messages" in page) == (True, False, True)
    assert ("m000" in whole, "Show earlier messages" in whole) == (True, False)


def marks(page: str) -> dict[str, str]:
    """What the forms that keep typed words in the browser are marked with."""
    return dict(re.findall(r'data-keep="([\w-]+)" data-mark="(\d*)"', page))


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_what_the_browser_keeps_is_marked_by_what_has_arrived(
    look: Callable[..., str], who: str
) -> None:
    """The mark changes with one's own message and with a plan; the other's message leaves it."""
    pair = new_pair()
    own, other = getattr(pair, who), pair.mentee if who == "mentor" else pair.mentor
    facts: dict[str, Any] = {"pairing": pair.pairing}
    assert marks(look(pair, who)) == {"message": "0", "plan": "0"}
    mine = actions.send_message(member=own, key=key_of(1), words="m1", **facts)
    actions.send_message(member=other, key=key_of(2), words="m2", **facts)
    meeting = actions.plan_meeting(
        member=own, key=key_of(3), starts_at=timezone.now() + DAY, way="phone", **facts
    )
    page = look(pair, who)
    assert marks(page) == {"message": str(mine.pk), "plan": str(meeting.pk)}
    assert 'data-keep="note"' not in page


def test_the_closing_form_is_marked_when_it_is_sent(look: Callable[..., str]) -> None:
    pair = new_pair("closing")
    assert marks(look(pair, "mentee"))["close"] == ""
    row = actions.close_pairing(member=pair.mentee, pairing=pair.pairing, thanks="Thank you.")
    assert row.mentee_closed_at is not None
    assert marks(look(pair, "mentee"))["close"] == str(int(row.mentee_closed_at.timestamp()))
