"""Cards, what speaks against somebody, why nobody fits, and whom a hub should look for."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from courses.models import Course, Enrolment, Release
from members.models import Hub, Member
from mentorship import life
from mentorship.models import MemberBlock, Mentor, MentorAsk, Pairing
from mentorship.queries import (
    all_mentors_for,
    card_for,
    cards,
    funnel,
    language_words,
    recruit_next,
    slot_words,
)
from mentorship.queries.fitting import MOST
from mentorship.slots import minutes_of, week_bits
from tests.factories import make_member

from .factories import (
    EVENINGS,
    make_absence,
    make_ask,
    make_mentor,
    make_pairing,
    make_programme,
    make_topic,
)

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    """Two hubs, people and a course as bare rows: no page is needed here."""
    hub = Hub.objects.create(slug="harbour", name="Harbour Hub", place="Harbour")
    other = Hub.objects.create(slug="valley", name="Valley Hub", place="Valley")
    course = Course.objects.create(hub=hub, title="Basics", slug="basics", topic="coding")
    Release.objects.create(course=course, number=1, outline={}, change="first", made_at=NOW)
    people = {name: make_member(name) for name in ("learner", "neighbour", "partner")}
    return SimpleNamespace(hub=hub, other_hub=other, course=course, **people)


def ask_of(cast: SimpleNamespace, **values: Any) -> MentorAsk:
    """The learner's ask, as an action would fetch it."""
    ask = make_ask(cast.learner, cast.hub, **{"asked_at": NOW, **values})
    return MentorAsk.objects.select_related("programme", "topic", "course").get(pk=ask.pk)


def mentor(cast: SimpleNamespace, name: str, **values: Any) -> Mentor:
    """A mentor with a name; of the learner's hub unless another is named."""
    hub = values.pop("hub", cast.hub)
    return make_mentor(make_member(name), hub, **{"applied_at": NOW, **values})


def names(found: list[Any]) -> list[str]:
    """Whom some cards show."""
    return [card.name for card in found]


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


def ask_of_again(cast: SimpleNamespace) -> MentorAsk:
    """The learner's ask that is there already."""
    return MentorAsk.objects.get(member=cast.learner)


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


def test_half_an_hour_is_told_to_the_minute(cast: SimpleNamespace) -> None:
    """In Kolkata 18:00 is 12:30 in UTC: the hour of the week is shared, the time is not."""
    made = mentor(cast, "kolkata", slots=("mon-eve",), time_zone="Asia/Kolkata")
    ask = ask_of(cast, slots=("mon-am",), time_zone="Atlantic/Azores")  # 9:00 to 12:00 in UTC
    assert cards(ask, NOW) == []
    MentorAsk.objects.filter(pk=ask.pk).update(time_zone="America/Noronha")  # 11:00 to 14:00
    [card] = cards(ask_of_again(cast), NOW)
    assert card.mentor == made
    assert card.reasons[2] == "Is free at the same time for 1.5 hours a week."
    assert card.times == ["Monday morning"]


def test_the_funnel_counts_to_the_minute_too(cast: SimpleNamespace) -> None:
    """13:00 to 17:00 is 7:15 to 11:15 in Kathmandu and 3:30 to 7:30 in Adelaide."""
    mentor(cast, "kathmandu", slots=("mon-pm",), time_zone="Asia/Kathmandu")
    ask = ask_of(cast, slots=("mon-pm",), time_zone="Australia/Adelaide")
    told = funnel(ask, NOW)
    assert told.steps == [
        ("cleared", 1),
        ("language", 1),
        ("way", 1),
        ("time", 0),
        ("seat", 0),
        ("wish", 0),
        ("apart", 0),
    ]
    assert told.sentence == "1 mentor speaks English, but is not free on Monday afternoon."
    ask.time_zone = "Australia/Perth"  # 5:00 to 9:00
    assert funnel(ask, NOW).emptied_by == ""


def test_an_open_pairing_may_be_left_out(cast: SimpleNamespace) -> None:
    made = mentor(cast, "asked")
    ask = ask_of(cast)
    pairing = make_pairing(ask, made, "proposed", at=NOW)
    assert card_for(ask, made, NOW).match.against == ("seat", "apart")
    assert card_for(ask, made, NOW, besides=pairing).match.against == ()


def test_the_desk_sees_the_best_and_what_speaks_against_the_others(
    cast: SimpleNamespace,
) -> None:
    mentor(cast, "best")
    mentor(cast, "full_and_german", languages=("de",), check_level=0)
    make_absence(mentor(cast, "away"), NOW)
    mentor(cast, "paused", state="paused")
    mentor(cast, "theirs", hub=cast.other_hub, serves_all_hubs=False)
    found = all_mentors_for(ask_of(cast), NOW)
    assert [(card.name, card.against) for card in found] == [
        ("Best", []),
        ("Away", ["Not ready now: away, paused, or a check is missing or due."]),
        (
            "Full And German",
            [
                "Not ready now: away, paused, or a check is missing or due.",
                "They share no language.",
            ],
        ),
    ]
    assert [card.explanation["of"] for card in found] == [1, 1, 1]
    assert found[1].explanation["against"] == ["cleared"]


