"""Somebody asks for a mentor, and takes it back."""

from types import SimpleNamespace
from typing import Any

import pytest

from courses.models import Lesson
from members.errors import Refused
from members.models import Consent, Membership
from mentorship import actions
from mentorship.actions.asks import change_ask, renew_ask
from mentorship.models import MentorAsk, Pairing, Programme
from tests.mentorship.factories import make_ask, make_mentor, make_pairing, make_topic
from tests.mentorship.story import DAY, NOON, fresh, moves, told

pytestmark = pytest.mark.django_db


def ask_now(cast: SimpleNamespace, **values: Any) -> MentorAsk:
    """Ask as the learner."""
    facts: dict[str, Any] = {
        "member": cast.learner,
        "hub": cast.hub,
        "topic": make_topic(),
        "words": " I want to write a small program. ",
        "languages": ["es", "en", "en"],
        "ways": ["video"],
        "slots": ["wed-eve", "mon-eve"],
        "wishes": ["woman"],
        "important": ["hours"],
        "time_zone": "Europe/Madrid",
        "is_adult": True,
        "now": NOON,
        **values,
    }
    return actions.ask_for_mentor(**facts)


def lesson_of(cast: SimpleNamespace) -> Lesson:
    """A lesson of the course."""
    return Lesson.objects.filter(course=cast.course).earliest("made_at")


def test_an_ask_waits_with_its_first_date(cast: SimpleNamespace) -> None:
    ask = ask_now(cast, member=cast.outsider)
    assert (ask.state, ask.asked_at, ask.made_at) == ("waiting", NOON, NOON)
    assert ask.words == "I want to write a small program."
    assert (ask.languages, ask.ways, ask.slots) == (
        ("en", "es"),
        ("video",),
        ("mon-eve", "wed-eve"),
    )
    assert (ask.wishes, ask.important, ask.time_zone) == (("woman",), ("hours",), "Europe/Madrid")
    assert (ask.topic, ask.course, ask.lesson, ask.shares_progress) == (
        make_topic(),
        None,
        None,
        False,
    )
    assert ask.programme == Programme.objects.get(hub=cast.hub)
    assert Membership.objects.filter(member=cast.outsider, hub=cast.hub).exists()


def test_the_same_again_is_one_ask_and_another_text_changes_it(cast: SimpleNamespace) -> None:
    first = ask_now(cast)
    assert ask_now(cast, now=NOON + DAY) == first
    changed = ask_now(cast, words="Now something else.", now=NOON + 2 * DAY)
    assert (changed.pk, changed.words, changed.asked_at) == (first.pk, "Now something else.", NOON)
    assert MentorAsk.objects.count() == 1


def test_an_ask_is_not_changed_while_a_mentor_is_asked(cast: SimpleNamespace) -> None:
    ask, mentor = ask_now(cast), make_mentor(cast.mentor, cast.hub)
    asked = make_pairing(ask, mentor, "proposed", at=NOON)
    assert ask_now(cast) == ask
    with pytest.raises(Refused) as refusal:
        ask_now(cast, words="Now something else.")
    assert refusal.value.reason == (
        "Mentor has been asked and answers by 7 May 2026, 14:00 (clock of Madrid). "
        "Wait, or take the question back."
    )
    changed = ask_now(cast, words="Now something else.", now=asked.expires_at)
    assert changed.words == "Now something else."


def test_a_change_that_comes_after_the_yes_is_refused(cast: SimpleNamespace) -> None:
    ask = ask_now(cast)
    ask.state = MentorAsk.State.PAIRED
    with pytest.raises(Refused, match=r"^You have a mentor already."):
        change_ask(ask, {"words": "Late."}, NOON)


