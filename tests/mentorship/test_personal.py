"""All that mentorship knows of a member, and nothing of the other one."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from members.actions import notify
from members.queries import build_export, sections_of
from mentorship import actions
from mentorship.models import Mentor, MentorAsk, MentorCheck, Pairing, Pulse
from mentorship.queries.personal import personal_sections
from tests.mentorship import factories
from tests.mentorship.pair_parts import DAY, NOW, Pair, key_of, make_pair
from tests.mentorship.test_actions_tidying import fill

pytestmark = pytest.mark.django_db
NAMES = [
    "mentor",
    "mentor-checks",
    "mentor-asks",
    "pairs",
    "pair-goals",
    "pair-meetings",
    "pair-notes",
    "pair-messages",
    "pair-pulses",
    "reports",
]


def sections(member: Any) -> dict[str, list[Any]]:
    return {section.name: list(section.rows) for section in personal_sections(member)}


@pytest.fixture
def pair() -> Pair:
    pair = make_pair()
    fill(pair)
    return pair


def test_a_mentee_reads_what_is_stored(pair: Pair) -> None:
    actions.report_problem(
        member=pair.mentee,
        pairing=pair.pairing,
        key=key_of(1),
        kind="money",
        words="zebra",
        now=NOW,
    )
    found = sections(pair.mentee)
    assert list(found) == NAMES
    assert {name: len(rows) for name, rows in found.items()} == {
        "mentor": 0,
        "mentor-checks": 0,
        "mentor-asks": 1,
        "pairs": 1,
        "pair-goals": 1,
        "pair-meetings": 3,
        "pair-notes": 2,
        "pair-messages": 1,
        "pair-pulses": 1,
        "reports": 1,
    }
    assert found["mentor-asks"][0][1:9] == (
        "zebra",
        "Coding",
        "",
        "Riverside",
        "English",
        "by phone, by video",
        "Monday evening, Wednesday evening",
        "A woman",
    )
    assert found["pairs"][0][1:4] == ("Mentee", "Mara Mentor", "Active")
    assert [row[1:] for row in found["pair-notes"]] == [
        ("zebra lea", "Both of you"),
        ("zebra lea", "Only you"),
    ]
    assert found["pair-messages"] == [(NOW, "zebra lea")]
    assert found["pair-pulses"] == [(NOW, "Two weeks", "Well", "No")]
    assert found["reports"] == [(NOW, "Asked for money or things", "zebra", None)]


def test_times_come_in_the_order_of_the_week(pair: Pair) -> None:
    slots = ("fri-am", "mon-am", "mon-eve", "sun-pm", "tue-am")
    Mentor.objects.update(slots=slots)
    MentorAsk.objects.update(slots=slots)
    times = "Monday morning, Monday evening, Tuesday morning, Friday morning, Sunday afternoon"
    assert sections(pair.mentee)["mentor-asks"][0][7] == times
    assert dict(sections(pair.mentor)["mentor"])["Times"] == times


def test_a_mentor_reads_what_is_stored(pair: Pair) -> None:
    actions.calendar_key(member=pair.mentor, now=NOW)
    factories.make_absence(pair.giver, NOW)
    Mentor.objects.update(left_at=NOW - DAY, left_words="zebra-why")
    assert "zebra-why" not in str(sections(pair.mentee))
    MentorCheck.objects.create(
        mentor=pair.giver, level=2, seen_on=NOW.date(), seen_by=pair.coordinator, made_at=NOW
    )
    Pulse.objects.create(
        pairing=pair.pairing, member=pair.mentor, point="end", going=1, wants_call=True, made_at=NOW
    )
    found = sections(pair.mentor)
    assert dict(found["mentor"]) == {
        "State": "Ready",
        "Stopped by your hub": "No",
        "Hub": "Riverside",
        "Topics": "Coding",
        "Courses": "",
        "Languages": "English",
        "How": "by phone, by video",
        "Times": "Monday evening, Wednesday evening",
        "Time zone": "Europe/Madrid",
        "You said about yourself": "",
        "How many people at once": 2,
        "Hello": "Hello, I am Mara Mentor.",
        "Away": "2026-11-02 – 2026-11-09",
        "Applied": NOW - DAY,
        "Stopped": NOW - DAY,
        "Why you stopped": "zebra-why",
        "Address of your calendar made": NOW,
    }
    assert found["mentor-checks"] == [(NOW.date(), "Two references", "Coordinator", None)]
    assert found["pair-pulses"] == [(NOW, "The end", "Not well", "Yes")]
    assert found["pair-goals"] == []
    assert found["pairs"][0][1:3] == ("Mentor", "Lea Learner")


@pytest.mark.parametrize(("said", "words"), [(None, ""), (True, "Yes"), (False, "No")])
def test_the_switch_of_a_pair_is_the_mentees(pair: Pair, said: bool | None, words: str) -> None:
    Pairing.objects.update(shows_progress=said)
    place = sections_columns(pair.mentee).index("shows progress")
    assert sections(pair.mentee)["pairs"][0][place] == words
    assert sections(pair.mentor)["pairs"][0][place] == ""


def sections_columns(member: Any) -> list[str]:
    """What stands over the columns of a member's pairs."""
    found = {section.name: section for section in personal_sections(member)}
    return [str(name) for name in found["pairs"].columns]


