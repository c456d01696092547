"""Cards: the mentors who fit an ask, with reasons in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Q

from members.statements import Statement
from mentorship import matching, slots
from mentorship.languages import name_of
from mentorship.matching import Asker, Giver, Match
from mentorship.models import Mentor, MentorAsk, Pairing

from . import sentences
from .fitting import course_of, fitting, topic_of, whoever
from .unmatched import Funnel, Recruit, funnel, recruit_next

__all__ = [
    "Card",
    "Funnel",
    "Recruit",
    "all_mentors_for",
    "card_for",
    "cards",
    "funnel",
    "recruit_next",
]

CARDS, LIST = 5, 50


@dataclass(frozen=True)
class Card:
    """A mentor as somebody who asks may see one, and why.

    `times` are the slots of the ask at which both are free. `explanation` is the match as data,
    with its place among those who fit; a pairing keeps it without that. `against` is empty on
    every card that a learner sees.
    """

    mentor: Mentor
    name: str
    hub: str
    hello: str
    band: str
    band_words: str
    reasons: list[str]
    languages: list[str]
    ways: list[str]
    times: list[str]
    against: list[str]
    match: Match
    explanation: dict[str, Any]


def cards(ask: MentorAsk, now: datetime, count: int = CARDS) -> list[Card]:
    """The few mentors who fit best; nobody who fails a hard filter.

    Three statements when the ask came with its programme, topic and course.
    """
    asker, givers = fitting(ask, now)
    found = matching.in_order(asker, givers, ask.programme.weights, now.date())
    fits = [one for one in found if not one[1]]
    return dealt(ask, asker, fits[:count], now, len(fits))


def card_for(
    ask: MentorAsk,
    mentor: Mentor,
    now: datetime,
    besides: Pairing | None = None,
    *,
    by_staff: bool = False,
) -> Card:
    """The card of one mentor, with what speaks against the two.

    `besides` is a pairing of theirs that does not count: the one that is being answered.
    """
    asked = Mentor.objects.filter(pk=mentor.pk)
    asker, givers = whoever(ask, now, asked, besides, by_staff=by_staff)
    found = matching.in_order(asker, givers, ask.programme.weights, now.date())
    return dealt(ask, asker, found, now, len(found))[0]


def all_mentors_for(ask: MentorAsk, now: datetime, words: str = "") -> list[Card]:
    """For the desk: the ready mentors of this hub and those who serve all hubs; the best first,
    then those against whom something speaks. At most fifty; `words` are a part of the name."""
    ready = Mentor.objects.ready().filter(Q(serves_all_hubs=True) | Q(hub=ask.hub_id))
    if words:
        ready = ready.filter(member__name__icontains=words)
    asker, givers = whoever(ask, now, ready, by_staff=True)
    found = matching.in_order(asker, givers, ask.programme.weights, now.date())
    fits = [one for one in found if not one[1]]
    return dealt(ask, asker, found[:LIST], now, len(fits))


def dealt(
    ask: MentorAsk,
    asker: Asker,
    found: list[tuple[Giver, tuple[str, ...]]],
    now: datetime,
    of: int,
) -> list[Card]:
    """Mentors as cards, in their order; `of` is how many fitted."""
    mentors = {row.pk: row for row in people(*(giver.mentor for giver, _against in found))}
    names, weights, dealt_cards = names_of(ask), ask.programme.weights, []
    for rank, (giver, against) in enumerate(found, 1):
        match = matching.score(asker, giver, weights, against)
        explanation = explained(match, weights, rank, of)
        dealt_cards.append(card(ask, match, mentors[giver.mentor], names, explanation, now))
    return dealt_cards


def people(*keys: int) -> list[Mentor]:
    """Mentors with their members and hubs."""
    return people_of(len(keys)).all(*keys) if keys else []


@lru_cache(maxsize=LIST)
def people_of(count: int) -> Statement[Mentor]:
    """The statement for so many mentors."""
    return Statement(
        lambda *keys: Mentor.objects.filter(pk__in=keys).select_related("member", "hub").order_by(),
        *range(70_001, 70_001 + count),
    )


def names_of(ask: MentorAsk) -> dict[str, str]:
    """What the topic and the course of an ask are called."""
    found = {topic_of(ask): ask.topic.label} if ask.topic else {}
    return found | ({course_of(ask): ask.course.title} if ask.course else {})


def explained(match: Match, weights: dict[str, int], rank: int, of: int) -> dict[str, Any]:
    """A match as data that is kept: it does not change when people or weights do."""
    return {
        "band": match.band,
        "points": match.points,
        "reasons": [dict(reason) for reason in match.reasons],
        "against": list(match.against),
        "weights": weights,
        "rank": rank,
        "of": of,
    }


def card(
    ask: MentorAsk,
    match: Match,
    mentor: Mentor,
    names: dict[str, str],
    explanation: dict[str, Any],
    now: datetime,
) -> Card:
    """One match in words."""
    return Card(
        mentor=mentor,
        name=mentor.member.name,
        hub=mentor.hub.name,
        hello=mentor.hello,
        band=match.band,
        band_words=sentences.band_words(match.band),
        reasons=[sentences.reason_words(reason, names) for reason in match.reasons],
        languages=[name_of(code) for code in mentor.languages],
        ways=[sentences.way_words(way) for way in open_ways(ask, mentor)],
        times=[sentences.slot_words(slot) for slot in shared_slots(ask, match, now)],
        against=sentences.against_words(match.against),
        match=match,
        explanation=explanation,
    )


def open_ways(ask: MentorAsk, mentor: Mentor) -> list[str]:
    """How a mentor meets somebody, in the order of the form: at the hub only where it is the same
    one."""
    given = set(mentor.ways) - (set() if mentor.hub_id == ask.hub_id else {"hub"})
    return [way for way in sentences.WAYS if way in given]


def shared_slots(ask: MentorAsk, match: Match, now: datetime) -> Iterable[str]:
    """The slots of an ask in which the mentor has time, in the order of the week."""
    for slot in slots.SLOTS:
        if slot in ask.slots:
            ranges = slots.minutes_of([slot], ask.time_zone, now.date())
            if slots.shared_minutes(ranges, match.giver.minutes):
                yield slot
