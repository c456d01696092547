"""Answering, reading to the end, finishing: each works, twice changes nothing, refuses in one
sentence."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from content import version
from courses import actions
from courses.models import (
    Attempt,
    Certificate,
    CourseBefore,
    Enrolment,
    LearningEvent,
    LessonProgress,
)
from members.errors import Refused
from members.models import Member, Notice
from tests.factories import block_of, make_course, new_key, packs_of, page_of

pytestmark = pytest.mark.django_db
Answer = actions.Answer


def right_answers(pack, course="basics"):
    first, second = block_of(pack, "first", course), block_of(pack, "second", course)
    rights = [one["id"] for one in pack.definitions[first]["answers"] if one["right"]]
    return [Answer(first, rights[0]), Answer(second, "Browser")]


def finish(member: Member, course) -> None:
    read, quiz, task = packs_of(course)
    actions.complete_lesson(member=member, lesson=read)
    actions.answer_questions(member=member, lesson=quiz, answers=right_answers(quiz))
    actions.hand_in_task(
        member=member, lesson=task, block_id=block_of(task, "do-it"), words="I did it"
    )


def test_enrol_works_and_twice_changes_nothing(cast: SimpleNamespace) -> None:
    first = actions.enrol(member=cast.learner, course=cast.course)
    again = actions.enrol(member=cast.learner, course=cast.course)
    assert first == again
    assert (first.required_count, first.required_done, first.percent) == (3, 0, 0)
    assert first.release.number == 1
    kinds = LearningEvent.objects.filter(member=cast.learner).values_list("kind", flat=True)
    assert list(kinds) == ["enrolled"]


def test_enrol_joins_the_hub(cast: SimpleNamespace) -> None:
    actions.enrol(member=cast.outsider, course=cast.course)
    assert list(cast.outsider.memberships.values_list("hub__slug", flat=True)) == ["harbour"]


def test_complete_lesson_records_once(cast: SimpleNamespace) -> None:
    read, quiz, _task = packs_of(cast.course)
    for _time in range(10):
        enrolment = actions.complete_lesson(member=cast.learner, lesson=read)
    assert enrolment.required_done == 1
    kinds = LearningEvent.objects.filter(member=cast.learner).values_list("kind", flat=True)
    assert sorted(kinds) == ["completed", "enrolled", "read"]
    progress = LessonProgress.objects.get(enrolment=enrolment)
    assert progress.completed_at == progress.read_at
    cast.learner.refresh_from_db()
    assert (cast.learner.resume_key.hex, cast.learner.resume_title) == (quiz.key, quiz.title)


def test_complete_lesson_refuses_while_questions_are_open(cast: SimpleNamespace) -> None:
    _read, quiz, _task = packs_of(cast.course)
    with pytest.raises(Refused) as refusal:
        actions.complete_lesson(member=cast.learner, lesson=quiz)
    assert str(refusal.value) == "2 questions are still open; you need 60% right."
    assert not LearningEvent.objects.filter(member=cast.learner, kind="read").exists()


def test_answer_keeps_every_attempt_and_the_best_result(cast: SimpleNamespace) -> None:
    quiz = packs_of(cast.course)[1]
    second = block_of(quiz, "second")
    for number, words in enumerate(["screen", "web browser", "phone"], 1):
        actions.answer_questions(
            member=cast.learner, lesson=quiz, answers=[Answer(second, words, number)]
        )
    rows = (
        Attempt.objects.filter(block_id=second).order_by("number").values_list("answer", "is_right")
    )
    assert list(rows) == [("screen", False), ("web browser", True), ("phone", False)]
    enrolment = Enrolment.objects.get(member=cast.learner)
    assert enrolment.steps[quiz.key]["percent"] == 50


def test_the_same_answer_ten_times_is_one(cast: SimpleNamespace) -> None:
    quiz = packs_of(cast.course)[1]
    for _time in range(10):
        actions.answer_questions(member=cast.learner, lesson=quiz, answers=right_answers(quiz))
    assert Attempt.objects.count() == 2
    assert LearningEvent.objects.filter(kind="answered").count() == 2


def test_two_tabs_with_keys_of_their_own_are_two_attempts(cast: SimpleNamespace) -> None:
    quiz = packs_of(cast.course)[1]
    second = block_of(quiz, "second")
    key, other = new_key(), new_key()
    for one in (key, other, key):
        actions.answer_questions(
            member=cast.learner, lesson=quiz, answers=[Answer(second, "screen", 1, key=one)]
        )
    assert list(Attempt.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


@pytest.mark.parametrize("given", ["", "   ", None, ["x"], {"a": 1}, "\x00"])
def test_an_empty_answer_is_refused_with_its_block(cast: SimpleNamespace, given: object) -> None:
    quiz = packs_of(cast.course)[1]
    with pytest.raises(Refused) as refusal:
        actions.answer_questions(
            member=cast.learner, lesson=quiz, answers=[Answer(block_of(quiz, "second"), given)]
        )
    assert refusal.value.field == block_of(quiz, "second")
    assert Attempt.objects.count() == 0


def test_an_unknown_question_is_refused(cast: SimpleNamespace) -> None:
    quiz = packs_of(cast.course)[1]
    with pytest.raises(Refused, match="has changed"):
        actions.answer_questions(member=cast.learner, lesson=quiz, answers=[Answer("nowhere", "x")])


def test_finishing_brings_one_certificate_and_one_notice(cast: SimpleNamespace) -> None:
    finish(cast.learner, cast.course)
    finish(cast.learner, cast.course)
    certificate = Certificate.objects.get(member=cast.learner)
    assert certificate.name == cast.learner.name
    assert (certificate.course_title, certificate.hub_name) == ("Basics", "Harbour Hub")
    assert (str(certificate.hours), certificate.skills) == ("1.5", ["Do a thing"])
    assert Notice.objects.filter(member=cast.learner, kind="certificate").count() == 1
    enrolment = Enrolment.objects.get(member=cast.learner)
    assert enrolment.percent == 100 and enrolment.finished_at is not None


def place_of(member: Member) -> str:
    member.refresh_from_db()
    return member.resume_title


def test_whatever_ends_a_lesson_moves_the_place_on(cast: SimpleNamespace) -> None:
    course = make_course(cast.hub, "places", ("questions", "task", "person", "read"))
    quiz, task, person, read = packs_of(course)
    other = make_course(cast.hub, "other", ("read", "read"))
    actions.complete_lesson(member=cast.learner, lesson=packs_of(other)[0])
    first, second = right_answers(quiz, "places")
    actions.answer_questions(member=cast.learner, lesson=quiz, answers=[first])
    assert place_of(cast.learner) == packs_of(other)[1].title
    actions.answer_questions(member=cast.learner, lesson=quiz, answers=[second])
    assert place_of(cast.learner) == task.title
    words = {"block_id": next(iter(task.tasks)), "words": "I did it"}
    actions.hand_in_task(member=cast.learner, lesson=task, **words)
    assert place_of(cast.learner) == person.title
    enrolment = Enrolment.objects.get(member=cast.learner, course=course)
    lesson = course.lessons.get(pk=person.key)
    actions.confirm_lesson(
        member=cast.coordinator, enrolment=enrolment, lesson=lesson, reason="We met."
    )
    assert place_of(cast.learner) == read.title
    actions.complete_lesson(member=cast.learner, lesson=read)
    assert place_of(cast.learner) == packs_of(other)[1].title


def test_a_place_elsewhere_is_left_alone(cast: SimpleNamespace) -> None:
    """A late answer, and a mark of the hub, do not move a learner who is busy with something."""
    read, quiz, task = packs_of(cast.course)
    actions.answer_questions(member=cast.learner, lesson=quiz, answers=right_answers(quiz))
    assert place_of(cast.learner) == task.title
    actions.complete_lesson(member=cast.learner, lesson=read)
    other = make_course(cast.hub, "other", ("read", "read"))
    actions.complete_lesson(member=cast.learner, lesson=packs_of(other)[0])
    here = place_of(cast.learner)
    again = [Answer(block_of(quiz, "second"), "phone", 2)]
    actions.answer_questions(member=cast.learner, lesson=quiz, answers=again)
    enrolment = Enrolment.objects.get(member=cast.learner, course=cast.course)
    lesson = cast.course.lessons.get(pk=task.key)
    actions.confirm_lesson(
        member=cast.coordinator, enrolment=enrolment, lesson=lesson, reason="We met."
    )
    assert place_of(cast.learner) == here == packs_of(other)[1].title


LIMITED = """
---
title: {title}
slug: {slug}
minutes: 5
done_when: questions
pass_mark: 100
---
:::: quiz id=quiz title="What stayed"
::: question text id=second
What is it called?
- [x] browser
  > Yes.
