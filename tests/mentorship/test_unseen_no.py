"""A no cannot be told from a question that is out: everything that the mentee reads is the same."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from mentorship import actions, jobs
from mentorship.models import MentorAsk, Pairing
from tests.mentorship import factories
from tests.mentorship.pair_parts import DAY, NOW, Pair, make_pair

pytestmark = pytest.mark.django_db
# New on each page whatever it shows.
ONCE = re.compile(r'name="(csrfmiddlewaretoken|key)" value="[\w-]+"')
PATHS = (
    "/me/",
    "/me/notices/",
    "/me/data/",
    "/mentorship/",
    "/mentorship/ask/",
    "/mentorship/ask/when/",
    "/mentorship/ask/cards/",
    "/mentorship/calendar/",
)
Act = Callable[["Story"], object]
Page = tuple[int, str, str]


@dataclass
class Story(Pair):
    """A pair of whom one has asked, and the moment at which all of a story happens."""

    now: datetime = NOW


@pytest.fixture
def client_of(signed_in: Callable[..., Client]) -> Callable[..., Client]:
    return signed_in


def asked(days: int = 1) -> Story:
    """Somebody asked some days ago; another mentor is free, and three days are the time."""
    now = timezone.now()
    pair = make_pair("proposed", at=now - days * DAY)
    factories.make_mentor(pair.outsider, pair.hub, applied_at=now)
    return Story(**vars(pair), now=now)


def say_no(pair: Story) -> None:
    """The mentor says no, half a day after the question."""
    at = pair.pairing.proposed_at + DAY / 2
    actions.decline_pairing(member=pair.mentor, pairing=pair.pairing, words="SECRET", now=at)


def read(client: Client) -> dict[str, Page]:
    """All that the mentee may read, without what is new on each page."""
    paths = [*PATHS, *(f"/mentorship/pairs/{row.pk}/{end}" for row in rows() for end in ENDS)]
    found = {}
    for path in paths:
        response = client.get(path)
        body = ONCE.sub("", response.content.decode())
        found[path] = (response.status_code, response.get("Location", ""), body)
    return found


ENDS = ("", "report/", "block/")


def rows() -> list[Pairing]:
    """The pairings of the mentee, the oldest first."""
    return list(Pairing.objects.order_by("pk"))


def after(client: Client, pair: Story, *acts: Act) -> dict[str, Page]:
    """What the mentee reads after some acts, which are then taken back."""
    with transaction.atomic():
        for act in acts:
            act(pair)
        found = read(client)
        transaction.set_rollback(True)
    return found


def unlike(one: dict[str, Page], other: dict[str, Page]) -> list[str]:
    """The addresses that do not answer the same, byte by byte."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def tick(pair: Story) -> None:
    """The clock."""
    for job in jobs.JOBS:
        job(pair.now)


def let_choose(pair: Story) -> None:
    """The mentee lets us choose, now or some time ago."""
    MentorAsk.objects.update(chooses_for_me=True)


def take_back(pair: Story) -> None:
    """The mentee takes the question to the mentor back."""
    actions.withdraw_proposal(member=pair.mentee, pairing=pair.pairing, now=pair.now)


def block(pair: Story) -> None:
    """The mentee wants never to be matched with the mentor again."""
    actions.block_member(member=pair.mentee, pairing=pair.pairing, now=pair.now)


def take_all_back(pair: Story) -> None:
    """The mentee does not want a mentor any more."""
    actions.withdraw_ask(member=pair.mentee, ask=pair.ask, now=pair.now)


def choose(pair: Story) -> None:
    """The mentee lets us choose while somebody is asked."""
    actions.choose_for_me(member=pair.mentee, ask=pair.ask, now=pair.now)


@pytest.mark.parametrize("chooses", [False, True])
def test_a_question_with_a_no_reads_like_one_that_is_out(
    client_of: Callable[..., Client], chooses: bool
) -> None:
    pair = asked()
    client = client_of(pair.mentee)
    first = [let_choose] if chooses else []
    out = after(client, pair, *first, tick)
    no = after(client, pair, *first, say_no, tick)
    assert unlike(no, out) == []
    page = out[f"/mentorship/pairs/{pair.pairing.pk}/"][2]
    assert "You have asked Mara Mentor" in page and "Take it back" in page
    assert "You have asked Mara Mentor" in out["/mentorship/ask/cards/"][2]
    assert "Mara Mentor" in out["/me/"][2]


