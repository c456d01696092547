"""Tasks handed in and read, questions asked and answered."""

from types import SimpleNamespace

import pytest
from django.core.files.storage import storages

from courses import actions
from courses.models import Ask, Enrolment, HandIn, LearningEvent
from hub.demo.learners import small_photo
from members.errors import Refused
from members.models import Notice
from tests.factories import block_of, make_course, new_key, packs_of

pytestmark = pytest.mark.django_db

ASKING = """
---
title: Asking
slug: lesson-1
minutes: 5
done_when: task
---
::: try id=do-it title="Do it" ask={ask}
Do it.
:::
"""


def hand_in(cast: SimpleNamespace, words: str = "I did it", number: int = 1) -> HandIn:
    task = packs_of(cast.course)[2]
    return actions.hand_in_task(
        member=cast.learner,
        lesson=task,
        block_id=block_of(task, "do-it"),
        words=words,
        number=number,
    )


def test_hand_in_works_and_finishes_the_lesson(cast: SimpleNamespace) -> None:
    row = hand_in(cast)
    assert (row.state, row.number, row.words) == ("waiting", 1, "I did it")
    enrolment = Enrolment.objects.get(member=cast.learner)
    assert enrolment.required_done == 1 and enrolment.has_work


def test_a_question_asked_before_the_start_counts_as_work_in_the_course(
    cast: SimpleNamespace,
) -> None:
    actions.ask_about_lesson(member=cast.learner, lesson=packs_of(cast.course)[0], words="Why?")
    assert not Enrolment.objects.filter(member=cast.learner).exists()
    assert actions.enrol(member=cast.learner, course=cast.course).has_work
    assert not actions.enrol(member=cast.neighbour, course=cast.course).has_work


def test_the_same_hand_in_twice_is_one(cast: SimpleNamespace) -> None:
    assert hand_in(cast) == hand_in(cast, "something else")
    assert hand_in(cast, "a second one", number=2) == HandIn.objects.get()
    assert LearningEvent.objects.filter(kind="handed_in").count() == 1


@pytest.mark.parametrize("words", ["", "   "])
def test_an_empty_hand_in_is_refused(cast: SimpleNamespace, words: str) -> None:
    with pytest.raises(Refused, match="Write a few words first"):
        hand_in(cast, words)
    assert HandIn.objects.count() == 0


def test_a_hand_in_that_is_too_long_is_refused(cast: SimpleNamespace) -> None:
    with pytest.raises(Refused, match="too long"):
        hand_in(cast, "x" * 20_001)


def test_a_task_that_is_gone_is_refused(cast: SimpleNamespace) -> None:
    task = packs_of(cast.course)[2]
    with pytest.raises(Refused, match="has changed"):
        actions.hand_in_task(member=cast.learner, lesson=task, block_id="gone", words="x")


@pytest.mark.parametrize(
    ("ask", "empty", "given"),
    [
        ("link", "Put in the link first.", {"link": "https://example.org/a"}),
        ("photo", "Choose a photo first.", {"photo": small_photo()}),
    ],
)
def test_a_link_or_a_photo_is_handed_in(
    cast: SimpleNamespace, ask: str, empty: str, given: dict
) -> None:
    course = make_course(cast.hub, "asking", (ASKING.replace("{ask}", ask),))
    task = packs_of(course)[0]
    block = next(iter(task.tasks))
    with pytest.raises(Refused, match=empty):
        actions.hand_in_task(member=cast.learner, lesson=task, block_id=block, words="words")
    row = actions.hand_in_task(member=cast.learner, lesson=task, block_id=block, **given)
    assert bool(row.photo) == (ask == "photo")
    assert row.link == given.get("link", "")


def test_a_photo_is_refused_while_the_disk_is_full(cast: SimpleNamespace, full_disk: None) -> None:
    course = make_course(cast.hub, "asking", (ASKING.replace("{ask}", "photo"),))
    task = packs_of(course)[0]
    block = next(iter(task.tasks))
    given = {"lesson": task, "block_id": block, "photo": small_photo()}
    storage, before = storages["private"], files_of("hand-ins")
    with pytest.raises(Refused, match="cannot keep your photo just now") as refused:
        actions.hand_in_task(member=cast.learner, **given)
    assert refused.value.field == block
    assert HandIn.objects.count() == Enrolment.objects.count() == 0
    assert files_of("hand-ins") == before
    assert storage.exists("hand-ins")


def files_of(folder: str) -> list[str]:
    """The files in a private folder."""
    storage = storages["private"]
    return sorted(storage.listdir(folder)[1]) if storage.exists(folder) else []


