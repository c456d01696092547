"""What one person has done in a lesson: a member's rows, or a visitor's facts, in one shape."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from courses import completion, marking, outline, questions, visits
from courses.models import Ask, Attempt, Enrolment, HandIn, QuestionVersion
from members.models import Member
from members.statements import Statement

from .packs import LessonPack
from .sentences import left_sentence

BY_COURSE = Statement(
    lambda member, course: (
        Enrolment.objects.filter(member=member, course=course).select_related("release").order_by()
    ),
    1,
    uuid.UUID(int=2),
)
ANSWERS = Statement(
    lambda enrolment, lesson: Attempt.objects.filter(enrolment=enrolment, lesson=lesson),
    1,
    uuid.UUID(int=2),
)


@dataclass(frozen=True)
class Given:
    """One answer that was given, and the question as it was asked."""

    answer: Any
    definition: dict[str, Any]
    score: float | None = None


@dataclass
class LessonState:
    """Everything of one person that a lesson page shows."""

    enrolment: Enrolment | None = None
    done: set[str] = field(default_factory=set)
    is_read: bool = False
    is_confirmed: bool = False
    percent: int | None = None
    answers: dict[str, list[Given]] = field(default_factory=dict)
    hand_ins: dict[str, list[HandIn]] = field(default_factory=dict)
    asks: list[Ask] = field(default_factory=list)
    closed: frozenset[str] = frozenset()
    rule: completion.Rule = field(default_factory=dict)

    def is_done(self, key: str) -> bool:
        """Whether the person has done a lesson."""
        return key in self.done

    def facts(self) -> completion.Facts:
        """What the rule is judged by."""
        return completion.Facts(
            is_read=self.is_read,
            is_confirmed=self.is_confirmed,
            scores={
                block: max(score_of(one) for one in given) for block, given in self.answers.items()
            },
            handed_in=frozenset(
                block
                for block, rows in self.hand_ins.items()
                if rows[-1].state != HandIn.State.RETURNED
            ),
            closed=self.closed,
        )

    def left(self) -> str:
        """What is left in this lesson, in one sentence; empty when it is done."""
        if self.rule["key"] in self.done:
            return ""
        return left_sentence(completion.what_is_left(self.rule, self.facts()))


def score_of(given: Given) -> float:
    """The score of an answer; a visitor's is marked when it is shown."""
    if given.score is not None:
        return given.score
    return marking.mark(given.definition, given.answer).score


def enrolment_of(member: Member, course_key: str) -> Enrolment | None:
    """The person's enrolment in a course with its release, in one statement."""
    return BY_COURSE.first(member.pk, uuid.UUID(course_key))


def member_state(member: Member, pack: LessonPack) -> LessonState:
    """A member's state in a lesson: two statements, and two more only when there is work from
    people."""
    enrolment = enrolment_of(member, pack.course_key)
    if enrolment is None:
        return LessonState(rule=shown_rule(pack, None), asks=asks_of(member, pack))
    step = enrolment.steps.get(pack.key, {})
    answers = answers_of(enrolment, pack) if pack.definitions else {}
    return LessonState(
        enrolment=enrolment,
        done={key for key, found in enrolment.steps.items() if found.get("done")},
        is_read=bool(step.get("read")),
        is_confirmed=bool(step.get("confirmed")),
        percent=step.get("percent"),
        answers=answers,
        closed=without_tries(pack, answers),
        hand_ins=hand_ins_of(enrolment, pack) if enrolment.has_work and pack.tasks else {},
        asks=asks_of(member, pack) if enrolment.has_work else [],
        rule=shown_rule(pack, enrolment),
    )


def shown_rule(pack: LessonPack, enrolment: Enrolment | None) -> completion.Rule:
    """The rule of the person's release, and only with what their page shows."""
    held = outline.rule_of(enrolment.release.outline, pack.key) if enrolment else None
    rule = held or pack.rule
    return {
        **rule,
        "questions": [block for block in rule["questions"] if block in pack.definitions],
        "tasks": [block for block in rule["tasks"] if block in pack.tasks],
    }


def answers_of(enrolment: Enrolment, pack: LessonPack) -> dict[str, list[Given]]:
    """A member's answers in a lesson by block, each with the question that was asked."""
    rows = ANSWERS.all(enrolment.pk, uuid.UUID(pack.key))
    older = older_versions(rows, pack)
    found: dict[str, list[Given]] = {}
    for row in rows:
        asked = older.get(row.version_id) or pack.definitions.get(row.block_id)
        if asked:
            found.setdefault(row.block_id, []).append(Given(row.answer, asked, row.score))
    return found


def without_tries(pack: LessonPack, answers: dict[str, list[Given]]) -> frozenset[str]:
    """The questions for which no try is left."""
    return frozenset(
        block
        for block, definition in pack.definitions.items()
        if marking.tries_left(definition, len(answers.get(block, []))) == 0
    )


def older_versions(rows: Iterable[Attempt], pack: LessonPack) -> dict[int, dict[str, Any]]:
    """Questions that have changed in this language since they were asked. No statement where none
    has."""
    current = {version_id for version_id, _digest in pack.versions.values()}
    others = {row.version_id for row in rows} - current
    if not others:
        return {}
    versions = QuestionVersion.objects.filter(pk__in=others, language=pack.language)
    return dict(versions.values_list("pk", "definition"))


