"""A year after the end every word and both names go; dates and outcomes stay."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from members.models import Member, Notice
from mentorship import actions
from mentorship.models import (
    Goal,
    Meeting,
    MentorAsk,
    Pairing,
    PairingMove,
    PairMessage,
    PairNote,
    Pulse,
    SafetyCase,
)
from tests.desk_parts import make_member
from tests.mentorship.factories import make_ask, make_mentor, make_pairing
from tests.mentorship.pair_parts import DAY, NOW, Pair, key_of, make_pair, told

pytestmark = pytest.mark.django_db
WORD = "zebra"
YEAR = timedelta(days=365)


def fill(pair: Pair, now: datetime = NOW) -> None:
    """Words of both in every place of a pair."""
    both = {"pairing": pair.pairing, "now": now}
    for who in (pair.mentor, pair.mentee):
        key = key_of(who.username)
        said = f"{WORD} {who.username}"
        actions.send_message(member=who, key=key, words=said, **both)
        actions.add_note(member=who, key=key, words=said, **both)
        actions.add_note(member=who, key=key, words=said, is_private=True, **both)
        actions.plan_meeting(
            member=who, key=key, starts_at=now + DAY, way="hub", place=said, **both
        )
    actions.set_goal(member=pair.mentee, number=1, words=WORD, **both)
    actions.log_meeting(member=pair.mentor, key=key_of("log"), **both)
    Pulse.objects.create(
        pairing=pair.pairing, member=pair.mentee, point="week_2", going=3, made_at=now
    )
    MentorAsk.objects.filter(pk=pair.ask.pk).update(words=WORD, wishes=("woman",))


def end(pair: Pair, **values: object) -> None:
    """The pair ended, with words at the end."""
    said = ("achieved", "thanks", "next_step", "staff_reason")
    theirs = ("mentor_achieved", "mentor_thanks", "mentor_next_step")
    words = dict.fromkeys((*said, *theirs), WORD)
    facts = {"state": "closed", "ended_at": NOW, "decline_words": WORD, **words, **values}
    Pairing.objects.filter(pk=pair.pairing.pk).update(**facts)
    PairingMove.objects.create(
        pairing=pair.pairing,
        actor=pair.coordinator,
        verb="stop",
        after="closed",
        reason=WORD,
        made_at=NOW,
    )


def rows_with(word: str, tables: tuple[str, ...] = ("mentorship_", "members_notice")) -> list[str]:
    """The tables of mentorship, and of notices, in which a word stands; or those that begin so."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith(tables):
                cursor.execute(f'SELECT * FROM "{table}"')
                if word in str(cursor.fetchall()):
                    found.append(table)
    return found


@pytest.fixture
def pair() -> Pair:
    pair = make_pair()
    fill(pair)
    return pair


def test_after_a_year_the_words_and_names_are_gone(pair: Pair) -> None:
    end(pair)
    unread = Member.objects.get(pk=pair.mentee.pk).unread_count
    assert unread == 2
    assert actions.delete_old_words(now=NOW + YEAR - DAY) == 0
    assert len(rows_with(WORD)) > 4
    assert actions.delete_old_words(now=NOW + YEAR) == 1
    assert rows_with(WORD) == []
    row = pair.again()
    assert (row.mentor, row.mentee, row.ask.member) == (None, None, None)
    assert (row.state, row.ended_at, row.accepted_at) == ("closed", NOW, NOW - DAY)
    assert Goal.objects.get().made_at == NOW
    assert list(Meeting.objects.values_list("state", "made_by", "place")) == [
        ("held", None, ""),
        ("planned", None, ""),
        ("planned", None, ""),
    ]
    assert Pulse.objects.get().member is None
    assert PairingMove.objects.get(verb="stop").actor is None
    assert MentorAsk.objects.get().asked_at == NOW - DAY
    assert not (PairMessage.objects.exists() or PairNote.objects.exists())
    assert not Notice.objects.filter(key__startswith="pairing:").exists()
    assert Member.objects.get(pk=pair.mentee.pk).unread_count == 0
    assert actions.delete_old_words(now=NOW + YEAR) == 0


def test_a_pair_that_goes_on_keeps_its_words(pair: Pair) -> None:
    assert actions.delete_old_words(now=NOW + 9 * YEAR) == 0
    assert PairMessage.objects.count() == 2


