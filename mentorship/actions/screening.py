"""What the hub's people do with mentors: checks, and the states that follow from them."""

from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from members.actions import record
from members.errors import Refused
from members.models import Member
from mentorship.models import Mentor, MentorAsk, MentorCheck
from mentorship.rules import may_check

from .leaving import hand_on, leave, lock_giver, send_all_on
from .mentors import is_checked
from .telling import offer_address, tell
from .wants import clean_reason

BY_HAND = (
    Mentor.State.SCREENING,
    Mentor.State.READY,
    Mentor.State.PAUSED,
    Mentor.State.LEFT,
)


@transaction.atomic
def add_check(
    *,
    member: Member,
    mentor: Mentor,
    level: int,
    seen_on: date,
    due_on: date | None = None,
    now: datetime | None = None,
) -> MentorCheck:
    """Note that one has seen something, on which day, and when it is due again. Twice is once.

    Refuses whoever does not look after the mentor, an unknown check, and days that make no sense.
    """
    now = now or timezone.now()
    row = looked_after(member, mentor)
    if level not in MentorCheck.Level.values:
        raise Refused(_("Choose what was checked."), "level")
    if seen_on > now.date():
        raise Refused(_("This day is still to come."), "seen_on")
    if due_on is not None and due_on <= seen_on:
        raise Refused(_("It must be due after the day on which it was seen."), "due_on")
    check, created = MentorCheck.objects.get_or_create(
        mentor=row,
        level=level,
        seen_on=seen_on,
        defaults={"due_on": due_on, "seen_by": member, "made_at": now},
    )
    if created:
        sum_up_checks(row, now.date())
        record_for(row, member, check_words(check, row.member), "", now)
    return check


def looked_after(member: Member, mentor: Mentor) -> Mentor:
    """A mentor, locked, for a coordinator of the mentor's hub. Refuses other people."""
    row = lock_giver(mentor)
    if not may_check(member, row):
        raise Refused(_("You do not look after this mentor."))
    return row


def check_words(check: MentorCheck, reader: Member) -> str:
    """A check for the record of the mentor, in the mentor's language."""
    with reader.in_own_language():
        return _("The hub noted a check: %(what)s, seen on %(day)s.") % {
            "what": str(check.get_level_display()),
            "day": date_format(check.seen_on, "DATE_FORMAT"),
        }


def record_for(mentor: Mentor, actor: Member, words: str, reason: str, now: datetime) -> None:
    """Put what staff did into the record of a mentor."""
    record(
        member=mentor.member,
        actor=actor,
        hub=mentor.hub,
        verb="move_mentor",
        words=words,
        reason=reason,
        now=now,
    )


def sum_up_checks(mentor: Mentor, today: date) -> bool:
    """Keep on the row the highest check that is in date, or the last one that was. Says whether
    that changed."""
    before = (mentor.check_level, mentor.check_due_on)
    checks = mentor.checks.order_by("-level", F("due_on").desc(nulls_first=True), "-pk")
    in_date = [one for one in checks if one.due_on is None or today < one.due_on]
    best = next(iter([*in_date, *checks]), None)
    mentor.check_level = best.level if best else 0
    mentor.check_due_on = best.due_on if best else None
    mentor.save(update_fields=["check_level", "check_due_on"])
    return before != (mentor.check_level, mentor.check_due_on)


def move_mentor(
    *, member: Member, mentor: Mentor, to: str, reason: str, now: datetime | None = None
) -> Mentor:
    """Move a mentor to another state, with a reason that the mentor can read. Twice is once.

    What was asked of a mentor who is no longer ready goes on to others; who leaves is followed by
    others too. What the hub has stopped only the hub begins again. Refuses whoever does not look
    after the mentor, and "ready" without a check in date.
    """
    now = now or timezone.now()
    with transaction.atomic():
        row = looked_after(member, mentor)
        if to not in BY_HAND:
            raise Refused(_("Choose one of the states."), "to")
        reason = clean_reason(reason)
        if row.state == to and row.is_held_by_hub == (to != Mentor.State.READY):
            return row
        if to == Mentor.State.READY and not is_checked(row, now):
            raise Refused(_("Note a check that is in date first."), "to")
        asks = change_state(row, to, member, reason, now)
    send_all_on(asks, now)
    return row


def change_state(
    mentor: Mentor, to: str, actor: Member, reason: str, now: datetime
) -> list[MentorAsk]:
    """Write another state, log it, tell the mentor. Gives the asks that go on to others."""
    was_left = mentor.state == Mentor.State.LEFT
    if to == Mentor.State.LEFT:
        asks = leave(mentor, actor, now, is_staff=True, reason=reason)
    elif to == Mentor.State.READY or was_left:
        asks, mentor.free_since = [], now
    else:
        asks = hand_on(mentor, actor, now, is_staff=True, reason=reason)
    mentor.state, mentor.is_held_by_hub = to, to != Mentor.State.READY
    mentor.save(update_fields=["state", "free_since", "is_held_by_hub"])
    with mentor.member.in_own_language():
        words = state_words(to)
    record_for(mentor, actor, words, reason, now)
    entry = mentor.member.record_entries.count()
    key = f"mentor:{mentor.pk}:{to}:{entry}"
    tell(mentor.member, key, partial(state_words, to), offer_address, now)
    return asks


def state_words(to: str) -> str:
    """What a mentor hears of a state that the hub has chosen."""
    return {
        Mentor.State.SCREENING.value: _("Your hub is looking at what you offer as a mentor."),
        Mentor.State.READY.value: _("You are ready: learners can ask you to be their mentor."),
        Mentor.State.PAUSED.value: _("Your hub has paused you as a mentor for now."),
        Mentor.State.LEFT.value: _("Your hub has ended your time as a mentor."),
    }[to]


def refresh_checks(*, now: datetime | None = None) -> int:
    """Look anew at checks that are due: a lower one may still stand. Says how many rows changed."""
    now = now or timezone.now()
    due = Mentor.objects.filter(check_due_on__lte=now.date()).order_by("pk")
    changed = 0
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            changed += sum_up_checks(Mentor.objects.select_for_update().get(pk=pk), now.date())
    return changed
