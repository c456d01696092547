"""Cases: who acts in them, what is logged, and what nobody learns."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from members.errors import Refused
from members.models import HubRole, RecordEntry
from members.queries import sections_of
from mentorship import actions
from mentorship.models import MemberBlock, SafetyCase
from mentorship.queries.matching import cards
from tests.mentorship import factories
from tests.mentorship.pair_parts import DAY, NOW, Pair, make_pair, told
from tests.mentorship.safety_parts import SECRET, entries, make_lead, moves, readers_in, report

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def pair() -> Pair:
    return make_pair()


def case_acts(pair: Pair, case: SafetyCase) -> dict[str, Any]:
    """Everything that is done in a case."""
    return {
        "read": lambda who: actions.read_case(member=who, case=case, now=NOW),
        "note": lambda who: actions.note_case(member=who, case=case, words="x", now=NOW),
        "words": lambda who: actions.open_words(member=who, case=case, reason="x", now=NOW),
        "end": lambda who: actions.end_pair(member=who, case=case, reason="x", now=NOW),
        "hold": lambda who: actions.hold_mentor(member=who, case=case, reason="x", now=NOW),
        "close": lambda who: actions.close_case(member=who, case=case, words="x", now=NOW),
    }


@pytest.mark.parametrize("name", ["read", "note", "words", "end", "hold", "close"])
@pytest.mark.parametrize(
    "who",
    ["mentor", "mentee", "coordinator", "other_safety", "admin", "outsider", "subject lead"],
)
def test_only_the_safety_lead_acts_and_never_the_subject(pair: Pair, name: str, who: str) -> None:
    case = report(pair)
    if who == "subject lead":
        make_lead(pair, pair.mentor)
    person = pair.mentor if who == "subject lead" else getattr(pair, who)
    with pytest.raises(Refused, match="cannot read this case"):
        case_acts(pair, case)[name](person)
    assert [kind for kind, *_rest in entries(case)] == ["reported"]
    assert pair.again().state == "active"


def test_reading_is_logged_once_for_each_time(pair: Pair) -> None:
    case = report(pair)
    for after in (0, 5, 14, 40):
        actions.read_case(member=pair.safety, case=case, now=NOW + after * MINUTE)
    assert entries(case)[1:] == [("read", "safety", ""), ("read", "safety", "")]
    with pytest.raises(Refused, match="cannot read this case"):
        actions.read_case(member=pair.admin, case=case, now=NOW + 41 * MINUTE)
    assert len(entries(case)) == 3


def test_an_admin_who_must_step_in_is_logged_too(pair: Pair) -> None:
    """Each opening stands in the case, also for a safety lead who comes later."""
    HubRole.objects.filter(role="safety").delete()
    case = report(pair)
    for after in (0, 20):
        actions.read_case(member=pair.admin, case=case, now=NOW + after * MINUTE)
    actions.open_words(member=pair.admin, case=case, reason="Needed.", now=NOW + 21 * MINUTE)
    assert entries(case)[1:] == [
        ("read", "admin", ""),
        ("read", "admin", ""),
        ("words", "admin", "Needed."),
    ]
    make_lead(pair, pair.outsider)
    with pytest.raises(Refused, match="cannot read this case"):
        actions.read_case(member=pair.admin, case=case, now=NOW + 60 * MINUTE)
    actions.read_case(member=pair.outsider, case=case, now=NOW + 60 * MINUTE)
    assert entries(case)[-1] == ("read", "outsider", "")


def test_a_lead_does_not_judge_the_own_report(pair: Pair) -> None:
    make_lead(pair, pair.mentee)
    case = report(pair)
    with pytest.raises(Refused, match=r"^You cannot read this case.$"):
        actions.read_case(member=pair.mentee, case=case, now=NOW)
    assert (readers_in(case), entries(case)) == ([pair.safety], [("reported", "lea", "")])


def test_notes_are_added(pair: Pair) -> None:
    case = report(pair)
    for words in ("Rang Lea.", " Rang Lea. ", "Rang again."):
        actions.note_case(member=pair.safety, case=case, words=words, now=NOW)
    assert entries(case)[1:] == [
        ("note", "safety", "Rang Lea."),
        ("note", "safety", "Rang again."),
    ]
    for words in (" ", "x" * 4001):
        with pytest.raises(Refused) as refused:
            actions.note_case(member=pair.safety, case=case, words=words, now=NOW)
        assert refused.value.field == "words"


def test_words_are_opened_with_a_reason_and_it_shows(pair: Pair) -> None:
    case = report(pair)
    with pytest.raises(Refused, match="Write a few words"):
        actions.open_words(member=pair.safety, case=case, reason="", now=NOW)
    for _time in range(2):
        opened = actions.open_words(
            member=pair.safety, case=case, reason="To see what was said.", now=NOW
        )
    assert opened.opened_words_at == NOW
    assert entries(case)[1:] == [("words", "safety", "To see what was said.")]
    entry = RecordEntry.objects.get()
    assert (entry.member, entry.actor, entry.reason) == (
        pair.mentee,
        pair.safety,
        "To see what was said.",
    )
    assert entry.words == "For safety, somebody read the messages and notes of your mentoring pair."
    assert entry.hub is None, "coordinators read the hub's part of a record"
    actions.close_case(member=pair.safety, case=case, words="Talked to both.", now=NOW + DAY)
    later = RecordEntry.objects.get(member=pair.mentor)
    assert later.reason == "It was needed to look into a problem."


def test_words_of_nobody_cannot_be_opened(pair: Pair) -> None:
    case = report(pair)
    SafetyCase.objects.update(pairing=None, reporter=None)
    with pytest.raises(Refused, match="no words of this pair"):
        actions.open_words(member=pair.safety, case=case, reason="x", now=NOW)
    SafetyCase.objects.update(pairing=pair.pairing)
    actions.open_words(member=pair.safety, case=case, reason="x", now=NOW)
    assert not RecordEntry.objects.exists()


def test_the_lead_ends_a_pair_and_the_reason_stays_in_the_case(pair: Pair) -> None:
    case = report(pair)
    with pytest.raises(Refused):
        actions.end_pair(member=pair.safety, case=case, reason=" ", now=NOW)
    for _time in range(2):
        actions.end_pair(member=pair.safety, case=case, reason=SECRET, now=NOW)
    row = pair.again()
    assert (row.state, row.end_reason) == ("closed", "safety")
    assert moves(pair) == [("stop", None, False, "")]
    assert entries(case)[1:] == [("ended", "safety", SECRET)]
    assert ended_records() == [(pair.mentee, None, None, "The hub ended your pair.", "")]
    for person in (pair.mentor, pair.mentee):
        assert len(told(person)) == 1 and SECRET not in told(person)[0]


def test_whom_safety_parted_are_never_matched_again(pair: Pair) -> None:
    for _time in range(2):
        actions.end_pair(member=pair.safety, case=report(pair), reason=SECRET, now=NOW)
    actions.close_case(member=pair.safety, case=report(pair), words="Over.", now=NOW)
    later = NOW + 400 * DAY
    assert actions.delete_old_words(now=later) == 1
    assert (pair.again().mentor, pair.again().mentee) == (None, None)
    blocks = MemberBlock.objects.values_list("member", "blocked", "made_at")
    assert list(blocks) == [(pair.mentee.pk, pair.mentor.pk, NOW)]
    assert cards(factories.make_ask(pair.mentee, pair.hub, asked_at=later), later) == []
    other = factories.make_ask(pair.outsider, pair.hub, asked_at=later)
    assert [card.mentor.pk for card in cards(other, later)] == [pair.giver.pk]


def ended_records() -> list[tuple[Any, ...]]:
    """What stands in the records of the two about the end."""
    rows = RecordEntry.objects.filter(verb="end_pair").order_by("pk")
    return [(row.member, row.actor, row.hub, row.words, row.reason) for row in rows]


def test_whom_a_case_is_about_reads_of_the_end_when_the_case_is_closed(pair: Pair) -> None:
    case = report(pair)
    actions.end_pair(member=pair.safety, case=case, reason=SECRET, now=NOW)
    before = str([list(section.rows) for section in sections_of(pair.mentor)])
    assert "The hub ended your pair." not in before and "Safety" not in before
    mine = str([list(section.rows) for section in sections_of(pair.mentee)])
    assert "The hub ended your pair." in mine and "Safety" not in mine
    actions.close_case(member=pair.safety, case=case, words="Over.", now=NOW + DAY)
    words = "The hub ended your pair."
    assert ended_records() == [(one, None, None, words, "") for one in (pair.mentee, pair.mentor)]


def test_the_hub_does_not_read_who_ended_the_pair_for_safety(pair: Pair, client: Client) -> None:
    actions.end_pair(member=pair.safety, case=report(pair), reason=SECRET, now=NOW)
    client.force_login(pair.coordinator)
    page = client.get(reverse("mentorship:desk_pair", args=[pair.hub.slug, pair.pairing.pk]))
    assert "Stopped at once" in page.content.decode()
    assert pair.safety.name not in page.content.decode()
    assert SECRET not in page.content.decode()


def test_the_lead_ends_a_question() -> None:
    pair = make_pair("proposed")
    case = report(pair)
    actions.end_pair(member=pair.safety, case=case, reason="x", now=NOW)
    row = pair.again()
    assert (row.state, row.end_reason) == ("withdrawn", "")
    assert told(pair.mentor) == [
        "A learner no longer needs an answer from you. Thank you all the same."
    ]
    assert "cannot be your mentor at the moment" in told(pair.mentee)[0]


def test_the_lead_stops_new_learners_and_the_reason_stays_in_the_case(pair: Pair) -> None:
    waiting = factories.make_ask(pair.outsider, pair.hub, asked_at=NOW)
    asked = factories.make_pairing(waiting, pair.giver, "proposed", at=NOW)
    case = report(pair)
    with pytest.raises(Refused, match="Write a few words first"):
        actions.hold_mentor(member=pair.safety, case=case, reason=" ", now=NOW)
    for _time in range(2):
        actions.hold_mentor(member=pair.safety, case=case, reason=SECRET, now=NOW)
    pair.giver.refresh_from_db()
    assert (pair.giver.state, pair.giver.is_held_by_hub) == ("paused", True)
    assert (pair.again().state, asked.moves.get().actor) == ("active", None)
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert "cannot be your mentor at the moment" in told(pair.outsider)[0]
    assert entries(case)[1:] == [("held", "safety", SECRET)]
    words = "Your hub has paused you as a mentor for now."
    assert told(pair.mentor) == [words]
    entry = RecordEntry.objects.get()
    assert (entry.member, entry.actor, entry.hub) == (pair.mentor, None, None)
    assert (entry.words, entry.reason) == (words, "")
    with pytest.raises(Refused, match="Your hub has paused this"):
        actions.return_mentor(member=pair.mentor, now=NOW)


def test_a_pause_of_the_mentors_own_becomes_one_of_the_hub(pair: Pair) -> None:
    actions.pause_mentor(member=pair.mentor, now=NOW)
    actions.hold_mentor(member=pair.safety, case=report(pair), reason="x", now=NOW)
    pair.giver.refresh_from_db()
    assert (pair.giver.state, pair.giver.is_held_by_hub) == ("paused", True)


def test_who_left_stays_away_and_is_looked_at_anew(pair: Pair) -> None:
    case = report(pair)
    actions.leave_mentoring(member=pair.mentor, now=NOW)
    actions.hold_mentor(member=pair.safety, case=case, reason="x", now=NOW)
    pair.giver.refresh_from_db()
    assert (pair.giver.state, pair.giver.is_held_by_hub) == ("left", True)


def test_a_case_about_a_learner_stops_no_mentor(pair: Pair) -> None:
    case = report(pair, "mentor")
    with pytest.raises(Refused, match=r"^This person is not a mentor.$"):
        actions.hold_mentor(member=pair.safety, case=case, reason="x", now=NOW)
    assert entries(case) == [("reported", "mara", "")]


def test_a_pair_that_is_gone_cannot_be_ended(pair: Pair) -> None:
    case = report(pair)
    SafetyCase.objects.update(pairing=None)
    actions.end_pair(member=pair.safety, case=case, reason="x", now=NOW)
    assert entries(case)[1:] == []


def test_a_case_is_closed_and_who_reported_is_told(pair: Pair) -> None:
    case = report(pair)
    with pytest.raises(Refused):
        actions.close_case(member=pair.safety, case=case, words="", now=NOW)
    actions.close_case(member=pair.safety, case=case, words="Talked to both.", now=NOW)
    case.refresh_from_db()
    assert (case.closed_at, case.words) == (NOW, SECRET)
    assert entries(case)[1:] == [("closed", "safety", "Talked to both.")]
    assert told(pair.mentee) == [
        "We have looked into what you reported. Riverside can tell you more."
    ]
    assert told(pair.mentor) == []
    assert not RecordEntry.objects.exists()
    for name in ("note", "words", "end", "hold", "close"):
        with pytest.raises(Refused, match="This case is closed"):
            case_acts(pair, case)[name](pair.safety)


def test_the_words_of_somebody_who_left_go_with_the_case(pair: Pair) -> None:
    case = report(pair)
    SafetyCase.objects.update(reporter=None, subject=None, opened_words_at=NOW)
    actions.close_case(member=pair.safety, case=case, words="Over.", now=NOW)
    case.refresh_from_db()
    assert case.words == ""
    assert not RecordEntry.objects.exists()
