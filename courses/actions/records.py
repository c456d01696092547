"""Looking again at what is known: state rebuilt from the log, questions marked again."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses import marking, outline, queries
from courses.models import Attempt, Correction, Enrolment, LearningEvent, LessonProgress
from courses.rules import may_edit_course
from members.actions import notify, record
from members.errors import Refused
from members.models import Member

from .progress import recount, save_steps

Kind = LearningEvent.Kind
STAMPS: dict[str, str] = {Kind.READ: "read", Kind.CONFIRMED: "confirmed", Kind.COMPLETED: "done"}

FOLLOWING = (Kind.CORRECTED, Kind.COMPLETED, Kind.FINISHED)


@transaction.atomic
def rebuild_progress(*, enrolment: Enrolment) -> Enrolment:
    """Rebuild an enrolment's steps, counts, progress rows and lost attempts from the log alone.

    The log is not touched. Rebuilt equals live: completions are dated facts, and each answer's
    fact carries its result.
    """
    locked = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("release")
        .get(pk=enrolment.pk)
    )
    log = list(
        LearningEvent.objects.filter(member=locked.member_id, course=locked.course_id).order_by(
            "id"
        )
    )
    locked.steps, locked.finished_at, locked.last_at = {}, None, locked.started_at
    for event in log:
        replay(locked, event)
    done = [key for key, step in locked.steps.items() if step.get("done")]
    locked.required_done, locked.required_count = outline.counts(locked.release.outline, done)
    LessonProgress.objects.filter(enrolment=locked).delete()
    save_steps(locked, list(locked.steps))
    restore_attempts(locked, log)
    return locked


def replay(enrolment: Enrolment, event: LearningEvent) -> None:
    """Add what one fact says to the enrolment."""
    if event.kind not in FOLLOWING:
        enrolment.last_at = max(enrolment.last_at, event.received_at)
    if event.kind == Kind.FINISHED:
        enrolment.finished_at = event.received_at
    if event.lesson_id is None:
        return
    step = enrolment.steps.setdefault(event.lesson_id.hex, {})
    if event.kind in STAMPS:
        step.setdefault(STAMPS[event.kind], event.received_at.isoformat())
    if "percent" in event.data:
        step["percent"] = max(step.get("percent", 0), event.data["percent"])


def restore_attempts(enrolment: Enrolment, log: list[LearningEvent]) -> None:
    """Write the attempts that the log knows and the table has lost."""
    Attempt.objects.bulk_create(
        [
            Attempt(
                enrolment=enrolment,
                lesson_id=event.lesson_id,
                block_id=event.block_id,
                number=event.data["number"],
                key=event.key,
                version_id=event.data["version"],
                answer=event.data["answer"],
                score=event.data["score"],
                is_right=event.data["score"] >= 1,
                made_at=event.happened_at,
            )
            for event in log
            if event.kind == Kind.ANSWERED and event.lesson_id
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def regrade_question(
    *,
    member: Member,
    lesson: queries.LessonPack,
    block_id: str,
    reason: str,
    now: datetime | None = None,
) -> int:
    """Mark all answers to a question again by its current version; gives how many marks rose.

    Attempts stay as they were: a better mark is a correction row with the reason, and the learner
    is told. A worse one is not applied, since nothing lowers progress. Refuses whoever may not
    edit the course, an unknown question and an empty reason.
    """
    now = now or timezone.now()
    if not may_edit_course(member, queries.course_row(lesson.course_key)):
        raise Refused(_("You cannot decide about this course."))
    if block_id not in lesson.definitions:
        raise Refused(_("This question has changed. Please look at it again."))
    if not reason.strip():
        raise Refused(_("Say why, in a few words."), "reason")
    risen = [
        correction
        for attempt in attempts_of(lesson.key, block_id)
        if (correction := better_mark(member, lesson, attempt, reason.strip(), now)) is not None
    ]
    Correction.objects.bulk_create(risen)
    for enrolment_id in {correction.attempt.enrolment_id for correction in risen}:
        locked = Enrolment.objects.select_for_update().get(pk=enrolment_id)
        with locked.member.in_own_language():
            recount(locked, now)
            first = next(one for one in risen if one.attempt.enrolment_id == enrolment_id)
            tell_of_better_mark(locked, lesson, first, now)
    return len(risen)


def tell_of_better_mark(
    enrolment: Enrolment, lesson: queries.LessonPack, correction: Correction, now: datetime
) -> None:
    """Write the better mark into the learner's record and send a notice, in their words."""
    title = (queries.lesson_pack(lesson.key) or lesson).title
    record(
        member=enrolment.member,
        actor=correction.made_by,
        hub=enrolment.hub,
        verb="mark_again",
        words=_("Marked a question of “%(lesson)s” again.") % {"lesson": title},
        reason=correction.reason,
        now=now,
    )
    notify(
        member=enrolment.member,
        key=f"marked-again:{correction.pk}",
        kind="progress",
        text=_("Your answer in “%(lesson)s” has a better mark now. Reason: %(reason)s")
        % {"lesson": title, "reason": correction.reason},
        url=queries.lesson_url(lesson.key),
        now=now,
    )


def attempts_of(lesson: str, block_id: str) -> list[Attempt]:
    """All attempts at a question, with their corrections at hand."""
    rows = Attempt.objects.filter(lesson_id=uuid.UUID(lesson), block_id=block_id)
    return list(rows.prefetch_related("corrections"))


def better_mark(
    member: Member, lesson: queries.LessonPack, attempt: Attempt, reason: str, now: datetime
) -> Correction | None:
    """The correction that an attempt deserves; None when its mark would not rise."""
    definition = lesson.definitions[attempt.block_id]
    mark = marking.mark(definition, marking.clean_given(definition, attempt.answer))
    known = max([attempt.score, *(row.score for row in attempt.corrections.all())])
    if mark.score <= known:
        return None
    return Correction(
        attempt=attempt,
        score=mark.score,
        is_right=mark.is_right,
        reason=reason,
        made_by=member,
        made_at=now,
    )
