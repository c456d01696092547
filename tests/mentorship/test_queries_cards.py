"""Who has a card, what stands on it, and in which order cards come."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from courses.models import Course, Enrolment, Release
from members.models import Member
from mentorship import life
from mentorship.models import MemberBlock, Mentor, Pairing
from mentorship.queries import all_mentors_for, card_for, cards, funnel

from .factories import make_absence, make_ask, make_mentor, make_pairing, make_programme, make_topic
from .matching_parts import DAY, NOW, WEEK, ask_of, ask_of_again, make_bare_cast, mentor, names


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    return make_bare_cast()


def finish(member: Member, course: Course) -> None:
    """A finished course."""
    release = Release.objects.filter(course=course).first()
    dates = {"started_at": NOW, "last_at": NOW, "finished_at": NOW}
    Enrolment.objects.create(member=member, course=course, hub=course.hub, release=release, **dates)


def test_a_card_says_who_and_why(cast: SimpleNamespace) -> None:
    made = mentor(
        cast,
        "amina",
        slots=("mon-eve", "fri-am"),
        courses=[cast.course],
        free_since=NOW - 9 * WEEK,
        languages=("en", "ti"),
        ways=("video", "hub"),
        hello="Ask me anything.",
    )
    finish(made.member, cast.course)
    ask = ask_of(cast, course=cast.course, languages=("en", "ti"), important=("course",))
    [card] = cards(ask, NOW)
    assert card.mentor == made
    assert (card.name, card.hub, card.hello) == ("Amina", "Harbour Hub", "Ask me anything.")
    assert (card.band, card.band_words) == ("strong", "Fits very well")
    assert card.reasons == [
        "Helps with Coding.",
        "Is 1 course ahead in this topic.",
        "Took the course Basics.",
        "Is free at the same time for 3 hours a week.",
        "Comes from the same hub.",
        "Has time now.",
        "Speaks English and Tigrinya too.",
    ]
    assert card.languages == ["English", "ትግርኛ"]
    assert (card.ways, card.times) == (["by video", "at the hub"], ["Monday evening"])
    assert card.against == []
    assert card.explanation == {
        "band": "strong",
        "points": 100,
        "reasons": [
            {"code": "topic", "topic": "coding"},
            {"code": "ahead", "steps": 1},
            {"code": "course", "course": cast.course.key.hex},
            {"code": "hours", "minutes": 180},
            {"code": "hub"},
            {"code": "waiting"},
            {"code": "language", "languages": ["en", "ti"]},
        ],
        "against": [],
        "weights": ask.programme.weights,
        "rank": 1,
        "of": 1,
    }


def test_nobody_who_fails_a_hard_filter_has_a_card(cast: SimpleNamespace) -> None:
    fits = mentor(cast, "fits")
    for state in ("applied", "screening", "paused", "left"):
        mentor(cast, f"is_{state}", state=state)
    mentor(cast, "unchecked", check_level=0)
    mentor(cast, "due_today", check_due_on=NOW.date())
    make_absence(mentor(cast, "away"), NOW)
    make_absence(mentor(cast, "away_before_an_answer"), NOW + 3 * DAY)
    Member.objects.filter(pk=mentor(cast, "closed").member_id).update(is_active=False)
    mentor(cast, "speaks_german", languages=("de",))
    mentor(cast, "at_the_hub", ways=("hub",))
    mentor(cast, "own_hub_only", hub=cast.other_hub, serves_all_hubs=False)
    mentor(cast, "mornings", slots=("mon-am",))
    taken = mentor(cast, "taken")
    make_pairing(make_ask(cast.neighbour, cast.hub, asked_at=NOW), taken, "proposed", at=NOW)
    mentor(cast, "a_man", traits=("man",))
    make_mentor(cast.learner, cast.hub, applied_at=NOW, traits=("woman",))
    Mentor.objects.filter(pk=fits.pk).update(traits=" woman ")
    ask = ask_of(cast, wishes=("woman",))
    assert names(cards(ask, NOW)) == ["Fits"]


def test_what_is_in_date_and_back_has_a_card(cast: SimpleNamespace) -> None:
    mentor(cast, "due_tomorrow", check_due_on=(NOW + DAY).date())
    make_absence(mentor(cast, "was_away"), NOW - 8 * DAY)
    make_absence(mentor(cast, "will_be_away"), NOW + 4 * DAY)
    mentor(cast, "other_hub", hub=cast.other_hub)
    assert names(cards(ask_of(cast), NOW)) == [
        "Due Tomorrow",
        "Was Away",
        "Will Be Away",
        "Other Hub",
    ]


def test_without_a_check_asked_for_a_due_one_does_no_harm(cast: SimpleNamespace) -> None:
    mentor(cast, "unchecked", check_level=0, check_due_on=NOW.date())
    ask = ask_of(cast, programme=make_programme(cast.hub, check_level=0))
    assert names(cards(ask, NOW)) == ["Unchecked"]


def test_at_the_hub_means_the_same_hub(cast: SimpleNamespace) -> None:
    mentor(cast, "here", ways=("hub",))
    mentor(cast, "there", ways=("hub",), hub=cast.other_hub)
    ask = ask_of(cast, ways=("hub",))
    assert names(cards(ask, NOW)) == ["Here"]
    assert card_for(ask, Mentor.objects.get(member__username="there"), NOW).against == [
        "They have no way to meet."
    ]


@pytest.mark.parametrize(
    "state,hours,left",
    [
        ("proposed", 0, []),
        ("proposed", 72, ["Seat"]),  # it ran out
        ("accepted", 0, []),
        ("active", 0, []),
        ("paused", 0, []),
        ("closing", 0, []),
        ("closing", 14 * 24, ["Seat"]),  # it is over
        ("closed", 0, ["Seat"]),
        ("declined", 0, ["Seat"]),
        ("withdrawn", 0, ["Seat"]),
    ],
)
def test_a_seat_is_held_until_its_date(
    cast: SimpleNamespace, state: str, hours: int, left: list[str]
) -> None:
    made = mentor(cast, "seat")
    make_pairing(make_ask(cast.neighbour, cast.hub, asked_at=NOW), made, state, at=NOW)
    now = NOW + timedelta(hours=hours)
    assert names(cards(ask_of(cast), now)) == left


def test_a_second_seat_is_free(cast: SimpleNamespace) -> None:
    made = mentor(cast, "two_seats", capacity=2)
    make_pairing(make_ask(cast.neighbour, cast.hub, asked_at=NOW), made, "active", at=NOW)
    ask = ask_of(cast)
    assert names(cards(ask, NOW)) == ["Two Seats"]
    make_pairing(make_ask(cast.partner, cast.hub, asked_at=NOW), made, "proposed", at=NOW)
    assert cards(ask, NOW) == []


@pytest.mark.parametrize(
    "state,reason,left",
    [
        ("declined", "", []),
        ("expired", "", ["Known"]),
        ("closed", "no_fit", []),
        ("closed", "safety", []),
        ("closed", "done", ["Known"]),
        ("closed", "mentor_left", ["Known"]),
        ("withdrawn", "", ["Known"]),
        ("proposed", "", []),
        ("active", "", []),
    ],
)
def test_who_was_asked_before_is_shown_again_only_if_it_went_well(
    cast: SimpleNamespace, state: str, reason: str, left: list[str]
) -> None:
    made = mentor(cast, "known", capacity=3)
    before = make_ask(cast.learner, cast.hub, asked_at=NOW - 9 * WEEK, state="paired")
    make_pairing(before, made, state, at=NOW - 4 * DAY, end_reason=reason)
    assert names(cards(ask_of(cast), NOW)) == left


def test_what_was_taken_back_is_not_shown_before_its_time(cast: SimpleNamespace) -> None:
    """Else a new ask would tell a mentor who said no from one who had not answered."""
    made = mentor(cast, "known")
    before = make_ask(cast.learner, cast.hub, asked_at=NOW, state="withdrawn")
    make_pairing(before, made, "withdrawn", at=NOW)
    ask = ask_of(cast)
    assert names(cards(ask, NOW + 3 * DAY - timedelta(seconds=1))) == []
    assert names(cards(ask, NOW + 3 * DAY)) == ["Known"]


@pytest.mark.parametrize("state", ["expired", "withdrawn", "declined"])
def test_one_ask_tries_a_mentor_once_but_staff_may_ask_again(
    cast: SimpleNamespace, state: str
) -> None:
    made = mentor(cast, "known")
    ask = ask_of(cast)
    make_pairing(ask, made, state, at=NOW - 30 * DAY)
    assert (cards(ask, NOW), card_for(ask, made, NOW).match.against) == ([], ("apart",))
    against = ("apart",) if state == "declined" else ()
    assert card_for(ask, made, NOW, by_staff=True).match.against == against
    assert [card.match.against for card in all_mentors_for(ask, NOW)] == [against]


def test_a_no_and_no_answer_look_the_same(cast: SimpleNamespace) -> None:
    """Nobody can tell from the cards or the sentence whether a mentor said no."""
    made = mentor(cast, "asked")
    ask = ask_of(cast)
    pairing = make_pairing(ask, made, "proposed", at=NOW)
    seen = []
    for state in (life.DECLINED, life.EXPIRED):
        Pairing.objects.filter(pk=pairing.pk).update(state=state)
        seen.append((cards(ask, NOW), funnel(ask, NOW)))
    Pairing.objects.filter(pk=pairing.pk).update(state=life.PROPOSED, expires_at=NOW)
    seen.append((cards(ask, NOW), funnel(ask, NOW)))
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][1].sentence == "Nobody else fits what was asked for at the moment."


@pytest.mark.parametrize("by_mentor", [True, False])
def test_a_block_works_both_ways(cast: SimpleNamespace, by_mentor: bool) -> None:
    made = mentor(cast, "blocked")
    two = [made.member, cast.learner] if by_mentor else [cast.learner, made.member]
    ask = ask_of(cast)
    assert names(cards(ask, NOW)) == ["Blocked"]
    MemberBlock.objects.create(member=two[0], blocked=two[1], made_at=NOW)
    assert cards(ask, NOW) == []
    assert card_for(ask, made, NOW).match.against == ("apart",)


def test_the_best_five_come_first_whatever_their_number(cast: SimpleNamespace) -> None:
    cooking = make_topic("cooking", "Cooking")
    for number in range(4):
        mentor(cast, f"cook_{number}", topics=[cooking], free_since=NOW - 20 * WEEK)
    mentor(cast, "far", hub=cast.other_hub)
    mentor(cast, "long_free", free_since=NOW - 8 * WEEK)
    mentor(cast, "near")
    found = cards(ask_of(cast), NOW)
    assert names(found) == ["Long Free", "Near", "Far", "Cook 0", "Cook 1"]
    assert [card.explanation["rank"] for card in found] == [1, 2, 3, 4, 5]
    assert {card.explanation["of"] for card in found} == {7}
    assert names(cards(ask_of_again(cast), NOW, count=1)) == ["Long Free"]


def test_somebody_not_sure_of_the_topic_is_met_by_who_is_a_little_ahead(
    cast: SimpleNamespace,
) -> None:
    ahead = mentor(cast, "ahead", topics=[])
    finish(ahead.member, cast.course)
    mentor(cast, "other")
    found = cards(ask_of(cast, topic=None), NOW)
    assert names(found) == ["Ahead", "Other"]
    assert [reason["code"] for reason in found[0].match.reasons] == [
        "ahead",
        "hours",
        "hub",
        "language",
    ]
