"""What speaks against somebody, why nobody fits, whom a hub should look for; what it costs."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from members.models import Member
from mentorship.models import MemberBlock, Mentor, MentorAsk
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

from .factories import EVENINGS, make_absence, make_ask, make_pairing
from .matching_parts import NOW, WEEK, ask_of, ask_of_again, make_bare_cast, mentor


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    return make_bare_cast()


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
        ("wish", "1 mentor has a place left and fits otherwise, but is not a woman."),
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


def test_the_way_to_meet_is_a_part_of_the_reason_where_it_left_fewer(cast: SimpleNamespace) -> None:
    """Two speak the language, one of them can meet by phone: who is counted is who is told of."""
    mentor(cast, "video", languages=("ti",), ways=("video",))
    made = mentor(cast, "phone", languages=("ti",), ways=("phone",), slots=("tue-am",))
    ask = ask_of(cast, languages=("ti",), ways=("phone",), slots=("mon-eve",))
    assert funnel(ask, NOW).sentence == (
        "1 mentor speaks Tigrinya and can meet by phone, but is not free on Monday evening."
    )
    ask.slots = ("tue-am",)
    make_pairing(make_ask(cast.neighbour, cast.hub, asked_at=NOW), made, "proposed", at=NOW)
    Mentor.objects.filter(pk=made.pk).update(capacity=1)
    assert funnel(ask, NOW).sentence == (
        "1 mentor speaks Tigrinya, can meet by phone and is free on Tuesday morning, but has no "
        "place left now."
    )


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
