"""Questions about lessons, asked and answered."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses import queries
from courses.models import Ask, Enrolment
from courses.rules import may_answer_ask, may_read
from members.actions import notify
from members.errors import Refused
from members.models import Member

from .learning import Pack
from .log import event_key
from .work import WORDS_LENGTH


@transaction.atomic
def ask_about_lesson(
    *,
    member: Member,
    lesson: Pack,
    words: str,
    key: uuid.UUID | None = None,
    now: datetime | None = None,
) -> Ask:
    """Send a question about a lesson to the hub's desk. The same question twice is one.

    The hub is the one where the person learns, else the one that owns the course. Refuses an
    empty question and one over 20,000 signs.
    """
    words = words.strip()
    if not may_read(member, lesson.access):
        raise Refused(_("Sign in to take this course."))
    if not words:
        raise Refused(_("Write your question first."), "words")
    if len(words) > WORDS_LENGTH:
        raise Refused(_("This is too long. Please keep it under 20,000 letters."), "words")
    course = queries.course_row(lesson.course_key)
    enrolment = member.enrolments.filter(course=course).select_related("hub").first()
    ask, created = Ask.objects.get_or_create(
        member=member,
        key=key or event_key(member.pk, lesson.key, "ask", words),
        defaults={
            "lesson_id": uuid.UUID(lesson.key),
            "hub": enrolment.hub if enrolment else course.hub,
            "words": words,
            "made_at": now or timezone.now(),
        },
    )
    if created and enrolment and not enrolment.has_work:
        Enrolment.objects.filter(pk=enrolment.pk).update(has_work=True)
    return ask


@transaction.atomic
def answer_ask(*, member: Member, ask: Ask, answer: str, now: datetime | None = None) -> Ask:
    """Answer a question about a lesson; the learner gets a notice, and the answer stands on the
    lesson.

    Refuses whoever may not answer, an empty answer, and a question that a colleague has answered
    differently.
    """
    answer = answer.strip()
    locked = Ask.objects.select_for_update(of=("self",)).get(pk=ask.pk)
    if not may_answer_ask(member, locked):
        raise Refused(_("You cannot answer this question."))
    if not answer:
        raise Refused(_("Write your answer first."), "answer")
    if locked.answered_at:
        if locked.answer == answer:
            return locked
        raise Refused(_("A colleague has already answered this question."))
    locked.answer, locked.answered_by, locked.answered_at = answer, member, now or timezone.now()
    locked.save()
    with locked.member.in_own_language():
        notify(
            member=locked.member,
            key=f"ask:{locked.pk}",
            kind="answer",
            text=_("Your question about “%(lesson)s” has an answer.")
            % {"lesson": locked.lesson.title},
            url=f"{queries.lesson_url(locked.lesson_id.hex)}#ask-{locked.pk}",
            now=locked.answered_at,
        )
    return locked
