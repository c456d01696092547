"""A seeded site has mentors, people who wait, pairs, and private words with their readers."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from hub.seed import Plan, seed_site
from members.models import Member, Membership
from mentorship import slots
from mentorship.models import (
    CaseEntry,
    Goal,
    Meeting,
    Mentor,
    MentorAsk,
    Pairing,
    PairingMove,
    PairMessage,
    PairNote,
    Programme,
    SafetyCase,
)
from mentorship.queries import cards

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
PLAN = Plan(learners=2, courses=2, mentors=30)
# In every hub: a word in each of these fields, and who may see it there.
READERS = {
    "hello of a mentor": ["every member"],
    "words of an ask": ["mentee", "mentor", "coordinator"],
    "words of an old ask": ["former", "coordinator"],
    "reason of the desk for a pair": ["mentee", "mentor", "coordinator"],
    "reason of the desk for a move": ["mentee", "mentor", "coordinator"],
    "goal of a pair": ["mentee", "mentor"],
    "place of a meeting": ["mentee", "mentor"],
    "shared note of a pair": ["mentee", "mentor"],
    "message in a pair": ["mentee", "mentor"],
    "words of a safety case": ["mentee", "safety"],
    "note in a safety case": ["safety"],
    "words of a no": ["mentor", "coordinator"],
    "what a pair achieved": ["former"],
    "thanks of a pair": ["former"],
    "next step after a pair": ["former"],
}


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """A small seeded site, for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield seed_site(PLAN, seed=7, password="a-password-7", now=NOW)
        transaction.set_rollback(True)


@pytest.fixture
def seeded(site: dict[str, Any], db: None) -> dict[str, Any]:
    """The seeded site; what a test changes in it is undone."""
    return site


def test_plan_says_how_many_wait_and_are_paired() -> None:
    assert (PLAN.askers, PLAN.mentees) == (30, 10)
    large = Plan(learners=1, courses=1, mentors=3_000)
    assert (large.askers, large.mentees) == (200, 1_000)
    assert (Plan(1, 1).mentors, Plan(1, 1).askers) == (0, 0)


def test_mentors_are_as_an_action_would_write_them(seeded: dict[str, Any]) -> None:
    made = Mentor.objects.filter(member__username__startswith="bench-mentor-")
    assert made.count() == 30
    for mentor in made:
        mentor.full_clean()
        ranges = slots.minutes_of(mentor.slots, mentor.time_zone, NOW.date())
        assert slots.week_bits(ranges) == (mentor.hours_a, mentor.hours_b, mentor.hours_c)
        assert (mentor.topics.count(), mentor.courses.count()) == (1, 1)
        assert Membership.objects.filter(member=mentor.member, hub=mentor.hub).count() == 1
    assert set(made.values_list("state", flat=True)) == {"ready", "applied", "paused"}
    assert Programme.objects.count() == 4


def test_people_wait_and_others_have_found_somebody(seeded: dict[str, Any]) -> None:
    assert MentorAsk.objects.waiting().count() == 30
    for ask in MentorAsk.objects.all():
        ask.full_clean()
    pairs = Pairing.objects.filter(mentee__username__startswith="bench-mentee-")
    assert Counter(pairs.values_list("state", "ask__state")) == {("active", "paired"): 10}
    assert all(pair.mentee_id == pair.ask.member_id for pair in pairs)
    assert any(cards(ask, NOW) for ask in MentorAsk.objects.waiting())


def test_new_rows_are_numbered_after_the_bulk(seeded: dict[str, Any]) -> None:
    new = Member.objects.create(username="new", name="New")
    assert new.pk > Member.objects.get(username="bench-asker-30").pk


def test_facts_lead_to_pairs_and_people(seeded: dict[str, Any], client: Client) -> None:
    facts = seeded["mentorship"]
    assert (facts["askers"], facts["mentees"]) == (30, 10)
    assert [(one["state"], one["mentee"]) for one in facts["pairs"][:2]] == [
        ("active", "bench-planted-mentee-1"),
        ("closed", "bench-planted-former-1"),
    ]
    assert {one["hub"] for one in facts["pairs"]} == {f"bench-{n}" for n in range(1, 5)}
    names = {one["username"] for one in seeded["people"]}
    assert {"bench-safety-1", "bench-planted-mentor-4", "bench-planted-former-2"} <= names
    for one in facts["pairs"]:
        client.force_login(Member.objects.get(username=one["mentee"]))
        assert client.get(one["url"]).status_code == 200


def test_each_word_stands_in_its_field_and_has_its_readers(seeded: dict[str, Any]) -> None:
    mine = [one for one in seeded["canaries"] if one["hub"] == "bench-1"]
    found = {one["field"]: one for one in mine}
    for field, people in READERS.items():
        assert [short(name) for name in found[field]["seen_by"]] == people, field
    private = [one for one in mine if one["field"] == "private note in a pair"]
    assert [[short(name) for name in one["seen_by"]] for one in private] == [
        ["mentee"],
        ["mentor"],
    ]
    stored = " ".join(stored_words())
    planted = [one["word"] for one in mine if one["field"] in {*READERS, "private note in a pair"}]
    assert len(planted) == 18
    assert [word for word in planted if word not in stored] == []


def short(username: str) -> str:
    """What a planted person is."""
    return username.removeprefix("bench-").removeprefix("planted-").removesuffix("-1")


def stored_words() -> Iterator[str]:
    """All that stands in the free-text fields of mentorship."""
    fields = {
        Mentor: ["hello"],
        MentorAsk: ["words"],
        Pairing: ["staff_reason", "decline_words", "achieved", "thanks", "next_step"],
        PairingMove: ["reason"],
        Goal: ["words"],
        Meeting: ["place"],
        PairNote: ["words"],
        PairMessage: ["words"],
        SafetyCase: ["words"],
        CaseEntry: ["words"],
    }
    for model, names in fields.items():
        for row in model._default_manager.values_list(*names):
            yield from row
