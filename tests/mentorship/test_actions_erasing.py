"""Somebody erases the account: no name, no word of theirs, and nobody is left without a word."""

import pytest
from django.utils import timezone

from members.actions import erase_member
from members.models import Hub, Member, Notice
from mentorship import actions
from mentorship.models import (
    CalendarKey,
    Goal,
    MemberBlock,
    Mentor,
    MentorAsk,
    Pairing,
    PairMessage,
    PairNote,
    SafetyCase,
)
from tests.mentorship import factories
from tests.mentorship.pair_parts import DAY, NOW, Pair, key_of, make_pair, told
from tests.mentorship.test_actions_tidying import WORD, fill, rows_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    pair = make_pair()
    fill(pair)
    return pair


def test_a_mentee_leaves_dates_and_no_name(pair: Pair) -> None:
    actions.calendar_key(member=pair.mentee)
    Mentor.objects.filter(pk=pair.giver.pk).update(hello="I like Lea Learner Street.")
    erase_member(member=pair.mentee)
    row = pair.again()
    assert (row.state, row.mentee, row.mentor) == ("closed", None, pair.giver)
    assert (row.ask.member, row.ask.state, row.ask.words) == (None, "paired", "")
    assert (row.accepted_at, row.first_met_at) == (NOW - DAY, NOW)
    assert rows_with(WORD) == []
    assert rows_with("Lea Learner") == ["mentorship_mentor"], "Only what the mentor typed."
    assert not CalendarKey.objects.exists()
    assert told(pair.mentor)[-1] == (
        "The pairing that began on 1 November 2026 is over. Thank you for your time and care."
    )
    assert told(pair.mentor)[0] == "A learner wrote to you."


def test_a_mentor_leaves_an_orderly_hand_over(pair: Pair) -> None:
    erase_member(member=pair.mentor)
    row = pair.again()
    assert (row.state, row.end_reason, row.mentor) == ("closed", "mentor_left", None)
    again = MentorAsk.objects.get(state="waiting")
    assert (again.member, again.asked_at) == (pair.mentee, NOW - DAY)
    assert rows_with("Mara Mentor") == []
    assert [message.words for message in PairMessage.objects.all()] == [f"{WORD} lea"]
    assert {note.author for note in PairNote.objects.all()} == {pair.mentee}
    assert Goal.objects.get().words == WORD
    assert "can no longer be your mentor" in told(pair.mentee)[-1]
    assert told(pair.mentee)[-1].startswith("Somebody who has left ")


def test_an_open_question_is_taken_back() -> None:
    pair = make_pair("proposed", at=timezone.now())
    erase_member(member=pair.mentee)
    row = pair.again()
    assert (row.state, row.ask.state) == ("withdrawn", "withdrawn")
    assert row.ask.ended_at is not None
    assert told(pair.mentor) == [
        "A learner no longer needs an answer from you. Thank you all the same."
    ]


def test_a_mentor_who_has_left_before_is_forgotten_too(pair: Pair) -> None:
    actions.leave_mentoring(member=pair.mentor, now=NOW)
    erase_member(member=pair.mentor)
    assert not Mentor.objects.exists()
    assert rows_with("Mara Mentor") == []


def test_what_a_date_has_ended_stays_ended() -> None:
    pair = make_pair(at=NOW - 300 * DAY)
    actions.forget_pairs(member=pair.mentee, now=NOW)
    assert list(pair.pairing.moves.values_list("verb", flat=True)) == ["end", "close"]


def test_the_words_of_an_open_case_stay_until_it_is_closed(pair: Pair) -> None:
    case = actions.report_problem(
        member=pair.mentee,
        pairing=pair.pairing,
        key=key_of(1),
        kind="danger",
        words="zebra-case",
        now=NOW,
    )
    erase_member(member=pair.mentor)
    assert PairMessage.objects.count() == 2
    erase_member(member=pair.mentee)
    assert PairMessage.objects.count() == 2
    assert SafetyCase.objects.get().words == "zebra-case"
    actions.delete_old_words(now=NOW)
    assert PairMessage.objects.count() == 2
    actions.close_case(member=pair.safety, case=case, words="Over.", now=NOW)
    actions.delete_old_words(now=NOW)
    assert not (PairMessage.objects.exists() or PairNote.objects.exists())
    assert SafetyCase.objects.get().words == ""