def test_an_ex_mentor_has_neither_name_nor_words_of_the_other_one(pair: Pair) -> None:
    words = dict.fromkeys(("achieved", "thanks", "next_step"), "zebra-end")
    Pairing.objects.update(state="closed", ended_at=NOW, **words)
    theirs, mine = str(sections(pair.mentor)), str(sections(pair.mentee))
    assert "Lea Learner" not in theirs and "zebra-end" not in theirs
    assert "zebra mara" in theirs, "Their own words are their own."
    assert "Mara Mentor" in mine and "zebra-end" in mine and "zebra mara" not in mine


def test_what_a_date_has_ended_is_over_here_too() -> None:
    pair = make_pair(at=NOW - 900 * DAY)
    assert "Lea Learner" not in str(sections(pair.mentor))
    assert sections(pair.mentee)["pairs"][0][3] == "Closed"


def test_a_no_is_told_as_one_that_ran_out() -> None:
    no, late = (make_row(state, at=timezone.now()) for state in ("declined", "proposed"))
    assert no["mentee"] == late["mentee"]
    assert no["mentee"][2] == "Proposed"
    no, late = (make_row(state, at=NOW - 900 * DAY) for state in ("declined", "expired"))
    assert no["mentee"] == late["mentee"]
    assert no["mentee"][2] == "Ran out"
    assert no["mentor"][3] == "Declined"
    assert no["mentor"][-1] == "zebra-no"


def make_row(state: str, at: datetime) -> dict[str, Any]:
    """How the row of a question reads for each side, dates apart."""
    Pairing.objects.all().delete()
    pair = make_pair_again(state, at)
    Pairing.objects.update(decline_words="zebra-no" if state == "declined" else "")
    mentee = sections(pair.mentee)["pairs"][0]
    return {"mentee": (*mentee[1:6], *mentee[7:]), "mentor": sections(pair.mentor)["pairs"][0]}


def make_pair_again(state: str, at: datetime) -> Pair:
    """A pair in a fresh town."""
    from members.models import Hub, Member
    from mentorship.models import Mentor, MentorAsk, Programme

    for model in (Mentor, MentorAsk, Programme):
        model.objects.all().delete()
    Member.objects.all().delete()
    Hub.objects.all().delete()
    return make_pair(state, at=at)


def test_blocks_are_ones_own_to_read(pair: Pair) -> None:
    actions.block_member(member=pair.mentee, pairing=pair.pairing, now=NOW)
    assert sections(pair.mentee)["reports"] == [
        (NOW, "You are not matched again with", "Mara Mentor", None)
    ]
    assert sections(pair.mentor)["reports"] == []


def test_nothing_is_stored_about_others(pair: Pair) -> None:
    assert {name: rows for name, rows in sections(pair.coordinator).items() if rows} == {}


def test_it_is_on_my_data_and_in_the_export(pair: Pair) -> None:
    notify(member=pair.mentee, key="k", kind="x", text="Hello")
    names = [section.name for section in sections_of(pair.mentee)]
    assert set(NAMES) <= set(names)
    assert build_export(pair.mentee).startswith(b"PK")
