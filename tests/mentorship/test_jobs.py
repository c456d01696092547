"""What the clock owes mentorship: whole stories, with the time told by the test."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from hub import clock
from mentorship import actions, jobs
from mentorship.models import Mentor, MentorAsk, Pairing, Pulse
from mentorship.queries.desk.risk import pairs_at_risk
from tests.factories import make_member
from tests.mentorship.factories import make_absence, make_ask, make_mentor, make_pairing
from tests.mentorship.story import DAY, HOUR, NOON, fresh, last_told, links, told

pytestmark = pytest.mark.django_db
JOBS = [
    "mentorship.jobs.send_on",
    "mentorship.jobs.hand_on_away",
    "mentorship.jobs.settle_pairs",
    "mentorship.jobs.remind",
    "mentorship.jobs.ask_about_meetings",
    "mentorship.jobs.tell_free",
    "mentorship.jobs.digest",
    "mentorship.jobs.new_day",
]
MONDAY = NOON + 7 * DAY


def tick(now: datetime) -> dict[str, object]:
    """Run all jobs of mentorship twice; what the first run gave."""
    got = {f"{job.__module__}.{job.__name__}": job(now) for job in jobs.JOBS}
    for job in jobs.JOBS:
        job(now)
    return got


def pair_of(cast: SimpleNamespace, **values: object) -> Pairing:
    """The learner and the mentor, a pair since noon. A last sign is one of both."""
    ask = make_ask(cast.learner, cast.hub, asked_at=NOON)
    mentor = make_mentor(cast.mentor, cast.hub, applied_at=NOON)
    asked = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    pair = actions.accept_pairing(member=cast.mentor, pairing=asked, now=NOON)
    if "last_sign_at" in values:
        values = (
            dict.fromkeys(("mentor_sign_at", "mentee_sign_at"), values["last_sign_at"]) | values
        )
    Pairing.objects.filter(pk=pair.pk).update(**values)
    return fresh(pair)


def since(member: object, before: list[str]) -> list[str]:
    """What a member was told after something."""
    return told(member)[len(before) :]  # type: ignore[arg-type]


def test_the_clock_knows_the_jobs() -> None:
    names = [f"{job.__module__}.{job.__name__}" for job in clock.jobs()]
    assert [name for name in names if name.startswith("mentorship.")] == JOBS


def test_what_somebody_was_asked_goes_on_when_the_days_away_begin(cast: SimpleNamespace) -> None:
    """The days stood before the question was out. A pair, and who is not away, are left alone."""
    mentor = make_mentor(cast.mentor, cast.hub, capacity=2, applied_at=NOON)
    make_absence(mentor, NOON + DAY)
    at_hand = make_mentor(make_member("second"), cast.hub, topics=[], applied_at=NOON)
    pair = make_pairing(make_ask(cast.partner, cast.hub), mentor, at=NOON)
    other = make_pairing(make_ask(cast.neighbour, cast.hub), at_hand, "proposed", at=NOON)
    ask = make_ask(cast.learner, cast.hub, asked_at=NOON)
    out = make_pairing(ask, mentor, "proposed", at=NOON)
    assert tick(NOON + 11 * HOUR)["mentorship.jobs.hand_on_away"] == 0
    assert fresh(out).state == "proposed"
    assert tick(NOON + DAY)["mentorship.jobs.hand_on_away"] == 1
    assert fresh(out).state == "withdrawn"
    assert (fresh(pair).state, fresh(other).state) == ("accepted", "proposed")
    assert told(cast.learner) == [
        "Mentor cannot be your mentor at the moment, and nobody else fits just now. "
        "You keep your place in line: Harbour Hub looks at your question on 9 May 2026."
    ]


def test_a_proposal_runs_out_and_goes_on_to_the_queue(cast: SimpleNamespace) -> None:
    first = make_mentor(cast.mentor, cast.hub, applied_at=NOON)
    second = make_mentor(make_member("second"), cast.hub, topics=[], applied_at=NOON)
    ask = make_ask(cast.learner, cast.hub, asked_at=NOON)
    actions.choose_for_me(member=cast.learner, ask=ask, now=NOON)
    assert tick(NOON + 3 * DAY - HOUR)["mentorship.jobs.send_on"] == "0 over, 0 sent on"
    assert tick(NOON + 3 * DAY)["mentorship.jobs.send_on"] == "1 over, 0 sent on"
    rows = Pairing.objects.order_by("pk").values_list("mentor", "state")
    assert list(rows) == [(first.pk, "expired"), (second.pk, "proposed")]
    tick(NOON + 6 * DAY)
    assert not Pairing.objects.filter(state="proposed").exists()
    assert told(cast.learner)[-1] == (
        "Second cannot be your mentor at the moment. We look for the next one for you. "
        "You keep your place."
    )
    assert last_told(cast.mentor) == (
        "The time to answer a learner is over, and the learner is told. You need not do anything."
    )
    third = make_mentor(make_member("third"), cast.hub, applied_at=NOON)
    assert tick(NOON + 7 * DAY)["mentorship.jobs.send_on"] == "0 over, 1 sent on"
    found = Pairing.objects.get(state="proposed")
    assert (found.mentor, found.ask.asked_at) == (third, NOON)


def test_the_first_who_asked_gets_the_seat(cast: SimpleNamespace) -> None:
    late = make_ask(cast.neighbour, cast.hub, asked_at=NOON + DAY, chooses_for_me=True)
    early = make_ask(cast.learner, cast.hub, asked_at=NOON, chooses_for_me=True)
    make_mentor(cast.mentor, cast.hub, applied_at=NOON)
    tick(NOON + 2 * DAY)
    assert [row.ask for row in Pairing.objects.all()] == [early]
    assert MentorAsk.objects.get(pk=late.pk).state == "waiting"


def test_who_chooses_alone_is_told_once_that_mentors_are_free(cast: SimpleNamespace) -> None:
    make_ask(cast.learner, cast.hub, asked_at=NOON)
    assert tick(NOON + 5 * DAY)["mentorship.jobs.tell_free"] == 0
    make_mentor(cast.mentor, cast.hub, applied_at=NOON)
    fresh_ask = make_ask(cast.neighbour, cast.hub, asked_at=NOON + 5 * DAY)
    assert tick(NOON + 5 * DAY + HOUR)["mentorship.jobs.tell_free"] == 1
    assert told(cast.learner) == [
        "There are mentors for you now. You asked on 4 May 2026. Please choose one."
    ]
    assert links(cast.learner) == ["/mentorship/ask/cards/"]
    actions.propose(
        member=cast.neighbour, ask=fresh_ask, mentor=Mentor.objects.get(), now=NOON + 6 * DAY
    )
    assert tick(NOON + 7 * DAY)["mentorship.jobs.tell_free"] == 0
    assert told(cast.neighbour) == []


def test_no_first_meeting_in_time_nudges_both_once(cast: SimpleNamespace) -> None:
    pair_of(cast)
    before = [told(cast.learner), told(cast.mentor)]
    tick(NOON + 14 * DAY - HOUR)
    assert since(cast.learner, before[0]) == []
    for hours in range(3):
        tick(NOON + 14 * DAY + hours * HOUR)
    assert since(cast.learner, before[0]) == [
        "You and Mentor have not met yet. Please agree on a day this week. "
        "Harbour Hub helps if it is difficult.",
        "How is it going with Mentor? Two short questions. Only Harbour Hub sees the answers.",
    ]
    assert since(cast.mentor, before[1])[0].startswith("You and Learner have not met yet.")


def test_the_pulse_is_asked_at_weeks_two_and_six_and_at_the_end(cast: SimpleNamespace) -> None:
    pair = pair_of(cast, state="active", first_met_at=NOON + DAY, last_sign_at=NOON + 300 * DAY)
    Pulse.objects.create(
        pairing=pair, member=cast.mentor, point="week_2", going=3, made_at=NOON + 14 * DAY
    )
    asked: list[tuple[int, int]] = []
    for day in (13, 14, 20, 42, 50, 83, 84, 90, 98, 120):
        tick(NOON + day * DAY)
        asked.append(
            tuple(
                sum(text.startswith("How is it going") for text in told(one))
                for one in (cast.learner, cast.mentor)
            )  # type: ignore[arg-type]
        )
    assert asked == [
        (0, 0),
        (1, 0),
        (1, 0),
        (2, 1),
        (2, 1),
        (2, 1),
        (3, 2),
        (3, 2),
        (3, 2),
        (3, 2),
    ]


def test_a_silent_pair_is_told_to_staff_once(cast: SimpleNamespace) -> None:
    pair = pair_of(cast, state="active", first_met_at=NOON, last_sign_at=NOON + 2 * DAY)
    words = "Mentor and Learner: no sign since 6 May 2026. Please ask how they are."
    tick(NOON + 30 * DAY - HOUR)
    assert words not in told(cast.coordinator)
    for days in range(3):
        tick(NOON + (30 + days) * DAY)
    assert told(cast.coordinator).count(words) == 1
    assert f"/desk/harbour/mentorship/pairs/{pair.pk}/" in links(cast.coordinator)
    assert words not in told(cast.other_coordinator) + told(cast.learner) + told(cast.mentor)


def test_days_away_are_no_silence(cast: SimpleNamespace) -> None:
    """Neither for the reminder nor on the desk; 28 days after the return they are."""
    pair = pair_of(cast, state="active", first_met_at=NOON, last_sign_at=NOON + 2 * DAY)
    assert pair.mentor is not None
    make_absence(pair.mentor, NOON + 3 * DAY, days=19)
    before = told(cast.coordinator)
    assert risky(cast, NOON + 40 * DAY) == []
    tick(NOON + 40 * DAY)
    assert not [text for text in since(cast.coordinator, before) if "no sign" in text]
    assert risky(cast, NOON + 60 * DAY) == [pair.pk]
    tick(NOON + 60 * DAY)
    found = [text for text in since(cast.coordinator, before) if "no sign" in text]
    assert len(found) == 1


def risky(cast: SimpleNamespace, now: datetime) -> list[int]:
    """The pairs that the desk says are at risk."""
    return [one.pairing.pk for one in pairs_at_risk(cast.coordinator, [cast.hub], now)]


@pytest.mark.parametrize(("side", "name"), [("mentor", "Mentor"), ("mentee", "Learner")])
def test_staff_are_told_who_of_the_two_is_silent(
    cast: SimpleNamespace, side: str, name: str
) -> None:
    signs = {f"{one}_sign_at": NOON + 29 * DAY for one in ("mentor", "mentee")}
    signs |= {"last_sign_at": NOON + 29 * DAY, f"{side}_sign_at": NOON + 2 * DAY}
    pair_of(cast, state="active", first_met_at=NOON, **signs)
    tick(NOON + 30 * DAY)
    tick(NOON + 31 * DAY)
    words = f"Mentor and Learner: no sign of {name} since 6 May 2026. Please ask how they are."
    assert told(cast.coordinator).count(words) == 1


def test_a_sign_begins_the_silence_anew(cast: SimpleNamespace) -> None:
    pair = pair_of(cast, state="active", first_met_at=NOON)
    tick(NOON + 28 * DAY)
    Pairing.objects.filter(pk=pair.pk).update(
        last_sign_at=NOON + 29 * DAY,
        mentor_sign_at=NOON + 29 * DAY,
        mentee_sign_at=NOON + 29 * DAY,
    )
    tick(NOON + 56 * DAY)
    tick(NOON + 57 * DAY)
    days = [text[-43:] for text in told(cast.coordinator) if "no sign since" in text]
    assert [text.split("since ")[1][:11] for text in days] == ["4 May 2026.", "2 June 2026"]


def test_a_coordinator_in_the_pair_is_not_told_of_it(cast: SimpleNamespace) -> None:
    ask = make_ask(cast.learner, cast.hub)
    mentor = make_mentor(cast.coordinator, cast.hub)
    make_pairing(ask, mentor, "active", at=NOON)
    tick(NOON + 30 * DAY)
    assert not [text for text in told(cast.coordinator) if "no sign since" in text]


def test_a_mentor_who_has_gone_has_no_name_for_staff(cast: SimpleNamespace) -> None:
    pair_of(cast, state="active", first_met_at=NOON, mentor=None)
    tick(NOON + 28 * DAY)
    assert "Somebody who has left and Learner: no sign since 4 May 2026." in " ".join(
        told(cast.coordinator)
    )


def test_the_end_of_the_term_is_said_ahead_and_then_written(cast: SimpleNamespace) -> None:
    pair = pair_of(cast, state="active", first_met_at=NOON, last_sign_at=NOON + 60 * DAY)
    before = told(cast.learner)
    tick(NOON + 70 * DAY)
    assert since(cast.learner, before)[-1] == (
        "Your time with Mentor ends on 27 July 2026. You can take more time once, if you like."
    )
    actions.extend_pairing(member=cast.mentor, pairing=pair, now=NOON + 71 * DAY)
    tick(NOON + 84 * DAY)
    assert fresh(pair).state == "active"
    tick(NOON + (168 - 10) * DAY)
    assert last_told(cast.learner) == "Your time with Mentor ends on 19 October 2026."
    assert tick(NOON + 168 * DAY)["mentorship.jobs.settle_pairs"] == 1
    assert fresh(pair).state == "closing"
    assert tick(NOON + 182 * DAY)["mentorship.jobs.settle_pairs"] == 1
    assert (fresh(pair).state, fresh(pair).end_reason) == ("closed", "term")
    assert last_told(cast.mentor) == (
        "The pairing that began on 4 May 2026 is over. Thank you for your time and care."
    )
    assert tick(NOON + 183 * DAY)["mentorship.jobs.settle_pairs"] == 0


def test_a_pair_without_a_term_is_not_reminded_of_it(cast: SimpleNamespace) -> None:
    pair_of(cast, state="active", first_met_at=NOON, term_ends_at=None, closes_at=None)
    tick(NOON + 80 * DAY)
    assert "ends on" not in " ".join(told(cast.learner))


def test_a_break_is_quiet_and_ends_by_itself(cast: SimpleNamespace) -> None:
    pair = pair_of(cast, state="active", first_met_at=NOON)
    actions.pause_pairing(
        member=cast.mentor, pairing=pair, until=NOON + 60 * DAY, now=NOON + 10 * DAY
    )
    before = [told(one) for one in (cast.learner, cast.mentor, cast.coordinator)]
    tick(NOON + 59 * DAY)
    assert [told(one) for one in (cast.learner, cast.mentor, cast.coordinator)] == before
    assert tick(NOON + 60 * DAY)["mentorship.jobs.settle_pairs"] == 1
    assert since(cast.learner, before[0])[0] == (
        "You and Mentor go on. Your time together lasts until 15 September 2026."
    )


def test_the_digest_comes_on_monday_morning_once_a_week(cast: SimpleNamespace) -> None:
    make_ask(cast.learner, cast.hub, asked_at=NOON)
    make_ask(cast.neighbour, cast.hub, asked_at=MONDAY)
    make_mentor(cast.mentor, cast.hub, state="applied", applied_at=NOON)
    words = (
        "Mentoring in Harbour Hub this week: 2 wait for a mentor, 1 of them too long; "
        "0 pairs need you; 1 mentors to look at."
    )
    for moment in (MONDAY - DAY, MONDAY - 7 * HOUR):
        assert tick(moment)["mentorship.jobs.digest"] == 0
    assert tick(MONDAY)["mentorship.jobs.digest"] == 1
    for moment in (MONDAY + HOUR, MONDAY + DAY):
        assert tick(moment)["mentorship.jobs.digest"] == 0
    assert told(cast.coordinator).count(words) == 1
    assert links(cast.coordinator)[-1] == "/desk/harbour/mentorship/"
    assert tick(MONDAY + 7 * DAY)["mentorship.jobs.digest"] == 1


def test_a_hub_where_nothing_waits_gets_no_digest(cast: SimpleNamespace) -> None:
    before = told(cast.coordinator)
    assert tick(MONDAY)["mentorship.jobs.digest"] == 0
    assert told(cast.coordinator) == before


def test_monday_is_that_of_the_hub(cast: SimpleNamespace) -> None:
    cast.hub.time_zone = "Pacific/Auckland"
    cast.hub.save()
    make_ask(cast.learner, cast.hub, asked_at=NOON)
    sunday_evening = MONDAY - 17 * HOUR
    assert tick(sunday_evening)["mentorship.jobs.digest"] == 1


def test_once_a_day_hours_checks_and_old_words(cast: SimpleNamespace) -> None:
    winter = NOON - 120 * DAY
    make_mentor(cast.mentor, cast.hub, time_zone="Europe/Madrid", on=winter.date())
    assert jobs.new_day(NOON) == "1 hours, 0 checks, 0 words"
    assert jobs.new_day(NOON + timedelta(hours=3)) == "nothing new"
    assert jobs.new_day(NOON + DAY) == "0 hours, 0 checks, 0 words"