def test_the_words_of_a_closed_report_go_with_who_reported(pair: Pair) -> None:
    case = actions.report_problem(
        member=pair.mentee, pairing=pair.pairing, key=key_of(1), kind="other", words=WORD, now=NOW
    )
    actions.close_case(member=pair.safety, case=case, words="Over.", now=NOW)
    erase_member(member=pair.mentee)
    case.refresh_from_db()
    assert (case.words, case.reporter, case.kind) == ("", None, "other")


def test_others_lose_nothing(pair: Pair) -> None:
    before = {model: model.objects.count() for model in (PairMessage, PairNote, Pairing)}
    actions.block_member(member=pair.mentor, pairing=pair.pairing, now=NOW)
    erase_member(member=pair.outsider)
    assert {model: model.objects.count() for model in before} == before
    assert MemberBlock.objects.count() == 1


def test_a_short_name_is_taken_out_as_a_whole_word_only() -> None:
    pair = make_pair()
    Member.objects.filter(pk=pair.mentee.pk).update(name="An")
    mentee = Member.objects.get(pk=pair.mentee.pk)
    key = f"pairing:{pair.pairing.pk}:x"
    Notice.objects.create(
        member=pair.mentor, key=key, kind="mentoring", text="An asks. Answer An.", made_at=NOW
    )
    actions.forget_pairs(member=mentee, now=NOW)
    assert Notice.objects.get(key=key).text == "A learner asks. Answer a learner."


def test_somebody_without_mentoring_is_erased_as_ever() -> None:
    hub = Hub.objects.create(slug="riverside", name="Riverside", place="Town")
    member = Member.objects.create(username="lone", name="Lone")
    factories.make_ask(member, hub)
    erase_member(member=member)
    ask = MentorAsk.objects.get()
    assert (ask.member, ask.state, ask.words) == (None, "withdrawn", "")


ALL = ("",)


def talked_of(pair: Pair) -> None:
    """The clock, the hub and the two have told everybody of the mentor and the mentee; people
    have mail, and the mails stand in the outbox."""
    for one in Member.objects.all():
        Member.objects.filter(pk=one.pk).update(email=f"{one.username}@example.org")
    for name in ("mentor", "mentee", "coordinator", "safety"):
        getattr(pair, name).refresh_from_db()
    fill(pair)
    Mentor.objects.filter(member=pair.mentor).update(state="left")
    actions.offer_mentoring(
        member=pair.mentor,
        hub=pair.hub,
        topics=[factories.make_topic()],
        languages=["en"],
        ways=["video"],
        slots=["mon-eve"],
        capacity=2,
        is_adult=True,
        now=NOW,
    )
    Mentor.objects.filter(member=pair.mentor).update(state="ready")
    soon = (NOW + 30 * DAY).date()
    actions.set_absence(member=pair.mentor, from_on=soon, until_on=soon, now=NOW)
    asked = factories.make_ask(pair.outsider, pair.hub)
    actions.propose(member=pair.outsider, ask=asked, mentor=pair.giver, now=NOW)
    report = {"pairing": pair.pairing, "kind": "other", "words": WORD, "now": NOW}
    for who in (pair.mentor, pair.mentee):
        case = actions.report_problem(member=who, key=key_of(f"case {who.pk}"), **report)
        actions.read_case(member=pair.safety, case=case, now=NOW)
        actions.open_words(member=pair.safety, case=case, reason="Needed.", now=NOW)
        actions.close_case(member=pair.safety, case=case, words="Over.", now=NOW)
    actions.remind_pairs(now=NOW + 40 * DAY)
    staff = {"member": pair.coordinator, "reason": "They rang us.", "now": NOW}
    for verb in ("end", "reopen"):
        actions.move_pairing(pairing=pair.pairing, verb=verb, **staff)


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_no_table_keeps_the_name_of_somebody_who_is_gone(who: str) -> None:
    pair = make_pair()
    talked_of(pair)
    member = getattr(pair, who)
    Mentor.objects.update(hello="")
    stood = rows_with(member.name, ALL)
    assert {"members_member", "members_notice", "members_outboxrow"} <= set(stood)
    assert Notice.objects.filter(key__startswith="mentor:", member=pair.coordinator).exists()
    erase_member(member=member)
    assert rows_with(member.name, ALL) == []
    told_staff = Notice.objects.filter(member=pair.coordinator, key__startswith="mentor:")
    name = "Somebody who has left" if who == "mentor" else "Mara Mentor"
    assert told_staff.get().text == f"{name} wants to be a mentor. Please get in touch soon."
