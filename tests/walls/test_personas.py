"""A walk over every address of the site as every persona: who reads which private word."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from wagtail.models import PageViewRestriction

from courses.models import Course, LessonPage
from members.models import Member
from mentorship.forms.desk import PROGRAMME_FIELDS
from partners.addresses import slug_of
from partners.models import Offer

from .addresses import Address, Got, Walker, addresses
from .planted import Planted
from .readers import COLLEAGUES, MAY_READ, PERSONAS, SIGNED_IN, Word

pytestmark = pytest.mark.walk
Told = tuple[str, str, str]
WAYS: list[tuple[str, Any]] = [("get", None), ("post", {})]
# How many addresses of one kind are asked in more ways.
AGAIN = 2
# What a curious person adds to an address.
QUERY = {
    "q": "'; --",
    "page": "2",
    "show": "all",
    "next": "//evil.example/",
    "hub": "valley",
    "member": "1",
    "preview": "1",
    "format": "json",
}
# Routes without a language: they are asked once.
ONE_LANGUAGE = ("healthz", "readyz", "sitemap.xml", "robots.txt", "documents/", "media/", "api/")
NOT_THERE = (404, 405)
# Where something of partners, or of a person, can be: there walks who is there for partners alone.
OF_PARTNERS = ("offers/", "partners/", "api/", "search/", "me/", "desk/<slug:hub>/partners/")
# What the forms of mentorship take.
MENTORSHIP: dict[str, object] = {
    "topic": "coding",
    "age": "adult",
    "hub": "harbour",
    "languages": ["en"],
    "ways": ["video"],
    "spans": ["week-eve"],
    "slots": ["mon-eve"],
    "time_zone": "UTC",
    "wish": "none",
    "important": ["hours"],
    "shares_progress": "on",
    "topics": ["coding"],
    "courses": [],
    "capacity": "2",
    "hello": "Hello",
    "trait": "none",
    "serves_all_hubs": "on",
    "is_adult": "on",
    "from_on": "2030-03-01",
    "until_on": "2030-03-09",
    "until": "2030-03-09",
    "key": "00000000-0000-4000-8000-000000000001",
    "is_private": "on",
    "number": "1",
    "met": "yes",
    "held": "yes",
    "day": "2030-03-01",
    "time": "18:30",
    "minutes": "30",
    "way": "video",
    "place": "A place",
    "point": "week_2",
    "going": "2",
    "wants_call": "on",
    "achieved": "A program",
    "thanks": "Thank you",
    "next_step": "More",
    "again": "on",
    "kind": "other",
    "blocks": "on",
    "verb": "end",
    "who": "both",
    "mentor": "1",
    "to": "paused",
    "level": "1",
    "seen_on": "2026-01-05",
    "due_on": "2031-01-05",
    "title": "A programme",
    "summary": "What it is",
    "is_open": "on",
    "check_level": "1",
    "days": "90",
    **{name: "3" for name in PROGRAMME_FIELDS},
}

# What the forms of partners take.
PARTNERS: dict[str, object] = {
    "learns": "How to weld.",
    "for_whom": "All",
    "mode": "online",
    "is_any_time": "on",
    "cost": "free",
    "apply_by": "form",
    "contact": "Ring us.",
    "agrees": "on",
    "message": "Hello",
    "role": "editor",
    "state": "seen",
    "about": "Who we are",
    "gives": "Courses",
    "website": "https://college.example",
    "revision": "1",
    "offers": ["1"],
    "proof": "known",
    "scheme": "",
}


def form_of(planted: Planted) -> dict[str, object]:
    """A form that fits every field of the site somehow."""
    lesson = LessonPage.objects.filter(live=True).order_by("pk").first()
    return {
        "name": "Somebody",
        "words": "Something",
        "link": "https://example.org/",
        "block": "no-such-block",
        "note": "A note",
        "decision": "return",
        "answer": "An answer",
        "reason": "A reason",
        "lesson": str(lesson.translation_key),
        "course": str(planted.courses[0].key),
        "reach": "new",
        "choice": "dark",
        "next": "/",
        "code": "ABCD EFGH",
        "username": "learner",
        "login": "learner",
        "password": "wrong",
        "email": "somebody@example.org",
        **MENTORSHIP,
        **PARTNERS,
    }


def walked_by(persona: str, every: list[Address]) -> list[Address]:
    """The addresses that a persona asks for."""
    if persona not in COLLEAGUES:
        return every
    return [one for one in every if one.route.startswith(OF_PARTNERS)]


def questions(
    addresses: list[Address], fields: dict[str, object]
) -> Iterator[tuple[str, str, Any]]:
    """What is asked: everything in English, with and without a form; the first two of each kind of
    address with a query and for the head alone too, and the first in the other languages."""
    known: Counter[str] = Counter()
    for one in addresses:
        yield from ((way, one.path, data) for way, data in [*WAYS, ("post", fields)])
        if known[one.route] < AGAIN:
            yield "get", one.path, QUERY
            yield "head", one.path, None
        if not one.route.startswith(ONE_LANGUAGE) and not known[one.route]:
            yield from ((way, f"/es{one.path}", data) for way, data in WAYS)
            yield "get", f"/ar{one.path}", None
        known[one.route] += 1


def words_in(planted: Planted, got: Got, path: str) -> set[Word]:
    """The planted words that an answer shows, without those that stood in the question."""
    shown = f"{got.location}\n{got.text}".lower()
    return {word for word in planted.words if word.text.lower() in shown and word.text not in path}


def told(words: Iterable[Word]) -> set[Told]:
    """What words are, each kind of one person and hub once."""
    return {(word.kind, word.owner, word.hub) for word in words}


def stands_there(persona: str, word: Word) -> bool:
    """Whether a persona comes to where a word stands."""
    return persona not in COLLEAGUES or SIGNED_IN not in MAY_READ[word.kind]


def asks_to_sign_in(got: Got) -> bool:
    """Whether an answer leads to the sign-in."""
    return "/accounts/login/?next=" in got.location


def is_hidden(got: Got) -> bool:
    """Whether an answer says that there is nothing, or asks to sign in first."""
    return got.status in NOT_THERE or asks_to_sign_in(got)


def published() -> set[str]:
    """The keys and slugs of published lessons, and the slugs of published pages for members and
    of public offers."""
    lessons = LessonPage.objects.live().values_list("translation_key", "slug")
    closed = PageViewRestriction.objects.filter(page__live=True)
    names = {str(part) for row in lessons for part in row}
    offers = {slug_of(row) for row in Offer.objects.public()}
    return names | offers | {row.page.slug for row in closed}


@pytest.mark.parametrize("persona", PERSONAS)
def test_every_address_shows_a_persona_what_the_table_says(planted: Planted, persona: str) -> None:
    walker = Walker(getattr(planted.cast, persona, None))
    allowed = {word for word in planted.words if word.is_for(persona)}
    every = walked_by(persona, addresses(planted))
    seen: set[Word] = set()
    broken, leaks = [], []
    answers: dict[tuple[str, str], Got] = {}
    for way, path, data in questions(every, form_of(planted)):
        got = walker.ask(way, path, data)
        answers.setdefault((way, path), got)
        found = words_in(planted, got, path)
        seen |= found
        leaks += [(way, path, word) for word in found - allowed]
        if got.status >= 500:
            broken.append((way, path, got.status))
    missed = told(word for word in allowed if stands_there(persona, word)) - told(seen)
    assert (broken, leaks, missed) == ([], [], set())
    assert unlike_missing(every, answers, walker) == []


def unlike_missing(
    every: list[Address], answers: dict[tuple[str, str], Got], walker: Walker
) -> list[tuple[object, ...]]:
    """The hidden things that answer in another way than those that are not there.

    Hidden is what nobody can open by this address: neither by reading nor by sending. Not hidden
    is what is published, if for members: it asks a visitor to sign in.
    """
    found, shown = [], published()
    for one in every:
        got = {way: answers[way, one.path] for way, _data in WAYS}
        if not one.twin or not all(map(is_hidden, got.values())):
            continue
        if any(map(asks_to_sign_in, got.values())) and shown & set(one.path.split("/")):
            continue
        for way, data in WAYS:
            twin, like = walker.ask(way, one.twin, data).like(one.twin), got[way].like(one.path)
            if like != twin:
                found.append((way, one.path, like[:2], twin[:2]))
    return found


def test_the_walk_asks_fifteen_thousand_times(planted: Planted) -> None:
    every, fields = addresses(planted), form_of(planted)
    asked = [len(list(questions(walked_by(persona, every), fields))) for persona in PERSONAS]
    assert sum(asked) >= 15_000


def test_table_names_every_kind_and_no_other(planted: Planted) -> None:
    assert {word.kind for word in planted.words} == set(MAY_READ)
    assert len({word.text for word in planted.words}) == len(planted.words)
    assert Member.objects.filter(is_superuser=True).count() == 1
    assert Course.objects.count() == 5
