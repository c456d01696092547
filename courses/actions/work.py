"""Tasks handed in and read."""

import logging
import re
import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses import outline, queries
from courses.models import Enrolment, HandIn, LearningEvent
from courses.models.work import photo_path
from courses.rules import may_review
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


@dataclass(frozen=True)
class Sent:
    """What a person hands in: words, a link or a photo."""

    words: str = ""
    link: str = ""
    photo: bytes = b""


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
    sent = checked(lesson, block_id, Sent(words.strip(), link.strip(), photo))
    enrolment = enter(member, lesson, now)
    earlier = earlier_hand_ins(enrolment, lesson, block_id)
    if stands(earlier, number):
        return earlier[-1]
    row = HandIn(
        enrolment=enrolment,
        lesson_id=uuid.UUID(lesson.key),
        block_id=block_id,
        number=len(earlier) + 1,
        made_at=now,
    )
    keep_sent(row, sent)
    settle_hand_in(member, lesson, row, now)
    return row


def checked(lesson: Pack, block_id: str, sent: Sent) -> Sent:
    """Only what the task asks for. Refuses what cannot be handed in for it."""
    kind = lesson.tasks.get(block_id, {}).get("ask", "")
    if reason := why_not_hand_in(kind, sent.words, sent.link, sent.photo):
        raise Refused(reason, block_id if kind in HAND_INS else "")
    return Sent(**{kind: getattr(sent, kind)})


def earlier_hand_ins(enrolment: Enrolment, lesson: Pack, block_id: str) -> list[HandIn]:
    """What the person has handed in for a task, the first one first."""
    rows = enrolment.hand_ins.filter(lesson_id=uuid.UUID(lesson.key), block_id=block_id)
    return list(rows.order_by("number"))


def stands(earlier: list[HandIn], number: int) -> bool:
    """Whether the last hand-in counts and no new one is made: the page that was sent did not know
    of it, or it has not come back."""
    if not earlier:
        return False
    return number <= len(earlier) or earlier[-1].state != HandIn.State.RETURNED


def keep_sent(row: HandIn, sent: Sent) -> None:
    """Store a hand-in with what was sent."""
    row.words, row.link = sent.words, sent.link
    if sent.photo:
        keep_photo(row, sent.photo)
    row.save()


def settle_hand_in(member: Member, lesson: Pack, row: HandIn, now: datetime) -> None:
    """Log a hand-in; the person's place moves on when the lesson is done by it."""
    enrolment = row.enrolment
    was_done = is_done(enrolment, lesson.key)
    log_hand_in(enrolment, lesson, row, now)
    if is_done(enrolment, lesson.key) and not was_done:
        keep_place(member=member, enrolment=enrolment, course=lesson.course, after=lesson.key)


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
