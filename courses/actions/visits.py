"""A visitor becomes a member: what the session kept becomes theirs, once, by the same actions."""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from courses import queries, visits
from members.errors import Refused
from members.models import Member

from .learning import Answer, answer_questions, complete_lesson

logger = logging.getLogger(__name__)


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