def hand_ins_of(enrolment: Enrolment, pack: LessonPack) -> dict[str, list[HandIn]]:
    """What the person handed in, by task."""
    found: dict[str, list[HandIn]] = {}
    rows = HandIn.objects.filter(enrolment=enrolment, lesson_id=uuid.UUID(pack.key))
    for row in rows.order_by("number"):
        found.setdefault(row.block_id, []).append(row)
    return found


def asks_of(member: Member, pack: LessonPack) -> list[Ask]:
    """The person's own questions about a lesson, with their answers."""
    rows = Ask.objects.filter(member=member, lesson_id=uuid.UUID(pack.key))
    return list(rows.select_related("answered_by", "hub"))


def visitor_state(facts: list[visits.Fact], pack: LessonPack) -> LessonState:
    """A visitor's state in a lesson, from the facts in the session. No statement."""
    answers = {
        block: [Given(fact["given"], pack.definitions[block]) for fact in given]
        for block, given in visits.answers(facts, pack.key).items()
        if block in pack.definitions
    }
    state = LessonState(
        is_read=visits.is_read(facts, pack.key),
        answers=answers,
        closed=without_tries(pack, answers),
        rule=shown_rule(pack, None),
    )
    state.done = {fact["lesson"] for fact in facts if fact["kind"] == "read"} - {pack.key}
    if completion.is_complete(state.rule, state.facts()):
        state.done.add(pack.key)
    if answers:
        state.percent = completion.percent_right(state.rule, state.facts())
    return state


def is_over(pack: LessonPack, state: LessonState, block: str) -> bool:
    """Whether nothing more is to be answered in a question: it is right, or no try is left."""
    given = state.answers.get(block, [])
    is_right = bool(given) and score_of(given[-1]) == 1
    return marking.is_over(pack.definitions[block], len(given), is_right)


def question_state(
    pack: LessonPack, state: LessonState, block: str, *, typed: Any = None, error: str = ""
) -> dict[str, Any]:
    """How a question stands for a person, as the component takes it.

    `typed` is what was typed and refused, with `error` as the reason; it is shown in place of the
    last answer. Where nothing more is to be answered, what was typed is of no use.
    """
    given = state.answers.get(block, [])
    last = given[-1] if given else None
    left = marking.tries_left(pack.definitions[block], len(given))
    mark = marking.mark(last.definition, last.answer) if last else None
    message = _(mark.message) if mark else ""
    is_right = bool(mark and mark.is_right)
    is_over = marking.is_over(pack.definitions[block], len(given), is_right)
    if is_over:
        typed, error = None, ""
    return {
        "given": typed if typed is not None else (last.answer if last else None),
        "is_answered": last is not None and not error and typed is None,
        "is_right": is_right if last else None,
        "is_over": is_over,
        "words": questions.given_in_words(last.definition, last.answer) if last else "",
        "score": mark.score if mark else 0.0,
        "message": questions.marked_up(message),
        "feedback": questions.feedback_rows(mark, opening_of(message)) if mark else [],
        "parts": dict(mark.parts) if mark else {},
        "error": error,
        "tries_left": left,
        "can_retry": left is None or left > 0,
        "number": len(given) + 1,
        "digest": pack.versions[block][1],
        "facts": shown_by(pack, block, given, typed, error),
        **filled(pack.public[block], typed if typed is not None else last and last.answer, mark),
    }


def answers_shown(pack: LessonPack, state: LessonState) -> tuple[tuple[str, str], ...] | None:
    """All that decides how the questions of a lesson look; None where one was asked in other words
    than now."""
    every = [(block, one) for block, given in state.answers.items() for one in given]
    if any(one.definition is not pack.definitions.get(block) for block, one in every):
        return None
    return tuple((block, repr(one.answer)) for block, one in every)


def opening_of(words: str) -> str:
    """The word with which a message begins: right, or not yet."""
    return next(
        (one for one in (_(marking.RIGHT), _(marking.NOT_YET)) if words.startswith(one)), ""
    )


def shown_by(
    pack: LessonPack, block: str, given: list[Given], typed: Any, error: str
) -> tuple[str, ...] | None:
    """All that decides how a question looks; None where it was asked in other words than now."""
    last = given[-1] if given else None
    if last and last.definition is not pack.definitions[block]:
        return None
    answer = last.answer if last else None
    digest = pack.versions[block][1]
    return block, digest, str(len(given)), repr(answer), repr(typed), error


def filled(question: dict[str, Any], given: Any, mark: marking.Mark | None) -> dict[str, Any]:
    """The pieces of a question with what was given in each, in the order in which they are
    shown."""
    good = {piece for piece, is_right in (mark.parts if mark else ()) if is_right}
    kind = question["kind"]
    if kind == "several":
        return {"chosen": given or []}
    if kind == "order":
        choices = {choice["id"]: choice for choice in question["choices"]}
        order = [one for one in given or () if one in choices]
        return {"ordered": [choices[one] for one in order] or question["choices"]}
    if kind == "match":
        return {
            "lefts": [
                {**left, "given": (given or {}).get(left["id"], ""), "is_right": left["id"] in good}
                for left in question["lefts"]
            ]
        }
    if kind == "gap":
        return {"parts_shown": gaps_shown(question, given or {}, good)}
    return {}


def gaps_shown(
    question: dict[str, Any], given: dict[str, str], good: set[str]
) -> list[dict[str, Any]]:
    """The text around the gaps, and in each gap what was written."""
    return [
        {
            **part,
            "number": number,
            "given": given.get(part["gap"] or "", ""),
            "is_right": part["gap"] in good,
        }
        for number, part in enumerate(question["parts"], 1)
    ]
