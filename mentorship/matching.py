"""Who fits whom: hard filters that are never traded off, and a soft score that says why. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from . import slots

# The least that two people need: the length of a usual meeting.
LEAST_MINUTES = 30
FULL_MINUTES = 180
FULL_WEEKS = 8
MANY_STEPS = 0.5
# From so many points on a match is strong, or good; below it is possible.
STRONG, GOOD = 67, 40


@dataclass(frozen=True)
class Asker:
    """What somebody asks for. `topic` is a slug, `course` the hex of a key; both may be empty.

    `finished` counts the courses that the person has finished in the topic.
    """

    member: int
    hub: int
    topic: str
    course: str
    languages: frozenset[str]
    ways: frozenset[str]
    minutes: slots.Ranges
    wishes: frozenset[str]
    important: frozenset[str]
    finished: int
    check_level: int


@dataclass(frozen=True)
class Giver:
    """What a mentor gives, and what stands between the mentor and the one who asks.

    `topics` and `courses` need hold only what the asker named.
    """

    mentor: int
    member: int
    hub: int
    topics: frozenset[str]
    courses: frozenset[str]
    languages: frozenset[str]
    ways: frozenset[str]
    minutes: slots.Ranges
    traits: frozenset[str]
    seats_left: int
    check_level: int
    check_due_on: date | None
    serves_all_hubs: bool
    is_away: bool
    is_kept_apart: bool
    finished: int
    free_weeks: int
    is_ready: bool = True


@dataclass(frozen=True)
class Match:
    """How well a mentor fits, in points and as a band, with reasons as data.

    `against` holds the hard filters that fail: nobody but staff ever sees such a match.
    """

    giver: Giver
    points: int
    band: str
    reasons: tuple[dict[str, Any], ...]
    against: tuple[str, ...] = ()


def is_cleared(asker: Asker, giver: Giver, today: date) -> bool:
    """Ready, not away, and checked as the programme asks; a check that is due counts no more."""
    in_date = giver.check_due_on is None or today < giver.check_due_on
    is_checked = asker.check_level == 0 or (giver.check_level >= asker.check_level and in_date)
    return giver.is_ready and not giver.is_away and is_checked


def has_language(asker: Asker, giver: Giver, today: date) -> bool:
    """They can talk."""
    return bool(asker.languages & giver.languages)


def has_way(asker: Asker, giver: Giver, today: date) -> bool:
    """They can meet: at the hub only where it is the same one, and nobody is served from a hub
    that keeps its mentors for itself."""
    same = asker.hub == giver.hub
    ways = asker.ways & giver.ways
    return (same or giver.serves_all_hubs) and bool(ways if same else ways - {"hub"})


def has_time(asker: Asker, giver: Giver, today: date) -> bool:
    """Some time of the week is free for both."""
    return slots.shared_minutes(asker.minutes, giver.minutes) >= LEAST_MINUTES


def has_seat(asker: Asker, giver: Giver, today: date) -> bool:
    """The mentor takes one more; a seat that a proposal holds is taken."""
    return giver.seats_left > 0


def has_wish(asker: Asker, giver: Giver, today: date) -> bool:
    """All that the learner wished for is so."""
    return asker.wishes <= giver.traits


def is_free_of(asker: Asker, giver: Giver, today: date) -> bool:
    """Nothing keeps the two apart, and they are two."""
    return not giver.is_kept_apart and asker.member != giver.member


FITS: dict[str, Callable[[Asker, Giver, date], bool]] = {
    "cleared": is_cleared,
    "language": has_language,
    "way": has_way,
    "time": has_time,
    "seat": has_seat,
    "wish": has_wish,
    "apart": is_free_of,
}
FILTERS = tuple(FITS)
# Of somebody who fails one of these nobody says that they have time now.
HAS_NO_TIME = frozenset(["cleared", "time", "seat"])


def failed(asker: Asker, giver: Giver, today: date) -> tuple[str, ...]:
    """The hard filters that speak against a mentor, in their order; none for one who fits."""
    return tuple([code for code, fits in FITS.items() if not fits(asker, giver, today)])


def steps_ahead(asker: Asker, giver: Giver) -> int:
    """How many more courses the mentor has finished in the topic."""
    return max(0, giver.finished - asker.finished)


def ahead(steps: int) -> float:
    """One or two steps ahead are best: the mentor still knows how it was."""
    if steps == 0:
        return 0.0
    return 1.0 if steps <= 2 else MANY_STEPS


def parts_of(asker: Asker, giver: Giver) -> dict[str, float]:
    """The parts of the score, each from 0 to 1. What the learner left open is left out."""
    minutes = slots.shared_minutes(asker.minutes, giver.minutes)
    parts = {
        "ahead": ahead(steps_ahead(asker, giver)),
        "hours": min(1.0, minutes / FULL_MINUTES),
        "hub": float(asker.hub == giver.hub),
        "waiting": min(1.0, giver.free_weeks / FULL_WEEKS),
    }
    if asker.topic:
        parts["topic"] = float(asker.topic in giver.topics)
    if asker.course:
        parts["course"] = float(asker.course in giver.courses)
    marked = [parts[name] for name in sorted(asker.important) if name in parts]
    if marked:
        parts["important"] = sum(marked) / len(marked)
    return parts


def points_of(parts: Mapping[str, float], weights: Mapping[str, int]) -> int:
    """The weighted mean of the parts, from 0 to 100."""
    total = sum(weights[name] for name in parts)
    if not total:
        return 0
    return round(100 * sum(weights[name] * part for name, part in parts.items()) / total)


def band_of(points: int) -> str:
    """Which of the three bands some points are in."""
    if points >= STRONG:
        return "strong"
    return "good" if points >= GOOD else "possible"


def score(
    asker: Asker, giver: Giver, weights: Mapping[str, int], against: tuple[str, ...] = ()
) -> Match:
    """How well a mentor fits somebody, whatever the hard filters say."""
    parts = parts_of(asker, giver)
    points = points_of(parts, weights)
    reasons = reasons_of(asker, giver, parts, weights)
    if HAS_NO_TIME & set(against):
        reasons = tuple(reason for reason in reasons if reason["code"] != "waiting")
    return Match(giver, points, band_of(points), reasons, against)


def reasons_of(
    asker: Asker, giver: Giver, parts: Mapping[str, float], weights: Mapping[str, int]
) -> tuple[dict[str, Any], ...]:
    """What speaks for a mentor, what weighs most first; the language they share comes last."""
    shared = sorted(asker.languages & giver.languages)
    facts: dict[str, dict[str, Any]] = {
        "topic": {"topic": asker.topic},
        "ahead": {"steps": steps_ahead(asker, giver)},
        "hours": {"minutes": slots.shared_minutes(asker.minutes, giver.minutes)},
        "course": {"course": asker.course},
        "hub": {},
        "waiting": {},
    }
    # Somebody who was free for less than half of the full time has not waited.
    told = [name for name in facts if parts.get(name, 0) >= (0.5 if name == "waiting" else 0.001)]
    told.sort(key=lambda name: -weights[name] * parts[name])
    reasons = [{"code": name, **facts[name]} for name in told]
    return (*reasons, *([{"code": "language", "languages": shared}] if shared else []))


def in_order(
    asker: Asker, givers: Iterable[Giver], weights: Mapping[str, int], today: date
) -> list[tuple[Giver, tuple[str, ...]]]:
    """All mentors, each with the hard filters that speak against them: the least of those first,
    then the best, the longest free, the oldest row."""
    found = []
    for giver in givers:
        against = failed(asker, giver, today)
        points = points_of(parts_of(asker, giver), weights)
        key = len(against), -points, -giver.free_weeks, giver.mentor
        found.append((key, giver, against))
    found.sort(key=lambda one: one[0])
    return [(giver, against) for _key, giver, against in found]


def ranked(
    asker: Asker, givers: Iterable[Giver], weights: Mapping[str, int], today: date
) -> list[Match]:
    """All mentors as matches, in order; those against whom something speaks come last."""
    found = in_order(asker, givers, weights, today)
    return [score(asker, giver, weights, against) for giver, against in found]


def best(
    asker: Asker,
    givers: Iterable[Giver],
    weights: Mapping[str, int],
    today: date,
    count: int = 5,
) -> list[Match]:
    """The few mentors who fit best. Nobody who fails a hard filter is among them."""
    found = in_order(asker, givers, weights, today)
    fitting = [giver for giver, against in found if not against]
    return [score(asker, giver, weights) for giver in fitting[:count]]