def test_a_pair_that_outlives_a_year_keeps_its_question(pair: Pair) -> None:
    """Another mentor was asked first, and said no over a year ago."""
    other = make_mentor(make_member("other", "Otto Other"), pair.hub, applied_at=NOW)
    old = make_pairing(pair.ask, other, "declined", at=NOW - 9 * DAY)
    late = NOW + YEAR + 9 * DAY
    dates = dict.fromkeys(("term_ends_at", "closes_at"), late + YEAR)
    Pairing.objects.filter(pk=pair.pairing.pk).update(**dates)
    MentorAsk.objects.update(state="paired")
    actions.delete_old_words(now=late)
    assert (Pairing.objects.get(pk=old.pk).mentor, pair.again().mentor) == (None, pair.giver)
    assert MentorAsk.objects.get().words == WORD
    actions.leave_mentoring(member=pair.mentor, now=late)
    ask = MentorAsk.objects.get(state="waiting")
    assert (ask.member, ask.asked_at, ask.words) == (pair.mentee, NOW - DAY, WORD)
    assert "You keep your place: you asked on 1 November 2026." in told(pair.mentee)[-1]
    actions.withdraw_ask(member=pair.mentee, ask=ask, now=late)
    assert actions.delete_old_words(now=late + YEAR) == 1
    assert rows_with(WORD, ("mentorship_pair",)) == []
    assert set(MentorAsk.objects.filter(pairings=old).values_list("words", "member")) == {
        ("", None)
    }


def test_a_pair_with_an_open_case_waits(pair: Pair) -> None:
    end(pair)
    case = actions.report_problem(
        member=pair.mentee, pairing=pair.pairing, key=key_of(1), kind="other", now=NOW
    )
    assert actions.delete_old_words(now=NOW + 2 * YEAR) == 0
    assert PairMessage.objects.count() == 2
    actions.close_case(member=pair.safety, case=case, words="Done.", now=NOW + 2 * YEAR)
    assert actions.delete_old_words(now=NOW + 2 * YEAR) == 1
    assert SafetyCase.objects.get().pairing == pair.pairing


@pytest.mark.parametrize("state", ["declined", "withdrawn", "expired"])
def test_a_question_that_came_to_nothing_is_forgotten_too(state: str) -> None:
    pair = make_pair(state, at=NOW)
    Pairing.objects.update(decline_words=WORD, ended_at=None, answered_at=None)
    MentorAsk.objects.update(words=WORD)
    late = NOW + YEAR + 3 * DAY
    assert actions.delete_old_words(now=late - DAY) == 0
    assert actions.delete_old_words(now=late) == 1
    row = pair.again()
    assert (row.decline_words, row.mentor, row.mentee) == ("", None, None)
    ask = MentorAsk.objects.get()
    assert (ask.words, ask.member) == (WORD, pair.mentee), "It still waits."


def test_what_nobody_wrote_any_more_goes(pair: Pair) -> None:
    PairMessage.objects.filter(author=pair.mentor).update(author=None)
    PairNote.objects.filter(author=pair.mentor).update(author=None)
    actions.delete_old_words(now=NOW)
    assert [row.author for row in PairMessage.objects.all()] == [pair.mentee]
    assert {row.author for row in PairNote.objects.all()} == {pair.mentee}


def test_a_count_of_notices_never_falls_below_nothing(pair: Pair) -> None:
    end(pair)
    Member.objects.update(unread_count=0)
    actions.delete_old_words(now=NOW + YEAR)
    assert set(Member.objects.values_list("unread_count", flat=True)) == {0}


def test_an_ask_that_was_taken_back_before_anybody_was_asked_is_forgotten() -> None:
    pair = make_pair()
    old, late, waits = (make_member(name) for name in ("old", "late", "waits"))
    for member, ago in ((old, YEAR), (late, YEAR - DAY)):
        ended_at = NOW - ago
        make_ask(member, pair.hub, words=WORD, state="withdrawn", ended_at=ended_at)
    make_ask(waits, pair.hub, words=WORD, asked_at=NOW - 2 * YEAR)
    asked = MentorAsk.objects.get(member=old)
    assert actions.delete_old_words(now=NOW) == 0
    asked.refresh_from_db()
    assert (asked.member, asked.words, asked.slots, asked.state) == (None, "", (), "withdrawn")
    assert asked.ended_at == NOW - YEAR
    kept = MentorAsk.objects.filter(words=WORD).order_by("pk")
    assert [ask.member for ask in kept] == [late, waits]