def test_the_funnel_says_what_emptied_the_list(cast: SimpleNamespace) -> None:
    ask = ask_of(
        cast, languages=("ti",), ways=("phone",), slots=("mon-eve", "tue-eve"), wishes=("woman",)
    )
    told = [funnel(ask, NOW)]
    made = mentor(cast, "first", languages=("en",), ways=("video",), slots=("mon-am",))
    told.append(funnel(ask, NOW))
    for values in ({"languages": " ti "}, {"ways": " phone "}):
        Mentor.objects.filter(pk=made.pk).update(**values)
        told.append(funnel(ask, NOW))
    minutes = minutes_of(["mon-eve"], "UTC", NOW.date())
    hours = dict(zip(("hours_a", "hours_b", "hours_c"), week_bits(minutes), strict=True))
    Mentor.objects.filter(pk=made.pk).update(slots=" mon-eve ", **hours)
    other = make_ask(cast.neighbour, cast.hub, asked_at=NOW)
    pairing = make_pairing(other, made, "proposed", at=NOW)
    told.append(funnel(ask, NOW))
    pairing.delete()
    told.append(funnel(ask, NOW))
    Mentor.objects.filter(pk=made.pk).update(traits=" woman ")
    told.append(funnel(ask, NOW))
    MemberBlock.objects.create(member=made.member, blocked=cast.learner, made_at=NOW)
    told.append(funnel(ask, NOW))
    assert [(one.emptied_by, one.sentence) for one in told] == [
        ("cleared", "No mentor is ready at the moment."),
        ("language", "1 mentor is ready, but does not speak Tigrinya."),
        ("way", "1 mentor speaks Tigrinya, but cannot meet by phone."),
        ("time", "1 mentor speaks Tigrinya, but is not free in the evening."),
        (
            "seat",
            "1 mentor speaks Tigrinya and is free in the evening, but has no place left now.",
        ),
        ("wish", "1 mentor has a place left, but is not a woman."),
        ("", ""),
        ("apart", "Nobody else fits what was asked for at the moment."),
    ]
    assert told[6].steps == [
        ("cleared", 1),
        ("language", 1),
        ("way", 1),
        ("time", 1),
        ("seat", 1),
        ("wish", 1),
        ("apart", 1),
    ]


def test_four_mentors_speak_tigrinya(cast: SimpleNamespace) -> None:
    for number in range(4):
        mentor(cast, f"speaker_{number}", languages=("ti",), slots=("mon-am",))
    mentor(cast, "german", languages=("de",))
    told = funnel(ask_of(cast, languages=("ti",)), NOW)
    assert told.sentence == "4 mentors speak Tigrinya, none is free in the evening."
    assert told.steps[:4] == [("cleared", 5), ("language", 4), ("way", 4), ("time", 0)]


@pytest.mark.parametrize(
    "slots,words",
    [
        (("sun-am", "sat-eve"), "at the weekend"),
        (("mon-am", "tue-am"), "in the morning"),
        (("mon-pm", "tue-pm"), "in the afternoon"),
        (("mon-pm",), "on Monday afternoon"),
        (("mon-pm", "tue-am"), "at these times"),
        ((), "at these times"),
    ],
)
def test_times_are_said_in_few_words(
    cast: SimpleNamespace, slots: tuple[str, ...], words: str
) -> None:
    mentor(cast, "nights", slots=())
    told = funnel(ask_of(cast, slots=slots), NOW)
    assert told.sentence == f"1 mentor speaks English, but is not free {words}."


def test_several_languages_and_ways_are_listed(cast: SimpleNamespace) -> None:
    mentor(cast, "german", languages=("de",))
    ask = ask_of(cast, languages=("ti", "ar", "so"))
    assert funnel(ask, NOW).sentence == (
        "1 mentor is ready, but does not speak Arabic, Somali or Tigrinya."
    )
    ask.languages, ask.ways = ("de",), ("hub",)
    Mentor.objects.update(ways=" phone ")
    assert funnel(ask, NOW).sentence == "1 mentor speaks German, but cannot meet at the hub."


def test_an_ask_without_times_ways_or_languages_fits_nobody(cast: SimpleNamespace) -> None:
    mentor(cast, "anybody")
    ask = ask_of(cast)
    for field in ("slots", "ways", "languages"):
        setattr(ask, field, ())
        assert cards(ask, NOW) == []
        setattr(ask, field, EVENINGS if field == "slots" else ("phone", "en"))


