"""Meetings: planned, changed, called off, logged with one tap, settled, asked about."""

from datetime import timedelta
from typing import Any

import pytest

from members.errors import Refused
from mentorship import actions, jobs
from mentorship.models import Meeting, PairingMove
from mentorship.signed import read_token
from tests.mentorship.pair_parts import DAY, NOW, Pair, key_of, make_pair, told

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SECRET = "zebra-place"


@pytest.fixture
def pair() -> Pair:
    return make_pair()


def plan(pair: Pair, key: object = "p", **values: Any) -> Meeting:
    facts: dict[str, Any] = {
        "member": pair.mentee,
        "pairing": pair.pairing,
        "key": key_of(key),
        "starts_at": NOW + 3 * DAY,
        "way": "phone",
        "place": SECRET,
        "now": NOW,
    }
    return actions.plan_meeting(**facts | values)


def log(pair: Pair, key: object = "l", **values: Any) -> Meeting:
    facts: dict[str, Any] = {
        "member": pair.mentee,
        "pairing": pair.pairing,
        "key": key_of(key),
        "now": NOW,
    }
    return actions.log_meeting(**facts | values)


def test_a_plan_is_made_once_and_told_by_the_readers_clock(pair: Pair) -> None:
    assert plan(pair) == plan(pair)
    row = Meeting.objects.get()
    assert (row.state, row.minutes, row.place, row.made_by) == ("planned", 30, SECRET, pair.mentee)
    assert told(pair.mentor) == [
        "A meeting is planned: Thursday, 5 November 2026, 13:00, by phone."
    ]
    assert told(pair.mentee) == []
    assert pair.mentor.notices.get().url == f"/mentorship/pairs/{pair.pairing.pk}/#meetings"
    assert pair.again().last_sign_at == NOW


