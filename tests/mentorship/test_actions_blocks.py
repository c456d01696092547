"""Blocks: what they end, and what nobody learns."""

import pytest

from members.errors import Refused
from members.models import Notice, RecordEntry
from mentorship import actions
from mentorship.models import MemberBlock, MentorAsk, Pairing
from tests.mentorship import factories
from tests.mentorship.pair_parts import DAY, NOW, Pair, make_pair, told
from tests.mentorship.safety_parts import moves

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    return make_pair()


def block(pair: Pair, who: str = "mentee") -> MemberBlock:
    return actions.block_member(member=getattr(pair, who), pairing=pair.pairing, now=NOW)


@pytest.mark.parametrize(
    ("who", "other", "words"),
    [
        (
            "mentee",
            "mentor",
            "The pairing that began on 1 November 2026 is over. Thank you for your time and care.",
        ),
        (
            "mentor",
            "mentee",
            "Your time with Mara Mentor is over. You can ask for a mentor again with one tap.",
        ),
    ],
)
def test_a_block_ends_a_pair_in_neutral_words(pair: Pair, who: str, other: str, words: str) -> None:
    assert block(pair, who) == block(pair, who)
    row = pair.again()
    assert (row.state, row.end_reason, row.ended_at) == ("closed", "other", NOW)
    assert told(getattr(pair, other)) == [words]
    assert told(getattr(pair, who)) == []
    assert moves(pair) == [("stop", None, False, "")]
    assert not RecordEntry.objects.exists()


def test_the_words_after_a_block_are_those_of_any_end(pair: Pair) -> None:
    block(pair, "mentor")
    said = told(pair.mentee)
    Pairing.objects.filter(pk=pair.pairing.pk).update(state="closing", ended_at=None)
    MemberBlock.objects.all().delete()
    Notice.objects.all().delete()
    for who in (pair.mentor, pair.mentee):
        actions.close_pairing(member=who, pairing=pair.pairing, now=NOW)
    assert told(pair.mentee) == said


def test_a_mentor_blocks_who_asks_and_the_mentee_reads_a_plain_no() -> None:
    pair = make_pair("proposed")
    block(pair, "mentor")
    assert pair.again().state == "declined"
    assert told(pair.mentee) == []
    actions.expire_proposal(pairing=pair.pairing, now=NOW + 2 * DAY)
    assert told(pair.mentee) == [
        "Mara Mentor cannot be your mentor at the moment, and nobody else fits just now. "
        "You keep your place in line: Riverside looks at your question on 6 November 2026."
    ]


def test_a_mentee_blocks_who_said_no_without_knowing_it() -> None:
    pair = make_pair("declined")
    block(pair)
    row = pair.again()
    assert (row.state, row.ended_at) == ("declined", NOW)
    assert told(pair.mentor) == told(pair.mentee) == []


def test_a_mentee_blocks_who_was_asked() -> None:
    pair = make_pair("proposed")
    block(pair)
    assert pair.again().state == "withdrawn"
    assert told(pair.mentor) == [
        "A learner no longer needs an answer from you. Thank you all the same."
    ]
    assert MentorAsk.objects.get().state == "waiting"


def test_after_a_block_the_question_goes_on_to_somebody_else() -> None:
    pair = make_pair("proposed")
    factories.make_mentor(pair.outsider, pair.hub, check_level=1)
    MentorAsk.objects.update(chooses_for_me=True)
    block(pair, "mentor")
    assert Pairing.objects.count() == 1
    actions.expire_proposal(pairing=pair.pairing, now=NOW + 2 * DAY)
    following = Pairing.objects.exclude(pk=pair.pairing.pk).get()
    assert (following.state, following.mentor.member) == ("proposed", pair.outsider)


def test_a_block_ends_all_that_is_open_between_the_two(pair: Pair) -> None:
    """The two may be a pair the other way round too."""
    giver = factories.make_mentor(pair.mentee, pair.hub)
    ask = factories.make_ask(pair.mentor, pair.hub)
    other = factories.make_pairing(ask, giver, "proposed", at=NOW - DAY / 2)
    block(pair)
    other.refresh_from_db()
    assert (pair.again().state, other.state) == ("closed", "declined")


def test_what_a_date_has_ended_is_not_ended_again() -> None:
    pair = make_pair(at=NOW - 300 * DAY)
    block(pair)
    assert pair.again().state == "closed"
    assert [verb for verb, *_rest in moves(pair)] == ["end", "close"]


def test_a_block_of_an_ended_pair_only_keeps_them_apart() -> None:
    pair = make_pair("closed")
    block(pair)
    assert MemberBlock.objects.count() == 1
    assert moves(pair) == []


def test_others_and_nobody_cannot_be_blocked(pair: Pair) -> None:
    with pytest.raises(Refused, match="not your pair"):
        block(pair, "outsider")
    Pairing.objects.update(mentor=None)
    pair.pairing.refresh_from_db()
    with pytest.raises(Refused, match="gone already"):
        block(pair)
    assert not MemberBlock.objects.exists()