otherwise: No.
tries: 1
:::
::: question text id=third
What do you press?
- [x] key
  > Yes.
otherwise: No.
:::
::::
"""


def limited(cast: SimpleNamespace):
    """A lesson with a quiz: the first question may be tried once, the other one freely."""
    pack = packs_of(make_course(cast.hub, "limits", (LIMITED, "read")))[0]
    return pack, *pack.definitions


def test_a_limit_of_tries_holds(cast: SimpleNamespace) -> None:
    quiz, block, _free = limited(cast)
    actions.answer_questions(member=cast.learner, lesson=quiz, answers=[Answer(block, "x", 1)])
    with pytest.raises(Refused, match="used all tries"):
        actions.answer_questions(member=cast.learner, lesson=quiz, answers=[Answer(block, "y", 2)])
    assert Attempt.objects.count() == 1
    with pytest.raises(Refused, match="no tries are left for that"):
        actions.complete_lesson(member=cast.learner, lesson=quiz)


def test_of_several_answers_those_that_are_over_are_left_out(cast: SimpleNamespace) -> None:
    quiz, once, free = limited(cast)
    for words in ("x", "mouse", "key", "never"):
        answers = [Answer(once, words, 9), Answer(free, words, 9)]
        actions.answer_questions(member=cast.learner, lesson=quiz, answers=answers)
    made = Attempt.objects.order_by("block_id", "number").values_list("block_id", "answer")
    assert sorted(made) == sorted([(once, "x"), (free, "x"), (free, "mouse"), (free, "key")])


def note(facts: list, lesson, *answers: Answer) -> list:
    now = timezone.now()
    return actions.note_answers(facts=facts, lesson=lesson, answers=answers, now=now)


def test_a_visitor_has_no_more_tries_than_a_member(cast: SimpleNamespace) -> None:
    quiz, once, free = limited(cast)
    facts = note([], quiz, Answer(once, "x"), Answer(free, "x"))
    assert note(facts, quiz, Answer(once, "x")) == facts
    with pytest.raises(Refused, match="used all tries") as refusal:
        note(facts, quiz, Answer(once, "browser", 2))
    assert refusal.value.field == once
    facts = note(facts, quiz, Answer(once, "browser", 2), Answer(free, "key", 2))
    facts = note(facts, quiz, Answer(once, "browser", 2), Answer(free, "mouse", 3))
    assert [(one["block"], one["given"]) for one in facts] == [
        (once, "x"),
        (free, "x"),
        (free, "key"),
    ]
    actions.adopt_visit(member=cast.learner, facts=facts, language="en")
    rows = Attempt.objects.filter(enrolment__member=cast.learner)
    assert sorted(rows.values_list("block_id", "is_right")) == sorted(
        [(once, False), (free, False), (free, True)]
    )


def test_a_visitor_reads_to_the_end_once(cast: SimpleNamespace) -> None:
    read, quiz, _task = packs_of(cast.course)
    now = timezone.now()
    facts = actions.note_read(facts=[], lesson=read, now=now)
    assert actions.note_read(facts=facts, lesson=read, now=now) == facts
    assert [(one["kind"], one["lesson"]) for one in facts] == [("read", read.key)]
    with pytest.raises(Refused, match="2 questions are still open"):
        actions.note_read(facts=facts, lesson=quiz, now=now)


def test_a_visitor_is_promised_no_step_of_a_course_that_waits_for_another(
    cast: SimpleNamespace,
) -> None:
    course = make_course(cast.hub, "later", ("read", "questions"))
    page = page_of(course)
    page.befores.add(CourseBefore(course=cast.course, is_required=True))
    page.save_revision().publish()
    version.bump()
    read, quiz = packs_of(course)
    with pytest.raises(Refused, match=r"^Finish this course first: Basics\.$"):
        actions.note_read(facts=[], lesson=read, now=timezone.now())
    with pytest.raises(Refused, match=r"^Finish this course first: Basics\.$"):
        note([], quiz, *right_answers(quiz, "later"))


def test_confirm_needs_a_coordinator_of_the_hub_and_a_reason(cast: SimpleNamespace) -> None:
    enrolment = actions.enrol(member=cast.learner, course=cast.course)
    lesson = cast.course.lessons.get(pk=packs_of(cast.course)[1].key)
    for stranger in (cast.learner, cast.other_coordinator, cast.editor, cast.neighbour):
        with pytest.raises(Refused):
            actions.confirm_lesson(member=stranger, enrolment=enrolment, lesson=lesson, reason="x")
    with pytest.raises(Refused) as refusal:
        actions.confirm_lesson(
            member=cast.coordinator, enrolment=enrolment, lesson=lesson, reason=" "
        )
    assert refusal.value.field == "reason"
    for _time in range(2):
        done = actions.confirm_lesson(
            member=cast.coordinator, enrolment=enrolment, lesson=lesson, reason="We met."
        )
    assert done.required_done == 1
    entry = cast.learner.record_entries.get()
    assert (entry.actor, entry.reason) == (cast.coordinator, "We met.")
    assert Notice.objects.get(member=cast.learner).text == (
        "A person at Harbour Hub marked “Questions 2” in “Basics” as done. Reason: We met."
    )


def test_confirm_refuses_a_lesson_of_another_course(cast: SimpleNamespace) -> None:
    other = make_course(cast.hub, "other", ("read",))
    enrolment = actions.enrol(member=cast.learner, course=cast.course)
    with pytest.raises(Refused):
        actions.confirm_lesson(
            member=cast.coordinator, enrolment=enrolment, lesson=other.lessons.get(), reason="x"
        )


def test_the_clock_of_a_client_is_kept_within_bounds(cast: SimpleNamespace) -> None:
    now = timezone.now()
    enrolment = actions.enrol(member=cast.learner, course=cast.course, now=now)
    quiz = packs_of(cast.course)[1]
    second = block_of(quiz, "second")
    for number, shift in enumerate((-9999, 9999), 1):
        at = now + timezone.timedelta(days=shift)
        actions.answer_questions(
            member=cast.learner, lesson=quiz, answers=[Answer(second, "a", number, at=at)], now=now
        )
    times = Attempt.objects.order_by("number").values_list("made_at", flat=True)
    assert list(times) == [enrolment.started_at, now]
