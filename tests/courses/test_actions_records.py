"""Rebuilt equals live, after any sequence; and marking again."""

import contextlib
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses import actions, visits
from courses.models import Attempt, Correction, Enrolment, LearningEvent, LessonPage, LessonProgress
from members.errors import Refused
from members.models import Notice
from tests.courses.test_actions_learning import finish, right_answers
from tests.factories import add_lesson, block_of, packs_of, page_of
from tests.parts import examples

pytestmark = pytest.mark.django_db
Answer = actions.Answer


def state_of(enrolment: Enrolment) -> dict[str, Any]:
    enrolment = Enrolment.objects.get(pk=enrolment.pk)
    progress = LessonProgress.objects.filter(enrolment=enrolment).order_by("lesson")
    return {
        "steps": {key: step for key, step in enrolment.steps.items() if step},
        "finished": enrolment.finished_at,
        "counts": (enrolment.required_done, enrolment.required_count),
        "last_at": enrolment.last_at,
        "progress": list(
            progress.values_list(
                "lesson", "read_at", "confirmed_at", "completed_at", "best_percent"
            )
        ),
        "attempts": list(
            Attempt.objects.filter(enrolment=enrolment).values_list(
                "lesson", "block_id", "number", "key", "answer", "score"
            )
        ),
    }


MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("read"), st.integers(0, 2)),
        st.tuples(st.just("answer"), st.sampled_from(["browser", "screen", "right", "wrong"])),
        st.tuples(st.just("hand in"), st.integers(1, 3)),
        st.tuples(st.just("review"), st.booleans()),
        st.tuples(st.just("confirm"), st.integers(0, 2)),
        st.tuples(st.just("tighten"), st.booleans()),
        st.tuples(st.just("pass mark"), st.sampled_from([1, 50, 100])),
    ),
    max_size=10,
)


class Learner:
    """Does one move after the other; what is refused is left out."""

    def __init__(self, cast: SimpleNamespace, commit: Callable) -> None:
        self.cast, self.commit, self.count = cast, commit, 0
        self.enrolment = actions.enrol(member=cast.learner, course=cast.course)

    def move(self, name: str, value: Any) -> None:
        self.count += 1
        with contextlib.suppress(Refused):
            getattr(self, name.replace(" ", "_"))(value)

    def read(self, at: int) -> None:
        actions.complete_lesson(member=self.cast.learner, lesson=packs_of(self.cast.course)[at])

    def answer(self, words: str) -> None:
        quiz = packs_of(self.cast.course)[1]
        if words in ("right", "wrong"):
            block = block_of(quiz, "first")
            found = [
                one["id"]
                for one in quiz.definitions[block]["answers"]
                if one["right"] == (words == "right")
            ]
            given = found[0]
        else:
            block, given = block_of(quiz, "second"), words
        answer = Answer(block, given, self.count)
        actions.answer_questions(member=self.cast.learner, lesson=quiz, answers=[answer])

    def hand_in(self, number: int) -> None:
        task = packs_of(self.cast.course)[2]
        actions.hand_in_task(
            member=self.cast.learner,
            lesson=task,
            block_id=block_of(task, "do-it"),
            words="x",
            number=number,
        )

    def review(self, accept: bool) -> None:
        row = self.enrolment.hand_ins.order_by("-number").first()
        if row:
            actions.review_hand_in(
                member=self.cast.coordinator, hand_in=row, accept=accept, note="Note."
            )

    def confirm(self, at: int) -> None:
        lesson = self.cast.course.lessons.get(pk=packs_of(self.cast.course)[at].key)
        actions.confirm_lesson(
            member=self.cast.coordinator, enrolment=self.enrolment, lesson=lesson, reason="Met."
        )

    def tighten(self, reaches: bool) -> None:
        with self.commit():
            add_lesson(page_of(self.cast.course), "read", f"more-{self.count}")
        if reaches:
            latest = self.cast.course.releases.order_by("-number")[0]
            actions.choose_reach(member=self.cast.editor, release=latest, reach="unfinished")

    def pass_mark(self, percent: int) -> None:
        page = LessonPage.objects.get(slug="questions-2")
        page.pass_mark = percent
        with self.commit():
            page.save_revision().publish()


@pytest.mark.chance
@settings(max_examples=examples(), deadline=None, suppress_health_check=list(HealthCheck))
@given(moves=MOVES)
def test_rebuilt_equals_live(moves: list, cast: SimpleNamespace, commit: Callable) -> None:
    from django.db import transaction

    with transaction.atomic():
        learner = Learner(cast, commit)
        for name, value in moves:
            learner.move(name, value)
        live = state_of(learner.enrolment)
        actions.rebuild_progress(enrolment=learner.enrolment)
        assert state_of(learner.enrolment) == live
        Attempt.objects.filter(enrolment=learner.enrolment).delete()
        actions.rebuild_progress(enrolment=learner.enrolment)
        assert state_of(learner.enrolment) == live
        transaction.set_rollback(True)
    from content import version

    version.bump()