def test_accepting_tells_the_learner_once(cast: SimpleNamespace) -> None:
    row = hand_in(cast)
    for _time in range(2):
        actions.review_hand_in(member=cast.coordinator, hand_in=row, accept=True, note="Good.")
    row.refresh_from_db()
    assert (row.state, row.reviewed_by) == ("accepted", cast.coordinator)
    notice = Notice.objects.get(member=cast.learner)
    assert notice.text == "Your task in “Task 3” was accepted. Good."
    assert cast.learner.record_entries.get().reason == "Good."


def test_sending_back_needs_a_note_and_opens_the_task_again(cast: SimpleNamespace) -> None:
    row = hand_in(cast)
    with pytest.raises(Refused) as refusal:
        actions.review_hand_in(member=cast.editor, hand_in=row, accept=False)
    assert refusal.value.field == "note"
    actions.review_hand_in(member=cast.editor, hand_in=row, accept=False, note="Say more.")
    with pytest.raises(Refused, match="already decided"):
        actions.review_hand_in(member=cast.coordinator, hand_in=row, accept=True)
    second = hand_in(cast, "more words", number=2)
    assert (second.number, second.state) == (2, "waiting")
    assert Enrolment.objects.get(member=cast.learner).required_done == 1


def test_strangers_cannot_review(cast: SimpleNamespace) -> None:
    row = hand_in(cast)
    for stranger in (cast.learner, cast.neighbour, cast.other_hub_editor, cast.other_coordinator):
        with pytest.raises(Refused):
            actions.review_hand_in(member=stranger, hand_in=row, accept=True)
    assert HandIn.objects.get().state == "waiting"


def test_a_question_reaches_the_hub_and_comes_back(cast: SimpleNamespace) -> None:
    lesson = packs_of(cast.course)[0]
    actions.enrol(member=cast.learner, course=cast.course)
    for _time in range(3):
        ask = actions.ask_about_lesson(member=cast.learner, lesson=lesson, words=" Why? ")
    assert (Ask.objects.count(), ask.words, ask.hub) == (1, "Why?", cast.hub)
    assert Enrolment.objects.get(member=cast.learner).has_work
    for _time in range(2):
        actions.answer_ask(member=cast.coordinator, ask=ask, answer="Because.")
    notice = Notice.objects.get(member=cast.learner)
    assert notice.url == f"{lesson.url}#ask-{ask.pk}"
    with pytest.raises(Refused, match="already answered"):
        actions.answer_ask(member=cast.editor, ask=ask, answer="No.")


def test_a_question_without_enrolment_goes_to_the_hub_of_the_course(cast: SimpleNamespace) -> None:
    lesson = packs_of(cast.course)[0]
    ask = actions.ask_about_lesson(member=cast.outsider, lesson=lesson, words="Why?", key=new_key())
    assert ask.hub == cast.hub


def test_empty_and_endless_questions_and_answers_are_refused(cast: SimpleNamespace) -> None:
    lesson = packs_of(cast.course)[0]
    for words in ("", " ", "x" * 20_001):
        with pytest.raises(Refused) as refusal:
            actions.ask_about_lesson(member=cast.learner, lesson=lesson, words=words)
        assert refusal.value.field == "words"
    ask = actions.ask_about_lesson(member=cast.learner, lesson=lesson, words="Why?")
    for stranger in (cast.learner, cast.other_hub_editor):
        with pytest.raises(Refused, match="cannot answer"):
            actions.answer_ask(member=stranger, ask=ask, answer="x")
    with pytest.raises(Refused) as refusal:
        actions.answer_ask(member=cast.editor, ask=ask, answer="")
    assert refusal.value.field == "answer"


def test_a_course_for_members_is_closed_to_nobody_signed_in(cast: SimpleNamespace) -> None:
    course = make_course(cast.hub, "members", ("read",), access="members")
    lesson = packs_of(course)[0]
    assert actions.ask_about_lesson(member=cast.learner, lesson=lesson, words="Hi").words == "Hi"


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "https://", "ftp://a.example/x", "two words"],
)
def test_a_link_that_no_browser_should_open_is_refused(cast: SimpleNamespace, link: str) -> None:
    course = make_course(cast.hub, "asking", (ASKING.replace("{ask}", "link"),))
    task = packs_of(course)[0]
    with pytest.raises(Refused, match="not a link"):
        actions.hand_in_task(
            member=cast.learner, lesson=task, block_id=next(iter(task.tasks)), link=link
        )
    assert HandIn.objects.count() == 0