def test_under_18_the_hub_people_help(cast: SimpleNamespace) -> None:
    with pytest.raises(Refused) as refusal:
        ask_now(cast, is_adult=False)
    assert refusal.value.field == "is_adult"
    assert refusal.value.reason == (
        "Mentors are for people of 18 and older for now. "
        "The people of Harbour Hub help you: Ring the bell."
    )
    assert not MentorAsk.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"words": "  "}, "words"),
        ({"words": "x" * 501}, "words"),
        ({"languages": []}, "languages"),
        ({"languages": ["xx"]}, "languages"),
        ({"ways": []}, "ways"),
        ({"ways": ["letter"]}, "ways"),
        ({"slots": []}, "slots"),
        ({"slots": ["mon-night"]}, "slots"),
        ({"wishes": ["rich"]}, "wishes"),
        ({"important": ["all"]}, "important"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
    ],
)
def test_what_is_missing_or_unknown_is_refused_beside_its_field(
    cast: SimpleNamespace, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        ask_now(cast, **values)
    assert refusal.value.field == field
    assert not MentorAsk.objects.exists()


def test_an_ask_from_a_lesson_carries_it_and_the_consent(cast: SimpleNamespace) -> None:
    lesson = lesson_of(cast)
    ask = ask_now(cast, lesson=lesson, shares_progress=True)
    assert (ask.lesson, ask.course, ask.shares_progress) == (lesson, cast.course, True)
    consent = Consent.objects.get(member=cast.learner)
    assert (consent.kind, consent.wording, consent.given_at) == (
        "mentor-progress",
        "My mentor may see how far I am in “Basics”.",
        NOON,
    )
    ask_now(cast, lesson=lesson, shares_progress=False, now=NOON + DAY)
    assert Consent.objects.get(member=cast.learner).withdrawn_at == NOON + DAY


def test_without_a_course_there_is_no_progress_to_share(cast: SimpleNamespace) -> None:
    assert ask_now(cast, shares_progress=True).shares_progress is False
    assert not Consent.objects.exists()


def test_a_pair_keeps_the_consent_by_which_it_goes(cast: SimpleNamespace) -> None:
    ask = ask_now(cast, lesson=lesson_of(cast), shares_progress=True)
    make_pairing(ask, make_mentor(cast.mentor, cast.hub), "active", at=NOON)
    second = ask_now(cast)
    assert second.pk != ask.pk
    assert Consent.objects.standing().filter(member=cast.learner).count() == 1
    actions.withdraw_ask(member=cast.learner, ask=second, now=NOON)
    assert Consent.objects.standing().filter(member=cast.learner).count() == 1


def test_a_new_ask_with_the_box_off_ends_what_another_mentor_sees_of_the_course(
    cast: SimpleNamespace,
) -> None:
    lesson = lesson_of(cast)
    ask = ask_now(cast, lesson=lesson, shares_progress=True)
    pairing = make_pairing(ask, make_mentor(cast.mentor, cast.hub), "active", at=NOON)
    ask_now(cast, lesson=lesson, shares_progress=False, now=NOON + DAY)
    assert fresh(pairing).shows_progress is False
    assert not Consent.objects.standing().exists()


def test_what_was_taken_back_in_one_pair_stays_so(cast: SimpleNamespace) -> None:
    """Also when a new ask shows it again, and in an ask that follows the pair."""
    lesson = lesson_of(cast)
    ask = ask_now(cast, lesson=lesson, shares_progress=True)
    pairing = make_pairing(ask, make_mentor(cast.mentor, cast.hub), "active", at=NOON)
    for days in range(2):
        actions.show_progress(
            member=cast.learner, pairing=pairing, show=False, now=NOON + days * DAY
        )
    assert Consent.objects.get().withdrawn_at == NOON
    assert renew_ask(fresh(pairing), NOON, NOON).shares_progress is False
    ask_now(cast, lesson=lesson, shares_progress=True, now=NOON + DAY)
    assert fresh(pairing).shows_progress is False
    assert Consent.objects.standing().count() == 1


def test_withdraw_ends_the_ask_and_the_proposal(cast: SimpleNamespace) -> None:
    ask = ask_now(cast, lesson=lesson_of(cast), shares_progress=True)
    asked = make_pairing(ask, make_mentor(cast.mentor, cast.hub), "proposed", at=NOON)
    for days in range(2):
        got = actions.withdraw_ask(member=cast.learner, ask=ask, now=NOON + days * DAY)
    assert (got.state, got.ended_at) == ("withdrawn", NOON)
    assert fresh(asked).state == "withdrawn"
    assert moves(asked) == [("withdraw", "proposed", "withdrawn")]
    assert told(cast.mentor) == [
        "A learner no longer needs an answer from you. Thank you all the same."
    ]
    assert not Consent.objects.standing().exists()


def test_withdraw_without_a_proposal_tells_nobody(cast: SimpleNamespace) -> None:
    ask = ask_now(cast)
    assert actions.withdraw_ask(member=cast.learner, ask=ask, now=NOON).state == "withdrawn"
    assert not Pairing.objects.exists()
    assert ask_now(cast).pk != ask.pk


def test_withdraw_is_refused_for_others_and_for_a_pair(cast: SimpleNamespace) -> None:
    ask = ask_now(cast)
    for stranger in (cast.neighbour, cast.coordinator, cast.admin):
        with pytest.raises(Refused, match=r"^This is not your question.$"):
            actions.withdraw_ask(member=stranger, ask=ask, now=NOON)
    make_pairing(ask, make_mentor(cast.mentor, cast.hub), "accepted", at=NOON)
    with pytest.raises(Refused, match=r"^You have a mentor already."):
        actions.withdraw_ask(member=cast.learner, ask=ask, now=NOON)


def test_a_renewed_ask_keeps_the_words_and_takes_the_earlier_date(cast: SimpleNamespace) -> None:
    ask = ask_now(cast)
    pairing = make_pairing(ask, make_mentor(cast.mentor, cast.hub), "closed", at=NOON)
    renewed = renew_ask(pairing, NOON, NOON + DAY)
    assert (renewed.words, renewed.slots, renewed.follows) == (ask.words, ask.slots, pairing)
    assert (renewed.asked_at, renewed.made_at) == (NOON, NOON + DAY)
    assert renew_ask(pairing, NOON - DAY, NOON + DAY).asked_at == NOON - DAY
    assert renew_ask(pairing, NOON, NOON + DAY).asked_at == NOON - DAY
    assert MentorAsk.objects.filter(state="waiting").count() == 1


def test_a_renewed_ask_finds_an_open_programme(cast: SimpleNamespace) -> None:
    ask = make_ask(cast.learner, cast.hub)
    pairing = make_pairing(ask, make_mentor(cast.mentor, cast.hub), "closed", at=NOON)
    Programme.objects.update(is_open=False)
    pairing.refresh_from_db()
    new = Programme.objects.create(hub=cast.hub, title="New")
    assert renew_ask(pairing, NOON, NOON).programme == new