@pytest.mark.parametrize("act", [take_back, block, take_all_back, choose])
def test_what_the_mentee_does_meanwhile_comes_to_the_same(
    client_of: Callable[..., Client], act: Act
) -> None:
    pair = asked()
    client = client_of(pair.mentee)
    out, no = after(client, pair, act), after(client, pair, say_no, act)
    assert unlike(no, out) == []
    page = out[f"/mentorship/pairs/{pair.pairing.pk}/"][2]
    assert ("This question was taken back." in page) == (act is not choose)


@pytest.mark.parametrize(
    "path",
    [
        "/mentorship/pairs/{pk}/withdraw/",
        "/mentorship/pairs/{pk}/block/",
        "/mentorship/pairs/{pk}/answer/",
        "/mentorship/ask/withdraw/",
        "/mentorship/ask/cards/choose/",
        "/mentorship/ask/cards/{mentor}/",
        "/mentorship/ask/cards/{other}/",
    ],
)
def test_what_the_mentee_sends_meanwhile_is_answered_alike(
    client_of: Callable[..., Client], path: str
) -> None:
    pair = asked()
    client = client_of(pair.mentee)
    other = pair.outsider.mentor.pk
    address = path.format(pk=pair.pairing.pk, mentor=pair.giver.pk, other=other)
    answers: list[Page] = []

    def send(pair: Story) -> None:
        response = client.post(address)
        body = ONCE.sub("", response.content.decode())
        answers.append((response.status_code, response.get("Location", ""), body))
        page = client.get("/mentorship/").content.decode()
        answers.append((0, "", ONCE.sub("", page)))

    after(client, pair, send)
    after(client, pair, say_no, send)
    assert answers[:2] == answers[2:]


@pytest.mark.parametrize("chooses", [False, True])
@pytest.mark.parametrize("clock", [[], [tick], [tick, tick]])
def test_when_the_time_is_over_it_ran_out(
    client_of: Callable[..., Client], clock: list[Act], chooses: bool
) -> None:
    pair = asked(days=4)
    client = client_of(pair.mentee)
    first = [let_choose] if chooses else []
    late, no = after(client, pair, *first, *clock), after(client, pair, *first, say_no, *clock)
    assert unlike(no, late) == []
    page = late[f"/mentorship/pairs/{pair.pairing.pk}/"][2]
    assert "Mara Mentor cannot be your mentor at the moment. You keep your place." in page
    cards = late["/mentorship/ask/cards/"][2]
    assert ("We have asked Outsider for you" if chooses and clock else "Ask Outsider") in cards
    assert "Ask Mara Mentor" not in cards


def pauses(pair: Story) -> None:
    """The mentor takes nobody new."""
    actions.pause_mentor(member=pair.mentor, now=pair.now)


def leaves(pair: Story) -> None:
    """The mentor stops."""
    actions.leave_mentoring(member=pair.mentor, now=pair.now)


@pytest.mark.parametrize("act", [pauses, leaves])
def test_what_the_mentor_does_meanwhile_comes_to_the_same(
    client_of: Callable[..., Client], act: Act
) -> None:
    pair = asked()
    client = client_of(pair.mentee)
    out, no = after(client, pair, act), after(client, pair, say_no, act)
    assert unlike(no, out) == []
    assert "Ask Outsider" in out["/mentorship/ask/cards/"][2]


def test_staff_who_pair_by_hand_after_a_no_took_the_question_back(
    client_of: Callable[..., Client],
) -> None:
    pair = asked()
    client = client_of(pair.mentee)

    def stop(pair: Story) -> None:
        values = {"verb": "stop", "reason": "Good.", "now": pair.now}
        actions.move_pairing(member=pair.coordinator, pairing=pair.pairing, **values)

    def by_hand(pair: Story) -> None:
        values = {"ask": pair.ask, "mentor": pair.outsider.mentor, "reason": "Good."}
        actions.pair_by_hand(member=pair.coordinator, now=pair.now, **values)

    out, no = after(client, pair, stop, by_hand), after(client, pair, say_no, by_hand)
    assert unlike(no, out) == []
    assert "We have asked Outsider for you" in out["/mentorship/ask/cards/"][2]


def test_staff_see_the_no_at_once(client_of: Callable[..., Client]) -> None:
    pair = asked()
    say_no(pair)
    client = client_of(pair.coordinator)
    page = client.get(f"/desk/riverside/mentorship/pairs/{pair.pairing.pk}/").content.decode()
    assert "Declined" in page
    board = client.get(f"/desk/riverside/mentorship/asks/{pair.ask.pk}/").content.decode()
    assert "Outsider" in board and 'name="mentor"' in board
