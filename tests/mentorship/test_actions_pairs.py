"""Goals, notes, messages and pulses of a pair."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from members.errors import Refused
from members.models import OutboxRow
from mentorship import actions
from mentorship.models import Goal, PairMessage, PairNote, Pulse
from mentorship.risks import Risk, risks
from tests.mentorship.pair_parts import DAY, NOW, Pair, key_of, make_pair, told

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SECRET = "zebra-words"


@pytest.fixture
def pair() -> Pair:
    return make_pair()


def doings(pair: Pair) -> dict[str, Callable[..., object]]:
    """Everything that one of the two may do, as somebody would do it."""
    key = key_of("k")
    return {
        "goal": lambda who: actions.set_goal(
            member=who, pairing=pair.pairing, number=1, words="x", now=NOW
        ),
        "met": lambda who: actions.meet_goal(
            member=who, pairing=pair.pairing, number=1, met=True, now=NOW
        ),
        "note": lambda who: actions.add_note(
            member=who, pairing=pair.pairing, key=key, words="x", now=NOW
        ),
        "message": lambda who: actions.send_message(
            member=who, pairing=pair.pairing, key=key, words="x", now=NOW
        ),
        "pulse": lambda who: actions.answer_pulse(
            member=who, pairing=pair.pairing, point="end", going=3, now=NOW
        ),
        "plan": lambda who: actions.plan_meeting(
            member=who, pairing=pair.pairing, key=key, starts_at=NOW + DAY, way="phone", now=NOW
        ),
        "log": lambda who: actions.log_meeting(member=who, pairing=pair.pairing, key=key, now=NOW),
    }


NAMES = ("goal", "met", "note", "message", "pulse", "plan", "log")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("who", ["coordinator", "safety", "admin", "outsider"])
def test_others_are_refused(pair: Pair, name: str, who: str) -> None:
    with pytest.raises(Refused, match="This is not your pair"):
        doings(pair)[name](getattr(pair, who))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("state", ["proposed", "declined", "expired", "withdrawn", "closed"])
def test_before_and_after_nothing_can_be_added(name: str, state: str) -> None:
    pair = make_pair(state)
    with pytest.raises(Refused, match="You are not a pair now"):
        doings(pair)[name](pair.mentee)
    assert not (PairNote.objects.exists() or PairMessage.objects.exists())


def test_what_a_date_has_ended_is_over() -> None:
    pair = make_pair(at=NOW - 200 * DAY)
    with pytest.raises(Refused, match="You are not a pair now"):
        doings(pair)["message"](pair.mentor)


@pytest.mark.parametrize("state", ["accepted", "active", "paused", "closing"])
def test_all_is_open_while_they_are_together(state: str) -> None:
    pair = make_pair(state)
    for name in ("goal", "met", "note", "message", "plan", "log"):
        doings(pair)[name](pair.mentee)
    row = pair.again()
    assert (row.last_sign_at, row.state) == (NOW, "active" if state == "accepted" else state)


def test_a_goal_is_written_changed_and_taken_away(pair: Pair) -> None:
    def write(words: str, number: int = 2) -> Goal | None:
        return actions.set_goal(
            member=pair.mentee, pairing=pair.pairing, number=number, words=words, now=NOW
        )

    first = write(" Read a bill ")
    assert first is not None and (first.words, first.number) == ("Read a bill", 2)
    assert write("Read a bill") == first
    changed = write("Pay a bill")
    assert changed is not None and (changed.pk, changed.words) == (first.pk, "Pay a bill")
    assert write("") is None
    assert not Goal.objects.exists()
    with pytest.raises(Refused, match="Write a few words first") as refused:
        write(" ")
    assert refused.value.field == "words"
    with pytest.raises(Refused, match="too long"):
        write("x" * 201)
    for number in (0, 4):
        with pytest.raises(Refused, match="Three goals"):
            write("x", number)


def test_goals_are_in_the_words_of_the_mentee(pair: Pair) -> None:
    with pytest.raises(Refused, match="in the words of the learner"):
        doings(pair)["goal"](pair.mentor)
    assert not Goal.objects.exists()


def test_either_says_that_a_goal_is_met(pair: Pair) -> None:
    with pytest.raises(Refused, match="not there any more"):
        doings(pair)["met"](pair.mentor)
    doings(pair)["goal"](pair.mentee)
    for _time in range(2):
        doings(pair)["met"](pair.mentor)
    assert Goal.objects.get().met_at == NOW
    actions.meet_goal(member=pair.mentee, pairing=pair.pairing, number=1, met=False, now=NOW + HOUR)
    assert Goal.objects.get().met_at is None
    assert pair.again().last_sign_at == NOW + HOUR


def test_a_note_is_kept_once_and_for_whom_it_is(pair: Pair) -> None:
    def keep(words: str, private: bool = False) -> PairNote:
        return actions.add_note(
            member=pair.mentor,
            pairing=pair.pairing,
            key=key_of("n"),
            words=words,
            is_private=private,
            now=NOW,
        )

    assert keep("One") == keep(" One ")
    keep("Two", private=True)
    rows = PairNote.objects.order_by("words").values_list("words", "is_private", "author")
    assert list(rows) == [("One", False, pair.mentor.pk), ("Two", True, pair.mentor.pk)]
    seen = PairNote.objects.visible_to(pair.mentee)
    assert [note.words for note in seen] == ["One"]
    assert told(pair.mentee) == []
    for words in ("", "x" * 4001):
        with pytest.raises(Refused):
            keep(words)


def test_a_message_tells_the_other_one_but_not_what_it_says(pair: Pair) -> None:
    for _time in range(2):
        message = actions.send_message(
            member=pair.mentor, pairing=pair.pairing, key=key_of(1), words=SECRET, now=NOW
        )
    assert PairMessage.objects.get() == message
    assert told(pair.mentee) == ["Mara Mentor wrote to you."]
    assert told(pair.mentor) == []
    notice = pair.mentee.notices.get()
    assert notice.url == f"/mentorship/pairs/{pair.pairing.pk}/#messages"
    assert notice.key == f"pairing:{pair.pairing.pk}:message:{message.pk}"
    assert pair.again().last_sign_at == NOW


def test_other_words_under_the_same_key_are_another_message(pair: Pair) -> None:
    """After the way back in a browser the form has its old key, and new words."""
    for words in ("One", "Two", "One"):
        actions.send_message(
            member=pair.mentee, pairing=pair.pairing, key=key_of(1), words=words, now=NOW
        )
    assert list(PairMessage.objects.values_list("words", flat=True)) == ["One", "Two"]


def test_the_key_of_somebody_else_hides_nothing(pair: Pair) -> None:
    for who in (pair.mentor, pair.mentee):
        actions.send_message(
            member=who, pairing=pair.pairing, key=key_of(1), words="Hello", now=NOW
        )
    assert PairMessage.objects.count() == 2


def test_several_messages_within_an_hour_make_one_mail(pair: Pair) -> None:
    pair.mentee.email = "lea@example.org"
    pair.mentee.save()
    for number, at in enumerate((NOW, NOW + HOUR / 2, NOW + 2 * HOUR)):
        actions.send_message(
            member=pair.mentor, pairing=pair.pairing, key=key_of(number), words=SECRET, now=at
        )
    assert told(pair.mentee) == ["Mara Mentor wrote to you."] * 3
    mails = OutboxRow.objects.filter(effect="members.send_mail")
    assert mails.count() == 2
    assert all(SECRET not in str(row.payload) for row in mails)


def test_a_message_to_nobody_is_kept(pair: Pair) -> None:
    pair.pairing.mentor = None
    pair.pairing.save()
    actions.send_message(
        member=pair.mentee, pairing=pair.pairing, key=key_of(1), words="Hello?", now=NOW
    )
    assert PairMessage.objects.count() == 1


def test_the_notice_is_in_the_language_of_the_reader(pair: Pair) -> None:
    pair.mentee.language = "es"
    pair.mentee.save()
    doings(pair)["message"](pair.mentor)
    assert pair.mentee.notices.get().url.startswith("/es/mentorship/pairs/")


def test_a_pulse_is_answered_once(pair: Pair) -> None:
    def answer(going: int = 1, point: str = "week_2") -> Pulse:
        return actions.answer_pulse(
            member=pair.mentee,
            pairing=pair.pairing,
            point=point,
            going=going,
            wants_call=True,
            now=NOW + 14 * DAY,
        )

    assert answer() == answer(3)
    pulse = Pulse.objects.get()
    assert (pulse.going, pulse.wants_call, pulse.point) == (1, True, "week_2")
    for point in ("week_6", "end", "nonsense"):
        with pytest.raises(Refused, match="Nobody asks this now"):
            answer(point=point)
    with pytest.raises(Refused, match="Choose how it goes") as refused:
        answer(going=7)
    assert refused.value.field == "going"
    assert told(pair.mentor) == []


def test_a_sign_is_never_set_back(pair: Pair) -> None:
    doings(pair)["message"](pair.mentee)
    actions.add_note(
        member=pair.mentee, pairing=pair.pairing, key=key_of(9), words="Late", now=NOW - HOUR
    )
    assert pair.again().last_sign_at == NOW


def signs(pair: Pair) -> tuple[object, object]:
    """The last sign of the mentor, and that of the mentee."""
    row = pair.again()
    return row.mentor_sign_at, row.mentee_sign_at


@pytest.mark.parametrize("name", ["goal", "message", "note", "plan"])
def test_a_sign_of_one_is_no_sign_of_the_other(pair: Pair, name: str) -> None:
    doings(pair)[name](pair.mentee)
    assert signs(pair) == (NOW - DAY, NOW)


def test_a_meeting_is_a_sign_of_both(pair: Pair) -> None:
    doings(pair)["log"](pair.mentee)
    assert signs(pair) == (NOW, NOW)


def test_a_private_note_is_no_sign(pair: Pair) -> None:
    before = pair.again().last_sign_at
    actions.add_note(
        member=pair.mentor,
        pairing=pair.pairing,
        key=key_of(3),
        words="Mine",
        is_private=True,
        now=NOW,
    )
    assert (*signs(pair), pair.again().last_sign_at) == (None, None, before)


def test_a_learner_who_writes_in_vain_has_a_silent_mentor() -> None:
    """Also in a pair from before each of the two had a date."""
    pair = make_pair(at=NOW - 40 * DAY)
    for days in (30, 20, 10, 0):
        actions.send_message(
            member=pair.mentee,
            pairing=pair.pairing,
            key=key_of(days),
            words="Are you there?",
            now=NOW - days * DAY,
        )
    assert signs(pair) == (NOW - 40 * DAY, NOW)
    found = risks(pair.again(), 28, (), None, NOW)
    assert found == [Risk("silent", NOW - 40 * DAY, side="mentor")]


def test_the_first_sign_of_all() -> None:
    pair = make_pair(last_sign_at=None)
    doings(pair)["message"](pair.mentee)
    assert pair.again().last_sign_at == NOW