def test_rebuild_keeps_the_certificate_and_the_log(cast: SimpleNamespace) -> None:
    finish(cast.learner, cast.course)
    enrolment = Enrolment.objects.get(member=cast.learner)
    before = list(LearningEvent.objects.values_list("pk", "kind"))
    rebuilt = actions.rebuild_progress(enrolment=enrolment)
    assert rebuilt.finished_at == enrolment.finished_at
    assert list(LearningEvent.objects.values_list("pk", "kind")) == before
    assert cast.learner.certificates.count() == 1


def accept_also(cast: SimpleNamespace, commit: Callable, word: str) -> None:
    page = LessonPage.objects.get(slug="questions-2")
    raw = list(page.body.raw_data)
    raw[2]["value"]["answers"][0]["value"]["text"] += f" | {word}"
    page.body = raw
    with commit():
        page.save_revision().publish()


def test_marking_again_adds_a_correction_and_overwrites_nothing(
    cast: SimpleNamespace, commit: Callable
) -> None:
    quiz = packs_of(cast.course)[1]
    second = block_of(quiz, "second")
    first = right_answers(quiz)[0]
    answers = [first, Answer(second, "surfer")]
    actions.answer_questions(member=cast.learner, lesson=quiz, answers=answers)
    accept_also(cast, commit, "surfer")
    quiz = packs_of(cast.course)[1]
    risen = actions.regrade_question(
        member=cast.editor, lesson=quiz, block_id=second, reason="That word is right too."
    )
    again = actions.regrade_question(
        member=cast.editor, lesson=quiz, block_id=second, reason="Once more."
    )
    assert (risen, again) == (1, 0)
    correction = Correction.objects.get()
    assert (correction.attempt.score, correction.score, correction.made_by) == (
        0.0,
        1.0,
        cast.editor,
    )
    notice = Notice.objects.get(member=cast.learner, key__startswith="marked-again")
    assert notice.text == (
        f"Your answer in “{quiz.title}” has a better mark now. Reason: That word is right too."
    )
    enrolment = Enrolment.objects.get(member=cast.learner)
    assert enrolment.steps[quiz.key]["percent"] == 100
    live = state_of(enrolment)
    actions.rebuild_progress(enrolment=enrolment)
    assert state_of(enrolment) == live


def test_marking_again_is_refused_for_strangers_and_without_a_reason(cast: SimpleNamespace) -> None:
    quiz = packs_of(cast.course)[1]
    second = block_of(quiz, "second")
    for stranger in (cast.learner, cast.coordinator, cast.other_hub_editor):
        with pytest.raises(Refused):
            actions.regrade_question(member=stranger, lesson=quiz, block_id=second, reason="x")
    with pytest.raises(Refused, match="changed"):
        actions.regrade_question(member=cast.editor, lesson=quiz, block_id="gone", reason="x")
    with pytest.raises(Refused) as refusal:
        actions.regrade_question(member=cast.editor, lesson=quiz, block_id=second, reason=" ")
    assert refusal.value.field == "reason"


def test_a_visit_is_taken_over_once(cast: SimpleNamespace) -> None:
    read, quiz, _task = packs_of(cast.course)
    at = "2026-01-01T10:00:00+00:00"
    answer = {
        "kind": "answered",
        "lesson": quiz.key,
        "block": block_of(quiz, "second"),
        "given": "browser",
        "number": 1,
        "at": at,
    }
    facts: list[visits.Fact] = []
    for fact in (
        {"kind": "read", "lesson": read.key, "at": at},
        answer,
        answer,
        {**answer, "block": "gone"},
        {"kind": "read", "lesson": "0" * 32, "at": at},
    ):
        facts = visits.add_fact(facts, fact)
    assert len(facts) == 4
    taken = [
        actions.adopt_visit(member=cast.learner, facts=facts, language="en") for _time in range(2)
    ]
    assert taken == [2, 2]
    assert Attempt.objects.count() == 1
    assert LearningEvent.objects.filter(kind="read").count() == 1
    enrolment = Enrolment.objects.get(member=cast.learner)
    assert enrolment.required_done == 1


def test_a_visit_has_a_limit() -> None:
    facts: list[visits.Fact] = []
    for number in range(visits.MOST_FACTS + 5):
        facts = visits.add_fact(
            facts, {"kind": "answered", "lesson": "a", "block": "b", "number": number}
        )
    assert len(facts) == visits.MOST_FACTS