def test_a_plan_is_changed_and_told_anew(pair: Pair) -> None:
    first = plan(pair)
    later = {"starts_at": NOW + 4 * DAY, "way": "video", "member": pair.mentor, "now": NOW + HOUR}
    for _time in range(2):
        changed = plan(pair, "other", meeting=first, **later)
    assert changed == first
    assert Meeting.objects.get().way == "video"
    assert told(pair.mentee) == [
        "A meeting has changed. Now it is: Friday, 6 November 2026, 12:00, by video."
    ]


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"starts_at": NOW - HOUR}, "day", "has passed"),
        ({"starts_at": NOW + 367 * DAY}, "day", "more than a year away"),
        ({"minutes": 4}, "minutes", "from 5 minutes to 8 hours"),
        ({"minutes": 481}, "minutes", "from 5 minutes to 8 hours"),
        ({"way": "pigeon"}, "way", "Choose how you meet"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    pair: Pair, values: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(Refused, match=words) as refused:
        plan(pair, **values)
    assert refused.value.field == field
    assert not Meeting.objects.exists()


def test_twelve_plans_are_enough(pair: Pair) -> None:
    for number in range(12):
        plan(pair, number, starts_at=NOW + (number + 1) * DAY)
    with pytest.raises(Refused, match="twelve"):
        plan(pair, 12)
    assert Meeting.objects.count() == 12


def test_what_is_over_or_of_another_pair_is_not_changed(pair: Pair) -> None:
    row = plan(pair)
    actions.cancel_meeting(member=pair.mentor, meeting=row, now=NOW)
    with pytest.raises(Refused, match="no longer planned"):
        plan(pair, meeting=row, way="video")
    stranger = Meeting(pk=row.pk + 1)
    with pytest.raises(Refused, match="no longer planned"):
        plan(pair, meeting=stranger)


def test_a_meeting_is_called_off_once(pair: Pair) -> None:
    row = plan(pair)
    for _time in range(2):
        actions.cancel_meeting(member=pair.mentee, meeting=row, now=NOW + HOUR)
    row.refresh_from_db()
    assert (row.state, row.changed_at) == ("cancelled", NOW + HOUR)
    assert told(pair.mentor)[1:] == [
        "A meeting was called off: Thursday, 5 November 2026, 13:00, by phone."
    ]
    with pytest.raises(Refused, match="not your pair"):
        actions.cancel_meeting(member=pair.outsider, meeting=row, now=NOW)
    held = log(pair)
    with pytest.raises(Refused, match="over already"):
        actions.cancel_meeting(member=pair.mentee, meeting=held, now=NOW)


def test_nobody_is_told_of_a_plan_that_is_past_and_called_off(pair: Pair) -> None:
    row = plan(pair)
    actions.cancel_meeting(member=pair.mentee, meeting=row, now=NOW + 4 * DAY)
    assert len(told(pair.mentor)) == 1


def test_a_plan_with_somebody_who_has_left_tells_nobody(pair: Pair) -> None:
    pair.pairing.mentor = None
    pair.pairing.save()
    plan(pair)
    assert told(pair.mentor) == []


def test_one_tap_logs_now_half_an_hour_the_last_way(pair: Pair) -> None:
    plan(pair, way="video", starts_at=NOW + 9 * DAY)
    for _time in range(2):
        row = log(pair)
    assert (row.state, row.starts_at, row.minutes, row.way) == ("held", NOW, 30, "video")
    assert Meeting.objects.filter(state="held").count() == 1


@pytest.mark.parametrize(
    ("asked", "given", "way"),
    [
        (("hub", "video"), ("hub", "phone"), "hub"),
        (("phone", "video"), ("phone", "video"), "phone"),
        (("video",), ("hub",), "phone"),
    ],
)
def test_the_first_way_is_one_that_both_named(asked: tuple, given: tuple, way: str) -> None:
    pair = make_pair()
    pair.ask.ways, pair.giver.ways = asked, given
    pair.ask.save()
    pair.giver.save()
    assert log(pair).way == way


def test_a_way_is_found_without_the_mentor(pair: Pair) -> None:
    pair.pairing.mentor = None
    pair.pairing.save()
    assert log(pair).way == "phone"


def test_the_first_meeting_makes_the_pair_active() -> None:
    pair = make_pair("accepted")
    log(pair, starts_at=NOW - HOUR)
    log(pair, "second", starts_at=NOW - 20 * HOUR)
    row = pair.again()
    assert (row.state, row.first_met_at, row.last_sign_at) == ("active", NOW - 20 * HOUR, NOW)
    moves = PairingMove.objects.filter(pairing=pair.pairing).values_list("verb", "actor", "after")
    assert list(moves) == [("meet", pair.mentee.pk, "active")]


def test_what_the_other_one_has_logged_is_the_same_meeting(pair: Pair) -> None:
    first = log(pair)
    other = log(pair, "o", member=pair.mentor, starts_at=NOW + HOUR, now=NOW + 2 * HOUR)
    assert other == first
    own = log(pair, "two", starts_at=NOW + HOUR, now=NOW + 2 * HOUR)
    assert own != first
    late = log(pair, "late", member=pair.mentor, now=NOW + 15 * HOUR)
    assert Meeting.objects.count() == 3
    assert late not in (first, own)


def test_a_link_without_a_time_logs_nothing_twice(pair: Pair) -> None:
    first = log(pair, starts_at=NOW)
    assert log(pair, "link", now=NOW + HOUR) == first


def test_a_logged_plan_is_the_plan(pair: Pair) -> None:
    row = plan(pair)
    at = NOW + 3 * DAY + HOUR
    for _time in range(2):
        logged = log(pair, starts_at=at, minutes=45, way="hub", now=at)
    assert logged == row
    row.refresh_from_db()
    assert (row.state, row.starts_at, row.minutes, row.way) == ("held", at, 45, "hub")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"starts_at": NOW + HOUR}, "day"),
        ({"starts_at": NOW - 3 * DAY}, "day"),
        ({"minutes": 0}, "minutes"),
        ({"way": "pigeon"}, "way"),
    ],
)
def test_what_cannot_have_been_is_refused(pair: Pair, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        log(pair, **values)
    assert refused.value.field == field
    assert not Meeting.objects.exists()


def test_a_pair_without_a_beginning_may_log(pair: Pair) -> None:
    pair.pairing.accepted_at = None
    pair.pairing.save()
    assert log(pair, starts_at=NOW - 9 * DAY).state == "held"


def test_a_plan_is_settled_and_put_right() -> None:
    pair = make_pair("accepted")
    row = plan(pair)
    with pytest.raises(Refused, match="has not been yet"):
        actions.settle_meeting(member=pair.mentee, meeting=row, held=True, now=NOW)
    at = NOW + 4 * DAY
    for _time in range(2):
        actions.settle_meeting(member=pair.mentor, meeting=row, held=True, now=at)
    assert (pair.again().state, pair.again().first_met_at) == ("active", NOW + 3 * DAY)
    actions.settle_meeting(member=pair.mentee, meeting=row, held=False, now=at)
    row.refresh_from_db()
    assert (row.state, pair.again().first_met_at, pair.again().state) == (
        "missed",
        None,
        "accepted",
    )
    with pytest.raises(Refused, match="not your pair"):
        actions.settle_meeting(member=pair.coordinator, meeting=row, held=True, now=at)


def test_a_pair_whose_only_meeting_is_taken_back_has_not_met() -> None:
    """Another one that was held keeps it active; it can be said again; a break stays a break."""
    pair = make_pair("accepted")
    first, second = log(pair), log(pair, "second", starts_at=NOW - 20 * HOUR)

    def settle(row: Meeting, held: bool) -> tuple[str, Any]:
        actions.settle_meeting(member=pair.mentee, meeting=row, held=held, now=NOW + HOUR)
        return pair.again().state, pair.again().first_met_at

    assert settle(second, False) == ("active", NOW)
    for _time in range(2):
        assert settle(first, False) == ("accepted", None)
    assert settle(first, True) == ("active", NOW)
    until = NOW + 5 * DAY
    later = NOW + HOUR
    actions.pause_pairing(member=pair.mentor, pairing=pair.pairing, until=until, now=later)
    assert settle(first, False) == ("paused", None)
    back = actions.resume_pairing(member=pair.mentor, pairing=pair.pairing, now=later + HOUR)
    assert back.state == "accepted"
    moves = PairingMove.objects.filter(pairing=pair.pairing).values_list("verb", "after")
    assert list(moves) == [
        ("meet", "active"),
        ("not_met", "accepted"),
        ("meet", "active"),
        ("pause", "paused"),
        ("resume", "accepted"),
    ]


def test_the_other_one_is_told_of_a_meeting_that_was_none() -> None:
    """And that it was one after all; a meeting that is logged as held tells nobody."""
    pair = make_pair("accepted")
    row = log(pair)
    assert (told(pair.mentee), told(pair.mentor)) == ([], [])
    for held in (False, False, True):
        actions.settle_meeting(member=pair.mentee, meeting=row, held=held, now=NOW + HOUR)
    assert told(pair.mentee) == []
    missed, put_right = told(pair.mentor)
    assert missed.startswith("It was noted that a meeting did not happen: ")
    assert missed.endswith(". If that is not so, you can say it on your page.")
    assert put_right.startswith("It was noted that a meeting did happen after all: ")


def test_a_plan_that_did_not_happen_takes_nothing_back(pair: Pair) -> None:
    row = plan(pair)
    actions.settle_meeting(member=pair.mentee, meeting=row, held=False, now=NOW + 4 * DAY)
    assert (pair.again().state, pair.again().first_met_at) == ("active", NOW - DAY)


def test_what_was_called_off_cannot_be_settled(pair: Pair) -> None:
    row = plan(pair)
    actions.cancel_meeting(member=pair.mentee, meeting=row, now=NOW)
    with pytest.raises(Refused, match="has not been yet"):
        actions.settle_meeting(member=pair.mentee, meeting=row, held=True, now=NOW + 5 * DAY)


def test_both_are_asked_once_whether_they_met(pair: Pair) -> None:
    row = plan(pair)
    at = row.starts_at + HOUR
    assert actions.ask_about_meetings(now=at - HOUR / 2) == 0
    for _time in range(2):
        assert jobs.ask_about_meetings(at) == 1
    assert told(pair.mentee) == [
        "Did you meet on Thursday, 5 November 2026, 12:00? One tap logs it."
    ]
    assert told(pair.mentor)[1:] == [
        "Did you meet on Thursday, 5 November 2026, 13:00? One tap logs it."
    ]
    url = pair.mentee.notices.get().url
    assert url.startswith("/mentorship/met/")
    link = read_token(url.split("/")[3], at)
    assert link is not None
    assert (link.member, link.pairing, link.meeting) == (
        pair.mentee.pk,
        pair.pairing.pk,
        row.pk,
    )


def test_nobody_is_asked_before_the_end_and_each_time_is_asked_about(pair: Pair) -> None:
    """A long meeting is over later; one that was moved is asked about again, for its new time."""
    row = plan(pair, minutes=120)
    end = row.starts_at + 2 * HOUR
    assert actions.ask_about_meetings(now=end) == 0
    assert actions.ask_about_meetings(now=end + HOUR / 2) == 1
    moved = row.starts_at + DAY
    plan(pair, meeting=row, starts_at=moved, minutes=15, now=end + HOUR)
    assert actions.ask_about_meetings(now=moved + HOUR / 2) == 0
    for _time in range(2):
        assert actions.ask_about_meetings(now=moved + HOUR) == 1
    asked = [words for words in told(pair.mentee) if words.startswith("Did you meet")]
    assert asked == [
        "Did you meet on Thursday, 5 November 2026, 12:00? One tap logs it.",
        "Did you meet on Friday, 6 November 2026, 12:00? One tap logs it.",
    ]


def test_nobody_is_asked_about_what_is_logged_old_or_over(pair: Pair) -> None:
    row = plan(pair)
    assert actions.ask_about_meetings(now=row.starts_at + 3 * DAY) == 0
    at = row.starts_at + HOUR
    pair.pairing.closes_at = at
    pair.pairing.save()
    assert actions.ask_about_meetings(now=at) == 0
    pair.pairing.closes_at = None
    pair.pairing.save()
    actions.settle_meeting(member=pair.mentee, meeting=row, held=True, now=at)
    assert actions.ask_about_meetings(now=at) == 0
