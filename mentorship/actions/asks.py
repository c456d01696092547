"""Somebody asks for a mentor, and takes it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content.models import Topic
from courses.models import Course, Lesson
from members.actions import join_hub
from members.errors import Refused
from members.models import Hub, Member
from mentorship import life
from mentorship.models import MentorAsk, Pairing
from mentorship.queries.progress import shows
from mentorship.rules import may_ask, may_take_back

from . import words as said
from .moves import end_unseen, lock_ask, lock_mentors, locked, log_move, make_move, settle_row
from .programmes import open_programme, programme_for
from .progress import end_consent, note_consent
from .telling import mentor_of, name_of, time_for
from .wants import clean_languages, clean_slots, clean_ways, clean_words, clean_zone, refuse_unknown

WORDS_LENGTH = 500


@dataclass(frozen=True)
class Wanted:
    """What an ask says, checked."""

    topic: Topic | None
    course: Course | None
    lesson: Lesson | None
    words: str
    languages: tuple[str, ...]
    ways: tuple[str, ...]
    slots: tuple[str, ...]
    wishes: tuple[str, ...]
    important: tuple[str, ...]
    time_zone: str
    shares_progress: bool


@transaction.atomic
def ask_for_mentor(
    *,
    member: Member,
    hub: Hub,
    topic: Topic | None = None,
    lesson: Lesson | None = None,
    words: str,
    languages: Iterable[str],
    ways: Iterable[str],
    slots: Iterable[str],
    wishes: Iterable[str] = (),
    important: Iterable[str] = (),
    time_zone: str = "UTC",
    shares_progress: bool = False,
    is_adult: bool,
    now: datetime | None = None,
) -> MentorAsk:
    """Ask for a mentor, or change what one waits for. The first asking date stays.

    Refuses people under 18, an ask without words, languages, ways or times, and a change while a
    mentor has been asked.
    """
    now = now or timezone.now()
    if not may_ask(member, is_adult):
        raise Refused(young_sentence(hub), "is_adult")
    course = lesson.course if lesson else None
    wanted = Wanted(
        topic=topic,
        course=course,
        lesson=lesson,
        words=clean_words(words, WORDS_LENGTH),
        languages=clean_languages(languages),
        ways=clean_ways(ways),
        slots=clean_slots(slots),
        wishes=refuse_unknown(wishes, MentorAsk.Wish.values, "wishes"),
        important=refuse_unknown(important, MentorAsk.Important.values, "important"),
        time_zone=clean_zone(time_zone),
        shares_progress=shares_progress and course is not None,
    )
    return write_ask(member, hub, wanted, now)


def young_sentence(hub: Hub) -> str:
    """Where people under 18 find help."""
    return _(
        "Mentors are for people of 18 and older for now. The people of %(hub)s help you: %(how)s"
    ) % {"hub": hub.name, "how": hub.contact or hub.phone or hub.place}


def write_ask(member: Member, hub: Hub, wanted: Wanted, now: datetime) -> MentorAsk:
    """Write a new ask, or the changes of the one that waits."""
    programme = programme_for(hub, wanted.topic, now)
    places = {"hub": hub, "programme": programme}
    ask, created = MentorAsk.objects.get_or_create(
        member=member,
        state=MentorAsk.State.WAITING,
        defaults={**places, **vars(wanted), "asked_at": now, "made_at": now},
    )
    if not created:
        ask = change_ask(lock_ask(ask.pk), {**places, **vars(wanted)}, now)
    join_hub(member=member, hub=hub, now=now)
    note_consent(member, ask, now)
    return ask


def change_ask(ask: MentorAsk, values: dict[str, object], now: datetime) -> MentorAsk:
    """Change an ask that waits, unless a mentor is asked for it just now."""
    if all(getattr(ask, name) == value for name, value in values.items()):
        return ask
    if ask.state != MentorAsk.State.WAITING:
        raise Refused(_("You have a mentor already. Please look at your page."))
    out = Pairing.objects.asked(now).filter(ask=ask).select_related("mentor__member").first()
    if out is not None:
        raise Refused(out_sentence(out))
    for name, value in values.items():
        setattr(ask, name, value)
    ask.save()
    return ask


def out_sentence(pairing: Pairing) -> str:
    """That a mentor has been asked and will answer."""
    return _(
        "%(name)s has been asked and answers by %(time)s. Wait, or take the question back."
    ) % {
        "name": name_of(mentor_of(pairing)),
        "time": time_for(pairing.expires_at, pairing, pairing.mentee),
    }


@transaction.atomic
def withdraw_ask(*, member: Member, ask: MentorAsk, now: datetime | None = None) -> MentorAsk:
    """Take an ask back, with the proposal that is out for it. Twice is once.

    Refuses other people, and an ask that has found a mentor.
    """
    now = now or timezone.now()
    mine = lock_ask(ask.pk)
    if not may_take_back(member, mine):
        raise Refused(_("This is not your question."))
    if mine.state == MentorAsk.State.PAIRED:
        raise Refused(_("You have a mentor already. Please look at your page."))
    if mine.state == MentorAsk.State.WITHDRAWN:
        return mine
    take_back_proposal(mine, member, now)
    mine.state, mine.ended_at = MentorAsk.State.WITHDRAWN, now
    mine.save(update_fields=["state", "ended_at"])
    end_consent(member, now)
    return mine


def take_back_proposal(ask: MentorAsk, member: Member, now: datetime) -> Pairing | None:
    """End the proposal that is out for a locked ask, and tell the mentor. None where none was."""
    out = Pairing.objects.unanswered().filter(ask=ask).first()
    if out is None:
        return None
    lock_mentors(out.mentor_id)
    pairing = locked(out.pk)
    settle_row(pairing, now)
    withdraw(pairing, member, now)
    return pairing


def withdraw(pairing: Pairing, member: Member, now: datetime) -> None:
    """Take a locked proposal back as the mentee. One with a no stays a no; a mentor who has
    answered is not told."""
    if pairing.state == life.PROPOSED:
        make_move(pairing, "withdraw", actor=member, side=life.MENTEE, now=now)
        said.tell_taken_back(pairing, now)
    elif life.is_unseen(pairing):
        end_unseen(pairing, now)
        log_move(pairing, "withdraw", life.DECLINED, member, now)


def renew_ask(pairing: Pairing, asked_at: datetime, now: datetime) -> MentorAsk:
    """A new ask like the one of a pairing; an ask that waits already takes the earlier date. Where
    the hub has closed its programmes meanwhile it stays in the old one: nobody loses the place."""
    old = pairing.ask
    names = [*Wanted.__dataclass_fields__, "hub", "chooses_for_me"]
    fresh = None if old.programme.is_open else open_programme(old.hub, old.topic, now)
    programme = fresh or old.programme
    ask, created = MentorAsk.objects.get_or_create(
        member=pairing.mentee,
        state=MentorAsk.State.WAITING,
        defaults={
            **{name: getattr(old, name) for name in names},
            "shares_progress": old.shares_progress and shows(pairing),
            "programme": programme,
            "asked_at": asked_at,
            "made_at": now,
            "follows": pairing,
        },
    )
    if not created and asked_at < ask.asked_at:
        ask.asked_at = asked_at
        ask.save(update_fields=["asked_at"])
    return ask
