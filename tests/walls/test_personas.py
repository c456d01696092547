"""A walk over every address of the site as every persona: who reads which private word."""

from collections.abc import Iterator
from typing import Any

import pytest

from courses.models import Course, LessonPage
from members.models import Member

from .addresses import Address, Got, Walker, addresses
from .planted import MAY_READ, PERSONAS, Planted, plant

Told = tuple[str, str, str]
WAYS: list[tuple[str, Any]] = [("get", None), ("post", {})]
# Routes without a language: they are asked once.
ONE_LANGUAGE = ("healthz", "readyz", "sitemap.xml", "robots.txt", "documents/", "media/")
NOT_THERE = (404, 405)


@pytest.fixture
def planted(db: None, settings) -> Planted:
    """Both hubs, full of private words. Nobody is slowed down on the walk."""
    settings.ACCOUNT_RATE_LIMITS = False
    return plant()


def forms(planted: Planted) -> list[dict[str, object]]:
    """What a walker sends: nothing, and a form that fits every field of the site somehow."""
    course = planted.courses[0]
    lesson = LessonPage.objects.filter(live=True).order_by("pk").first()
    return [
        {},
        {
            "name": "Somebody",
            "words": "Something",
            "link": "https://example.org/",
            "block": "no-such-block",
            "note": "A note",
            "decision": "return",
            "answer": "An answer",
            "reason": "A reason",
            "lesson": str(lesson.translation_key),
            "course": str(course.key),
            "reach": "new",
            "choice": "dark",
            "next": "/",
            "code": "ABCD EFGH",
            "username": "learner",
            "login": "learner",
            "password": "wrong",
            "email": "somebody@example.org",
        },
    ]


def questions(
    addresses: list[Address], fields: list[dict[str, object]]
) -> Iterator[tuple[str, str, Any]]:
    """What is asked: everything in English, with both forms; everything read in Spanish; in
    Arabic, and posted in Spanish, the first of each kind of address."""
    known: set[str] = set()
    for one in addresses:
        yield from ((way, one.path, data) for way, data in WAYS + [("post", fields[1])])
        if not one.route.startswith(ONE_LANGUAGE):
            yield "get", f"/es{one.path}", None
            if one.route not in known:
                yield from (("post", f"/es{one.path}", {}), ("get", f"/ar{one.path}", None))
        known.add(one.route)


def words_in(planted: Planted, got: Got, path: str) -> set[Told]:
    """The planted words that an answer shows, without those that stood in the question."""
    shown = f"{got.location}\n{got.text}".lower()
    return {
        (word.kind, word.owner, word.hub)
        for word in planted.words
        if word.text.lower() in shown and word.text not in path
    }


def expected(planted: Planted, persona: str) -> set[Told]:
    """The words that a persona may read, by the table."""
    return {
        (word.kind, word.owner, word.hub) for word in planted.words if persona in word.readers()
    }


def is_hidden(got: Got) -> bool:
    """Whether an answer says that there is nothing, or asks to sign in first."""
    return got.status in NOT_THERE or "/accounts/login/?next=" in got.location


@pytest.mark.parametrize("persona", PERSONAS)
def test_every_address_shows_a_persona_what_the_table_says(planted: Planted, persona: str) -> None:
    walker = Walker(getattr(planted.cast, persona, None))
    allowed = expected(planted, persona)
    seen: set[Told] = set()
    broken, leaks = [], []
    for way, path, data in questions(addresses(planted), forms(planted)):
        got = walker.ask(way, path, data)
        found = words_in(planted, got, path)
        seen |= found
        leaks += [(way, path, word) for word in found - allowed]
        if got.status >= 500:
            broken.append((way, path, got.status))
    assert (broken, leaks, allowed - seen) == ([], [], set())
    assert unlike_missing(planted, walker) == []


def unlike_missing(planted: Planted, walker: Walker) -> list[tuple[object, ...]]:
    """The addresses of denied things that answer in another way than those of missing things."""
    twins = [one for one in addresses(planted) if one.twin]
    found = []
    for way, data in WAYS:
        for one in twins:
            got = walker.ask(way, one.path, data)
            twin = walker.ask(way, one.twin, data) if is_hidden(got) else got
            if is_hidden(got) and got.like(one.path) != twin.like(one.twin):
                found.append((way, one.path, got.status, twin.status))
    return found


def test_table_names_every_kind_and_no_other(planted: Planted) -> None:
    assert {word.kind for word in planted.words} == set(MAY_READ)
    assert len({word.text for word in planted.words}) == len(planted.words)
    assert Member.objects.filter(is_superuser=True).count() == 1
    assert Course.objects.count() == 5
