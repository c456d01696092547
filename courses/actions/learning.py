"""What a learner does in a lesson: answer, read to the end; and what a person confirms."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses import completion, marking, outline, queries
from courses.models import Attempt, Enrolment, LearningEvent, Lesson, QuestionVersion
from courses.rules import may_confirm, may_read
from members.actions import notify, record
from members.errors import Refused
from members.models import Member

from .enrolments import enrol, lock_enrolment
from .log import clamp_time, event_key, new_event, write_events
from .places import keep_place
from .progress import facts_of, is_done, settle

Pack = queries.LessonPack


@dataclass(frozen=True)
class Answer:
    """One answer as it was sent: the block, what was given, which attempt the page showed.

    `key` is the client's UUID, `digest` the version of the question that was asked, `at` the
    client's time.
    """

    block_id: str
    given: Any
    number: int = 1
    key: uuid.UUID | None = None
    digest: str = ""
    at: datetime | None = None


def enter(member: Member, pack: Pack, now: datetime) -> Enrolment:
    """The locked enrolment for a lesson; who has none is enrolled. Refuses what may not be read."""
    if not may_read(member, pack.access):
        raise Refused(_("Sign in to take this course."))
    course = queries.course_row(pack.course_key)
    return lock_enrolment(member, course) or enrol(member=member, course=course, now=now)


@transaction.atomic
def answer_questions(
    *, member: Member, lesson: Pack, answers: Iterable[Answer], now: datetime | None = None
) -> list[Attempt]:
    """Mark and keep answers to questions of one lesson; gives the new attempts.

    Takes facts, never marks. The same fact sent again changes nothing. Of several answers, those
    to questions that are right or out of tries are left out. Refuses an unknown question, an
    empty answer (with the block as `field`) and a single one beyond the editor's limit of tries.
    """
    now = now or timezone.now()
    answers = [cleaned(lesson, answer) for answer in answers]
    enrolment = enter(member, lesson, now)
    earlier = queries.ANSWERS.all(enrolment.pk, uuid.UUID(lesson.key))
    if len(answers) > 1:
        answers = [answer for answer in answers if not is_over(lesson, answer, earlier)]
    fresh = [
        attempt
        for answer in answers
        if (attempt := new_attempt(enrolment, lesson, answer, earlier, now)) is not None
    ]
    if fresh:
        was_done = is_done(enrolment, lesson.key)
        keep_attempts(enrolment, lesson, fresh, earlier, now)
        if is_done(enrolment, lesson.key) and not was_done:
            keep_place(member=member, enrolment=enrolment, course=lesson.course, after=lesson.key)
    return fresh


def is_over(lesson: Pack, answer: Answer, earlier: list[Attempt]) -> bool:
    """Whether the question of an answer is right already, or has no try left."""
    mine = [attempt for attempt in earlier if attempt.block_id == answer.block_id]
    is_right = bool(mine) and mine[-1].is_right
    return marking.is_over(lesson.definitions[answer.block_id], len(mine), is_right)


def cleaned(lesson: Pack, answer: Answer) -> Answer:
    """The answer with only what its question allows. Refuses unknown and empty ones."""
    definition = lesson.definitions.get(answer.block_id)
    if definition is None:
        raise Refused(_("This question has changed. Please look at it again."))
    given = marking.clean_given(definition, answer.given)
    if not marking.is_answered(definition, given):
        raise Refused(_("This question has no answer yet."), answer.block_id)
    return Answer(answer.block_id, given, answer.number, answer.key, answer.digest, answer.at)


def new_attempt(
    enrolment: Enrolment, lesson: Pack, answer: Answer, earlier: list[Attempt], now: datetime
) -> Attempt | None:
    """The attempt for an answer, not yet saved; None when the log holds this fact already."""
    mine = [attempt for attempt in earlier if attempt.block_id == answer.block_id]
    number = min(max(answer.number, 1), len(mine) + 1)
    key = answer.key or event_key(enrolment.member_id, lesson.key, answer.block_id, number)
    if any(attempt.key == key for attempt in mine):
        return None
    version_id, definition = asked(lesson, answer)
    limit = definition.get("tries") or 0
    if limit and len(mine) >= limit:
        raise Refused(no_tries_sentence(), answer.block_id)
    mark = marking.mark(definition, answer.given)
    return Attempt(
        enrolment=enrolment,
        lesson_id=uuid.UUID(lesson.key),
        block_id=answer.block_id,
        number=len(mine) + 1,
        key=key,
        version_id=version_id,
        answer=answer.given,
        score=mark.score,
        is_right=mark.is_right,
        made_at=clamp_time(answer.at, start=enrolment.started_at, now=now),
    )


def asked(lesson: Pack, answer: Answer) -> tuple[int, dict[str, Any]]:
    """The version that was asked, with its definition; the current one when none is named."""
    version_id, digest = lesson.versions[answer.block_id]
    if answer.digest and answer.digest != digest:
        older = QuestionVersion.objects.filter(
            lesson_id=uuid.UUID(lesson.key), block_id=answer.block_id, digest=answer.digest
        ).first()
        if older:
            return older.pk, older.definition
    definition = lesson.definitions[answer.block_id]
    return version_id or keep_version(lesson, answer.block_id, digest), definition


def keep_version(lesson: Pack, block_id: str, digest: str) -> int:
    """Store the question as it is asked now, where no release has stored it yet; gives its row's
    key."""
    row, _created = QuestionVersion.objects.get_or_create(
        lesson_id=uuid.UUID(lesson.key),
        block_id=block_id,
        digest=digest,
        defaults={
            "language": lesson.language,
            "definition": lesson.definitions[block_id],
            "made_at": timezone.now(),
        },
    )
    return row.pk


def keep_attempts(
    enrolment: Enrolment, lesson: Pack, fresh: list[Attempt], earlier: list[Attempt], now: datetime
) -> None:
    """Save attempts, the log and the state that follows from them."""
    Attempt.objects.bulk_create(fresh)
    rule = queries.shown_rule(lesson, enrolment)
    scores = best_of([*earlier, *fresh])
    events = [answer_event(enrolment, lesson.key, attempt, now) for attempt in fresh]
    enrolment.last_lesson_id = uuid.UUID(lesson.key)
    write_events(settle(enrolment, rule, events, now, scores))


def best_of(attempts: Iterable[Attempt]) -> dict[str, float]:
    """The best score of each question."""
    best: dict[str, float] = {}
    for attempt in attempts:
        best[attempt.block_id] = max(best.get(attempt.block_id, 0.0), attempt.score)
    return best


def answer_event(
    enrolment: Enrolment, lesson: str, attempt: Attempt, now: datetime
) -> LearningEvent:
    """The fact that a question was answered."""
    return new_event(
        enrolment,
        LearningEvent.Kind.ANSWERED,
        key=attempt.key,
        now=now,
        lesson=lesson,
        block_id=attempt.block_id,
        happened_at=attempt.made_at,
        data={
            "answer": attempt.answer,
            "version": attempt.version_id,
            "number": attempt.number,
            "score": attempt.score,
        },
    )


@transaction.atomic
def complete_lesson(
    *, member: Member, lesson: Pack, key: uuid.UUID | None = None, now: datetime | None = None
) -> Enrolment:
    """Note that the learner read a lesson to the end. Gives the enrolment, with the next lesson
    kept as its place.

    Refuses, in one sentence, while the lesson's rule asks for more than reading.
    """
    now = now or timezone.now()
    enrolment = enter(member, lesson, now)
    rule = queries.shown_rule(lesson, enrolment)
    step = enrolment.steps.setdefault(lesson.key, {})
    if not step.get("done"):
        step.setdefault("read", now.isoformat())
        if not completion.is_complete(rule, facts_of(enrolment, rule)):
            raise Refused(queries.member_state(member, lesson).left())
        read = new_event(
            enrolment,
            LearningEvent.Kind.READ,
            key=key or event_key(member.pk, lesson.key, "read"),
            now=now,
            lesson=lesson.key,
        )
        write_events(settle(enrolment, rule, [read], now))
    keep_place(member=member, enrolment=enrolment, course=lesson.course, after=lesson.key)
    return enrolment


@transaction.atomic
def confirm_lesson(
    *,
    member: Member,
    enrolment: Enrolment,
    lesson: Lesson,
    reason: str,
    now: datetime | None = None,
) -> Enrolment:
    """A coordinator says that a learner has done a lesson, with a reason; logged and shown to the
    learner.

    Refuses whoever may not, one's own record, an empty reason, and a lesson of another course.
    """
    now = now or timezone.now()
    if not may_confirm(member, enrolment) or lesson.course_id != enrolment.course_id:
        raise Refused(_("You cannot change this record."))
    if not reason.strip():
        raise Refused(_("Say why, in a few words."), "reason")
    locked = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    step = locked.steps.setdefault(lesson.key.hex, {})
    if step.get("confirmed"):
        return locked
    step["confirmed"] = now.isoformat()
    rule = outline.rule_of(locked.release.outline, lesson.key.hex) or queries.bare_rule(lesson)
    key = event_key(locked.member_id, lesson.key.hex, "confirmed")
    data = {"by": member.pk, "reason": reason.strip()}
    event = new_event(
        locked, LearningEvent.Kind.CONFIRMED, key=key, now=now, lesson=lesson.key.hex, data=data
    )
    with locked.member.in_own_language():
        write_events(settle(locked, rule, [event], now))
        tell_learner(member, locked, lesson, reason.strip(), now)
        if locked.member.resume_key == lesson.key:
            course = queries.course_pack(locked.course_id.hex)
            after = lesson.key.hex
            keep_place(member=locked.member, enrolment=locked, course=course, after=after)
    return locked


def tell_learner(
    member: Member, enrolment: Enrolment, lesson: Lesson, reason: str, now: datetime
) -> None:
    """Write what staff did into the learner's record and send a notice."""
    words = _("Marked the lesson “%(lesson)s” as done.") % {"lesson": lesson.title}
    record(
        member=enrolment.member,
        actor=member,
        hub=enrolment.hub,
        verb="confirm_lesson",
        words=words,
        reason=reason,
        now=now,
    )
    notify(
        member=enrolment.member,
        key=f"confirmed:{enrolment.pk}:{lesson.pk}",
        kind="progress",
        text=_(
            "A person at %(hub)s marked “%(lesson)s” in “%(course)s” as done. Reason: %(reason)s"
        )
        % {
            "hub": enrolment.hub.name,
            "lesson": lesson.title,
            "course": enrolment.course.title,
            "reason": reason,
        },
        url=queries.lesson_url(lesson.key.hex),
        now=now,
    )


def no_tries_sentence() -> str:
    """That the editor's limit is reached."""
    return _("You have used all tries for this question.")


def unanswered_sentence(count: int) -> str:
    """How many questions have no answer yet."""
    return ngettext(
        "%(count)s question has no answer yet.", "%(count)s questions have no answer yet.", count
    ) % {"count": count}
