"""Tasks handed in and read, questions asked and answered."""

import logging
import re
import uuid
from contextlib import suppress
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses import outline, queries
from courses.models import Ask, Enrolment, HandIn, LearningEvent
from courses.models.work import photo_path
from courses.rules import may_answer_ask, may_read, may_review
from members.actions import notify, record
from members.errors import Refused
from members.models import Member

from .learning import Pack, enter
from .log import event_key, new_event, write_events
from .places import keep_place
from .progress import is_done, settle

logger = logging.getLogger(__name__)
HAND_INS = ("words", "link", "photo")
WORDS_LENGTH = 20_000
WEB_LINK = re.compile(r"https?://[^\s<>\"]{3,490}\Z", re.IGNORECASE)


@transaction.atomic
def hand_in_task(
    *,
    member: Member,
    lesson: Pack,
    block_id: str,
    number: int = 1,
    words: str = "",
    link: str = "",
    photo: bytes = b"",
    now: datetime | None = None,
) -> HandIn:
    """Hand in words, a link or a photo (JPEG bytes, already re-encoded) for a task of a lesson.

    `number` is the attempt that the page showed; the same one sent again gives the row that is
    there. Refuses an unknown task, an empty hand-in, words over 20,000 signs, what is not a
    link, and a photo while the disk is full. While the last one waits or is accepted, that one is
    given back.
    """
    now = now or timezone.now()
    kind = lesson.tasks.get(block_id, {}).get("ask", "")
    words, link = words.strip(), link.strip()
    if reason := why_not_hand_in(kind, words, link, photo):
        raise Refused(reason, block_id if kind in HAND_INS else "")
    enrolment = enter(member, lesson, now)
    lesson_id = uuid.UUID(lesson.key)
    earlier = list(
        enrolment.hand_ins.filter(lesson_id=lesson_id, block_id=block_id).order_by("number")
    )
    if earlier and (number <= len(earlier) or earlier[-1].state != HandIn.State.RETURNED):
        return earlier[-1]
    row = HandIn(
        enrolment=enrolment,
        lesson_id=lesson_id,
        block_id=block_id,
        number=len(earlier) + 1,
        words=words if kind == "words" else "",
        link=link if kind == "link" else "",
        made_at=now,
    )
    if kind == "photo":
        keep_photo(row, photo)
    row.save()
    was_done = is_done(enrolment, lesson.key)
    log_hand_in(enrolment, lesson, row, now)
    if is_done(enrolment, lesson.key) and not was_done:
        keep_place(member=member, enrolment=enrolment, course=lesson.course, after=lesson.key)
    return row


def keep_photo(row: HandIn, photo: bytes) -> None:
    """Keep the photo of a hand-in. Refuses it while the disk is full, and leaves no half of it."""
    name = photo_path(row, "photo.jpg")
    try:
        row.photo.name = row.photo.storage.save(name, ContentFile(photo))
    except OSError:
        logger.exception("A photo cannot be kept.")
        with suppress(OSError):
            row.photo.storage.delete(name)
        raise Refused(
            _("We cannot keep your photo just now. Please send it again later."), row.block_id
        ) from None


def why_not_hand_in(kind: str, words: str, link: str, photo: bytes) -> str:
    """Why a task of this kind cannot be handed in with this, or an empty text."""
    if kind not in HAND_INS:
        return _("This task has changed. Please look at it again.")
    if not {"words": words, "link": link, "photo": photo}[kind]:
        return empty_sentence(kind)
    if len(words) > WORDS_LENGTH:
        return _("This is too long. Please keep it under 20,000 letters.")
    if kind == "link" and not WEB_LINK.match(link):
        return _("This is not a link. It should start with https://")
    return ""


def empty_sentence(kind: str) -> str:
    """What to do when nothing was handed in."""
    return {
        "words": _("Write a few words first."),
        "link": _("Put in the link first."),
        "photo": _("Choose a photo first."),
    }[kind]


def log_hand_in(enrolment: Enrolment, lesson: Pack, row: HandIn, now: datetime) -> None:
    """Log a hand-in and bring the lesson up to date."""
    event = new_event(
        enrolment,
        LearningEvent.Kind.HANDED_IN,
        key=event_key(enrolment.member_id, lesson.key, row.block_id, "hand-in", row.number),
        now=now,
        lesson=lesson.key,
        block_id=row.block_id,
        data={"hand_in": row.pk, "number": row.number},
    )
    enrolment.has_work = True
    enrolment.last_lesson_id = row.lesson_id
    write_events(settle(enrolment, queries.shown_rule(lesson, enrolment), [event], now))


@transaction.atomic
def review_hand_in(
    *, member: Member, hand_in: HandIn, accept: bool, note: str = "", now: datetime | None = None
) -> HandIn:
    """Accept a hand-in, or send it back with a note. The learner gets a notice; the same decision
    twice is one.

    Refuses whoever may not review it, one's own, sending back without a note, and changing a
    decision already made.
    """
    now = now or timezone.now()
    locked = HandIn.objects.select_for_update(of=("self",)).get(pk=hand_in.pk)
    if not may_review(member, locked):
        raise Refused(_("You cannot review this hand-in."))
    state = HandIn.State.ACCEPTED if accept else HandIn.State.RETURNED
    if locked.state == state:
        return locked
    if locked.state != HandIn.State.WAITING:
        raise Refused(_("A colleague has already decided about this hand-in."))
    if not accept and not note.strip():
        raise Refused(_("Say what is missing, so that the learner can go on."), "note")
    locked.state, locked.note = state, note.strip()
    locked.reviewed_by, locked.reviewed_at = member, now
    locked.save()
    log_review(member, locked, now)
    return locked


def log_review(member: Member, hand_in: HandIn, now: datetime) -> None:
    """Log a decision about a hand-in, bring the lesson up to date, tell the learner."""
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("release", "member", "hub")
        .get(pk=hand_in.enrolment_id)
    )
    lesson = hand_in.lesson
    accepted = hand_in.state == HandIn.State.ACCEPTED
    event = new_event(
        enrolment,
        LearningEvent.Kind.ACCEPTED if accepted else LearningEvent.Kind.RETURNED,
        key=event_key(enrolment.member_id, "review", hand_in.pk),
        now=now,
        lesson=lesson.key.hex,
        block_id=hand_in.block_id,
        data={"hand_in": hand_in.pk, "by": member.pk},
    )
    rule = outline.rule_of(enrolment.release.outline, lesson.key.hex) or queries.bare_rule(lesson)
    with enrolment.member.in_own_language():
        write_events(settle(enrolment, rule, [event], now))
        tell_reviewed(member, enrolment, hand_in, now)


def tell_reviewed(member: Member, enrolment: Enrolment, hand_in: HandIn, now: datetime) -> None:
    """Put a decision into the learner's record, and send a notice."""
    lesson, learner = hand_in.lesson, enrolment.member
    words = (
        _("Your task in “%(lesson)s” was accepted.")
        if hand_in.state == HandIn.State.ACCEPTED
        else _("Your task in “%(lesson)s” came back with a note.")
    ) % {"lesson": lesson.title}
    record(
        member=learner,
        actor=member,
        hub=enrolment.hub,
        verb="review_hand_in",
        words=words,
        reason=hand_in.note,
        now=now,
    )
    notify(
        member=learner,
        key=f"hand-in:{hand_in.pk}",
        kind="hand-in",
        text=f"{words} {hand_in.note}".strip(),
        url=queries.lesson_url(lesson.key.hex),
        now=now,
    )


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
