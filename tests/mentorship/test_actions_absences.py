"""A mentor is away for some days: who is told, and what is handed on."""

from datetime import date
from types import SimpleNamespace

import pytest

from members.errors import Refused
from mentorship import actions
from mentorship.models import Absence, Pairing
from tests.mentorship.factories import make_absence, make_ask, make_mentor, make_pairing
from tests.mentorship.mentor_parts import TODAY
from tests.mentorship.story import DAY, NOON, fresh, links, told

pytestmark = pytest.mark.django_db


def test_days_away_are_told_to_the_learners(cast: SimpleNamespace) -> None:
    mentor = make_mentor(cast.mentor, cast.hub, capacity=2)
    pairing = make_pairing(make_ask(cast.learner, cast.hub), mentor, at=NOON)
    make_pairing(make_ask(cast.neighbour, cast.hub), mentor, "proposed", at=NOON)
    days = {"from_on": date(2026, 5, 10), "until_on": date(2026, 5, 20)}
    got = [actions.set_absence(member=cast.mentor, **days, now=NOON) for _time in range(2)]
    assert got[0] == got[1]
    assert told(cast.learner) == ["Mentor is away from 10 May 2026 to 20 May 2026."]
    assert links(cast.learner) == [f"/mentorship/pairs/{pairing.pk}/"]
    assert told(cast.neighbour) == []


def test_what_runs_into_days_away_is_handed_on(cast: SimpleNamespace) -> None:
    """A question, and a no of which its mentee knows nothing: both hear the same. What is over
    before the days begin stays."""
    mentor = make_mentor(cast.mentor, cast.hub, capacity=3)
    other = make_mentor(cast.partner, cast.hub)
    asks = {
        name: make_ask(getattr(cast, name), cast.hub, chooses_for_me=name == "learner")
        for name in ("learner", "neighbour", "outsider")
    }
    out = make_pairing(asks["learner"], mentor, "proposed", at=NOON)
    no = make_pairing(asks["neighbour"], mentor, "declined", at=NOON)
    early = make_pairing(asks["outsider"], mentor, "proposed", at=NOON - DAY)
    days = {"from_on": TODAY + 3 * DAY, "until_on": TODAY + 9 * DAY}
    for _time in range(2):
        actions.set_absence(member=cast.mentor, **days, now=NOON)
    assert [fresh(one).state for one in (out, no, early)] == ["withdrawn", "declined", "proposed"]
    assert fresh(no).ended_at == NOON
    words = "Mentor cannot be your mentor at the moment."
    assert told(cast.neighbour) == [f"{words} Please choose another one. You keep your place."]
    assert told(cast.learner)[0] == (
        f"{words} We look for the next one for you. You keep your place."
    )
    assert told(cast.outsider) == []
    following = Pairing.objects.get(ask=asks["learner"], state="proposed")
    assert (following.mentor, Pairing.objects.count()) == (other, 4)


def test_days_away_ahead_are_told_with_the_yes(cast: SimpleNamespace) -> None:
    """Those within the time of the two, whoever says yes for the mentor."""
    mentor = make_mentor(cast.mentor, cast.hub, capacity=2)
    make_absence(mentor, NOON - 9 * DAY)
    make_absence(mentor, NOON + 30 * DAY, days=2)
    make_absence(mentor, NOON + 85 * DAY)
    words = "Mentor is away from 3 June 2026 to 5 June 2026."
    for asker, by in ((cast.learner, cast.mentor), (cast.neighbour, cast.coordinator)):
        asked = make_pairing(make_ask(asker, cast.hub), mentor, "proposed", at=NOON)
        for _time in range(2):
            if by == cast.mentor:
                actions.accept_pairing(member=by, pairing=asked, now=NOON)
            else:
                actions.move_pairing(
                    member=by, pairing=asked, verb="accept", reason="Rang.", now=NOON
                )
        assert [one for one in told(asker) if "away" in one] == [words]
    assert [one for one in told(cast.mentor) if "away" in one] == []


def test_days_that_make_no_sense_are_refused(cast: SimpleNamespace) -> None:
    with pytest.raises(Refused, match=r"^You are not a mentor.$"):
        actions.set_absence(member=cast.learner, from_on=TODAY, until_on=TODAY, now=NOON)
    make_mentor(cast.mentor, cast.hub)
    for first, last in ((TODAY, TODAY - DAY), (TODAY - 2 * DAY, TODAY - DAY)):
        with pytest.raises(Refused) as refusal:
            actions.set_absence(member=cast.mentor, from_on=first, until_on=last, now=NOON)
        assert refusal.value.field == "until_on"
    assert not Absence.objects.exists()


def test_days_away_are_dropped_by_who_set_them(cast: SimpleNamespace) -> None:
    absence = make_absence(make_mentor(cast.mentor, cast.hub), NOON)
    with pytest.raises(Refused, match=r"^These are not your days.$"):
        actions.drop_absence(member=cast.learner, absence=absence)
    gone = [actions.drop_absence(member=cast.mentor, absence=absence) for _time in range(2)]
    assert gone == [True, False]


def test_who_was_told_of_days_away_is_told_that_they_are_none(cast: SimpleNamespace) -> None:
    mentor = make_mentor(cast.mentor, cast.hub, capacity=2)
    make_pairing(make_ask(cast.learner, cast.hub), mentor, at=NOON)
    make_pairing(make_ask(cast.neighbour, cast.hub), mentor, at=NOON - 80 * DAY)
    days = {"from_on": date(2026, 5, 10), "until_on": date(2026, 5, 20)}
    absence = actions.set_absence(member=cast.mentor, **days, now=NOON)
    for _time in range(2):
        actions.drop_absence(member=cast.mentor, absence=absence, now=NOON)
    assert told(cast.learner)[1:] == [
        "Mentor is not away from 10 May 2026 to 20 May 2026 after all."
    ]
    assert told(cast.neighbour) == []


@pytest.mark.parametrize(
    ("away", "due"), [([], 14), ([(1, 20)], 27), ([(1, 20), (26, 30)], 37), ([(15, 30)], 14)]
)
def test_the_first_meeting_waits_for_the_mentors_return(
    cast: SimpleNamespace, away: list[tuple[int, int]], due: int
) -> None:
    mentor = make_mentor(cast.mentor, cast.hub)
    for first, last in away:
        make_absence(mentor, NOON + first * DAY, days=last - first)
    asked = make_pairing(make_ask(cast.learner, cast.hub), mentor, "proposed", at=NOON)
    pair = actions.accept_pairing(member=cast.mentor, pairing=asked, now=NOON)
    assert pair.meet_by == NOON + due * DAY


def test_days_away_in_the_time_that_is_added_are_told(cast: SimpleNamespace) -> None:
    mentor = make_mentor(cast.mentor, cast.hub)
    pairing = make_pairing(make_ask(cast.learner, cast.hub), mentor, "active", at=NOON)
    make_absence(mentor, NOON + 90 * DAY)
    assert told(cast.learner) == []
    actions.extend_pairing(member=cast.mentor, pairing=pairing, now=NOON)
    assert [one for one in told(cast.learner) if "away" in one] == [
        "Mentor is away from 2 August 2026 to 9 August 2026."
    ]
