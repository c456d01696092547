"""What a visitor does, kept as facts by the same rules as a member's; and how it becomes theirs at
sign-up, once, by the same actions."""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from courses import marking, queries, visits
from members.errors import Refused
from members.models import Member

from .learning import Answer, Pack, answer_questions, complete_lesson, no_tries_sentence

logger = logging.getLogger(__name__)


def note_answers(
    *, facts: list[visits.Fact], lesson: Pack, answers: Sequence[Answer], now: datetime
) -> list[visits.Fact]:
    """A visitor's facts with the answers of one form.

    Refuses a course that asks for another one first, and an answer beyond the limit of tries; of
    several answers, those to questions that are right or out of tries are left out.
    """
    refuse_locked(lesson)
    for answer in answers:
        fact = answer_fact(lesson, answer, now)
        definition = lesson.definitions[answer.block_id]
        mine = visits.answers(facts, lesson.key).get(answer.block_id, [])
        is_right = bool(mine) and marking.mark(definition, mine[-1]["given"]).is_right
        if len(answers) > 1 and marking.is_over(definition, len(mine), is_right):
            continue
        if marking.tries_left(definition, len(mine)) == 0 and not visits.is_known(facts, fact):
            raise Refused(no_tries_sentence(), answer.block_id)
        facts = visits.add_fact(facts, fact)
    return facts


def note_read(*, facts: list[visits.Fact], lesson: Pack, now: datetime) -> list[visits.Fact]:
    """A visitor's facts with a lesson read to the end. Refuses what a member would be refused."""
    refuse_locked(lesson)
    fact = {"kind": "read", "lesson": lesson.key, "at": now.isoformat()}
    if left := queries.visitor_state([*facts, fact], lesson).left():
        raise Refused(left)
    return visits.add_fact(facts, fact)


def refuse_locked(lesson: Pack) -> None:
    """Refuse a step that could not become the visitor's at sign-up: another course comes first."""
    if missing := queries.missing_before(None, lesson.course):
        raise Refused(queries.locked_sentence(missing))


def answer_fact(lesson: Pack, answer: Answer, now: datetime) -> visits.Fact:
    """A visitor's answer as a plain fact."""
    return {
        "kind": "answered",
        "lesson": lesson.key,
        "block": answer.block_id,
        "given": answer.given,
        "number": answer.number,
        "digest": answer.digest,
        "at": now.isoformat(),
    }


def adopt_visit(
    *, member: Member, facts: Iterable[visits.Fact], language: str, now: datetime | None = None
) -> int:
    """Do for the member what the visitor did; gives how many facts were taken over.

    A fact that no longer fits (the lesson is gone, the question changed) is left out and logged;
    the rest stays.
    Taking the same facts over twice changes nothing, since each has its key.
    """
    return sum(adopt_fact(member, fact, language, now) for fact in facts)


def adopt_fact(member: Member, fact: dict[str, Any], language: str, now: datetime | None) -> bool:
    """Take over one fact; False when it no longer fits."""
    lesson = queries.lesson_pack(fact["lesson"], language)
    if lesson is None:
        return False
    try:
        with transaction.atomic():
            if fact["kind"] == "read":
                complete_lesson(member=member, lesson=lesson, now=now)
            else:
                answer = Answer(
                    fact["block"],
                    fact["given"],
                    fact["number"],
                    digest=fact.get("digest", ""),
                    at=datetime.fromisoformat(fact["at"]),
                )
                answer_questions(member=member, lesson=lesson, answers=[answer], now=now)
    except Refused as refusal:
        logger.info("A visitor's fact was left out: %s", refusal)
        return False
    return True