def test_a_hub_learns_whom_to_look_for(cast: SimpleNamespace) -> None:
    mentor(cast, "german_mornings", languages=("de",), slots=("mon-am",), ways=("phone",))
    for number in range(2):
        wants = {"languages": ("ti",), "asked_at": NOW}
        make_ask(make_member(f"tigrinya_{number}"), cast.hub, **wants)
    german = {"languages": ("de",), "asked_at": NOW}
    make_ask(make_member("evening"), cast.hub, **german)
    make_ask(make_member("by_video"), cast.hub, **german, ways=("video",))
    make_ask(make_member("wishes"), cast.hub, **german, slots=("mon-am",), wishes=("woman",))
    make_ask(make_member("is_served"), cast.hub, **german, slots=("mon-am",))
    make_ask(make_member("elsewhere"), cast.other_hub, languages=("ti",), asked_at=NOW)
    assert [(one.count, one.sentence) for one in recruit_next(cast.hub, NOW)] == [
        (2, "2 people wait for a mentor who speaks Tigrinya."),
        (1, "1 person waits for a mentor who speaks German and can meet by video."),
        (1, "1 person waits for a mentor who speaks German and is a woman."),
        (1, "1 person waits for a mentor who speaks German and is free in the evening."),
    ]


def test_a_hub_with_full_or_no_mentors_learns_it(cast: SimpleNamespace) -> None:
    waits = make_ask(cast.learner, cast.hub, asked_at=NOW)
    assert [one.sentence for one in recruit_next(cast.hub, NOW)] == [
        "1 person waits for the first mentor who is checked and ready."
    ]
    made = mentor(cast, "full")
    other = make_ask(cast.neighbour, cast.hub, asked_at=NOW)
    make_pairing(other, made, "active", at=NOW)
    assert [one.sentence for one in recruit_next(cast.hub, NOW)] == [
        "1 person waits for one more mentor who speaks English and is free in the evening."
    ]
    make_pairing(waits, mentor(cast, "more"), "proposed", at=NOW)
    assert recruit_next(cast.hub, NOW) == []


def test_words_come_in_the_language_of_the_reader(cast: SimpleNamespace) -> None:
    with override("es"):
        assert slot_words("tue-am").startswith("martes")
    assert (language_words("ti"), language_words("xx")) == ("Tigrinya", "xx")
    mentor(cast, "short", slots=("mon-eve",), time_zone="Asia/Kolkata")
    ask = ask_of(cast, slots=("mon-am",), time_zone="Atlantic/Cape_Verde")
    [card] = cards(ask, NOW)
    assert "Is free at the same time for 30 minutes a week." in card.reasons


# What it costs


def statements(act: Any) -> int:
    """How many statements something takes."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


@pytest.mark.parametrize("mentors", [1, 3])
def test_cards_take_three_statements(cast: SimpleNamespace, mentors: int) -> None:
    for number in range(mentors):
        mentor(cast, f"mentor_{number}", courses=[cast.course])
    ask = ask_of(cast, course=cast.course, wishes=())
    assert statements(lambda: cards(ask, NOW)) == 3
    made = Mentor.objects.all()[0]
    assert statements(lambda: card_for(ask, made, NOW)) == 3
    assert statements(lambda: all_mentors_for(ask, NOW)) == 3
    assert statements(lambda: recruit_next(cast.hub, NOW)) == 2
    ask.languages = ("ti",)
    assert statements(lambda: cards(ask, NOW)) == 2
    assert statements(lambda: funnel(ask, NOW)) == 1


def test_mentors_who_fail_stay_in_the_database(cast: SimpleNamespace) -> None:
    """Who fails a hard filter is not fetched; of those who fit, at most so many are."""
    members = Member.objects.bulk_create(
        Member(username=f"many-{number}", name=f"Many {number}") for number in range(MOST + 30)
    )
    first = mentor(cast, "last_of_all", free_since=NOW - WEEK)
    same = {field.attname: getattr(first, field.attname) for field in Mentor._meta.concrete_fields}
    same |= {"id": None, "free_since": NOW - 2 * WEEK}
    rows = Mentor.objects.bulk_create(
        Mentor(**{**same, "member_id": member.pk}) for member in members
    )
    ask = ask_of(cast)
    found = cards(ask, NOW)
    # The first has the topic and stands before all; the others have not.
    assert (found[0].mentor, found[0].explanation["of"]) == (first, MOST)
    Mentor.objects.filter(pk__in=[row.pk for row in rows]).update(languages=" de ")
    assert [card.explanation["of"] for card in cards(ask, NOW)] == [1]
