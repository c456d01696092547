"""Meetings of a pair: planned, changed, called off, held, logged."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.errors import Refused
from members.models import Member
from mentorship import life
from mentorship.models import Meeting, Mentor, Pairing
from mentorship.queries.moments import hour_words
from mentorship.queries.sentences import WAYS
from mentorship.queries.zones import zone_of

from .moves import make_move
from .pairs import enter, own_key, sign
from .telling import other_side, pair_address, tell

SHORTEST, LONGEST = 5, 480
PLACE_LENGTH = 200
MOST_PLANNED = 12
FURTHEST = timedelta(days=366)
GRACE = timedelta(minutes=15)
SAME = timedelta(hours=12)
# A meeting that is logged is no plan that begins later than this after it.
AHEAD = timedelta(hours=2)
State = Meeting.State


@transaction.atomic
def plan_meeting(
    *,
    member: Member,
    pairing: Pairing,
    key: uuid.UUID,
    starts_at: datetime,
    minutes: int = 30,
    way: str,
    place: str = "",
    meeting: Meeting | None = None,
    now: datetime | None = None,
) -> Meeting:
    """Plan a meeting, or change one that is planned; the other one gets a notice. Twice is one.

    Refuses a time that is past or over a year away, 5 minutes at least and 8 hours at most, a way
    that nobody knows, more than twelve at once, and changing one that is no longer planned.
    """
    now = now or timezone.now()
    check_time(starts_at, minutes, way, now)
    place = place.strip()[:PLACE_LENGTH]
    locked, side = enter(member, pairing, now)
    row = planned_row(locked, member, key, meeting, now)
    values = {"starts_at": starts_at, "minutes": minutes, "way": way, "place": place}
    if row.pk and all(getattr(row, name) == value for name, value in values.items()):
        return row
    is_new = row.pk is None
    for name, value in values.items():
        setattr(row, name, value)
    row.changed_at = now
    row.save()
    sign(locked, now, side)
    tell_of_meeting(row, locked, member, "planned" if is_new else "changed", now)
    return row


def check_time(starts_at: datetime, minutes: int, way: str, now: datetime) -> None:
    """Refuse a plan that cannot be."""
    if starts_at < now - GRACE:
        raise Refused(_("This time has passed. Choose one that is still to come."), "day")
    if starts_at > now + FURTHEST:
        raise Refused(_("This is more than a year away. Choose an earlier day."), "day")
    check_length(minutes, way)


def check_length(minutes: int, way: str) -> None:
    """Refuse a length or a way that cannot be."""
    if not SHORTEST <= minutes <= LONGEST:
        raise Refused(_("A meeting lasts from 5 minutes to 8 hours."), "minutes")
    if way not in Mentor.Way.values:
        raise Refused(_("Choose how you meet."), "way")


def planned_row(
    pairing: Pairing, member: Member, key: uuid.UUID, meeting: Meeting | None, now: datetime
) -> Meeting:
    """The row of a plan: the one to change, the one that the key has made, or a new one."""
    key = own_key(key, pairing, member)
    which = {"pk": meeting.pk} if meeting else {"key": key}
    row = Meeting.objects.filter(pairing=pairing, **which).first()
    if row is None and meeting is None:
        if pairing.meetings.filter(state=State.PLANNED, starts_at__gt=now).count() >= MOST_PLANNED:
            raise Refused(_("You have planned twelve meetings. That is enough for now."))
        return Meeting(pairing=pairing, key=key, state=State.PLANNED, made_by=member, made_at=now)
    if row is None or row.state != State.PLANNED:
        raise Refused(_("This meeting is no longer planned. Plan a new one."))
    return row


def tell_of_meeting(
    meeting: Meeting, pairing: Pairing, member: Member, what: str, now: datetime
) -> None:
    """Tell the other one when and how; where stays on the page."""
    to = other_side(pairing, member)

    def words() -> str:
        said = {
            "planned": _("A meeting is planned: %(when)s, %(how)s."),
            "changed": _("A meeting has changed. Now it is: %(when)s, %(how)s."),
            "cancelled": _("A meeting was called off: %(when)s, %(how)s."),
            "missed": _(
                "It was noted that a meeting did not happen: %(when)s, %(how)s. If that is not "
                "so, you can say it on your page."
            ),
            "held": _("It was noted that a meeting did happen after all: %(when)s, %(how)s."),
        }[what]
        how = str(WAYS[meeting.way])
        return said % {"when": when_words(meeting, to), "how": how}

    stamp = f"{meeting.changed_at:%Y%m%d%H%M%S%f}"
    key = f"pairing:{pairing.pk}:meeting:{meeting.pk}:{what}:{stamp}"
    tell(to, key, words, lambda: f"{pair_address(pairing)}#meetings", now)


def when_words(meeting: Meeting, reader: Member | None) -> str:
    """The day and the time of a meeting by the reader's own clock."""
    pairing = meeting.pairing
    side = life.MENTEE if reader and reader.pk == pairing.mentee_id else life.MENTOR
    return hour_words(meeting.starts_at, zone_of(pairing, side))


@transaction.atomic
def cancel_meeting(*, member: Member, meeting: Meeting, now: datetime | None = None) -> Meeting:
    """Call a planned meeting off; the other one gets a notice. Twice is one. Refuses one that was
    held or missed."""
    now = now or timezone.now()
    locked, side = enter(member, meeting.pairing, now)
    row = Meeting.objects.get(pk=meeting.pk)
    if row.state == State.CANCELLED:
        return row
    if row.state != State.PLANNED:
        raise Refused(_("This meeting is over already."))
    row.state, row.changed_at = State.CANCELLED, now
    row.save(update_fields=["state", "changed_at"])
    sign(locked, now, side)
    if row.starts_at > now:
        tell_of_meeting(row, locked, member, "cancelled", now)
    return row


@transaction.atomic
def settle_meeting(
    *, member: Member, meeting: Meeting, held: bool, now: datetime | None = None
) -> Meeting:
    """Say whether a meeting took place, or put right what was said. The other one gets a notice of
    one that did not, and when that is put right. Twice is one.

    Refuses one that is still to come or was called off.
    """
    now = now or timezone.now()
    locked, side = enter(member, meeting.pairing, now)
    row = Meeting.objects.get(pk=meeting.pk)
    if row.state == State.CANCELLED or row.starts_at > now + GRACE:
        raise Refused(_("This meeting has not been yet. You can change it or call it off."))
    state = State.HELD if held else State.MISSED
    if row.state != state:
        was = row.state
        row.state, row.changed_at = state, now
        row.save(update_fields=["state", "changed_at"])
        follow_meetings(locked, member, side, now, was_held=was == State.HELD)
        sign(locked, now, "" if held else side)
        if State.MISSED in (was, state):
            tell_of_meeting(row, locked, member, state, now)
    return row


@transaction.atomic
def log_meeting(
    *,
    member: Member,
    pairing: Pairing,
    key: uuid.UUID,
    starts_at: datetime | None = None,
    minutes: int = 30,
    way: str = "",
    now: datetime | None = None,
) -> Meeting:
    """Log that the two met; without more it was now, for 30 minutes, the last way. Twice is one.

    The plan for that time, or what the other one has logged for it, is the same meeting. The first
    meeting makes the pair active. Refuses a time to come and one before they were a pair.
    """
    now = now or timezone.now()
    locked, side = enter(member, pairing, now)
    way = way or last_way(locked)
    said = f"{starts_at.isoformat()} {minutes} {way}" if starts_at else ""
    key = own_key(key, locked, member, said)
    by = member if starts_at else None
    starts_at = starts_at or now
    check_length(minutes, way)
    check_past(starts_at, locked, now)
    row = same_meeting(locked, by, key, starts_at)
    if row is not None and row.state == State.HELD:
        return row
    if row is None:
        row = Meeting(pairing=locked, made_by=member, made_at=now)
    row.key, row.state, row.changed_at = key, State.HELD, now
    row.starts_at, row.minutes, row.way = starts_at, minutes, way
    row.save()
    follow_meetings(locked, member, side, now)
    sign(locked, row.starts_at)
    sign(locked, now, side)
    return row


def check_past(starts_at: datetime, pairing: Pairing, now: datetime) -> None:
    """Refuse to log what has not been, or was before the two were a pair."""
    if starts_at > now + GRACE:
        raise Refused(_("This time is still to come. Plan the meeting instead."), "day")
    if pairing.accepted_at and starts_at < pairing.accepted_at - timedelta(days=1):
        raise Refused(_("This was before you were a pair. Look at the day again."), "day")


def same_meeting(
    pairing: Pairing,
    member: Member | None,
    key: uuid.UUID,
    starts_at: datetime,
    ahead: timedelta = AHEAD,
) -> Meeting | None:
    """The row of this very meeting: sent before, logged half a day around, or the nearest plan. A
    plan for later stays one.

    Who names the time may log a second one for the day; the other one has logged the same.
    """
    near = pairing.meetings.filter(starts_at__gte=starts_at - SAME, starts_at__lte=starts_at + SAME)
    held = near.filter(state=State.HELD)
    theirs = held.exclude(made_by=member) if member else held
    sent = Meeting.objects.filter(key=key)
    plans = near.filter(state=State.PLANNED, starts_at__lte=starts_at + ahead)
    nearest = min(plans, key=lambda plan: abs(plan.starts_at - starts_at), default=None)
    return sent.first() or theirs.first() or nearest


def last_way(pairing: Pairing) -> str:
    """How the two met last; before that, a way that both have named."""
    last = pairing.meetings.exclude(state=State.CANCELLED).order_by("-starts_at", "-pk").first()
    if last is not None:
        return last.way
    given = pairing.mentor.ways if pairing.mentor else ()
    shared = [way for way in Mentor.Way.values if way in pairing.ask.ways and way in given]
    return (shared or [Mentor.Way.PHONE])[0]


def follow_meetings(
    pairing: Pairing, member: Member, side: str, now: datetime, *, was_held: bool = False
) -> None:
    """Bring the pairing up to its meetings: the first one makes it active; without one it is what
    it was before."""
    held = pairing.meetings.filter(state=State.HELD).order_by("starts_at").first()
    if held or was_held:
        pairing.first_met_at = held.starts_at if held else None
    if held and pairing.state == life.ACCEPTED:
        make_move(pairing, "meet", actor=member, side=side, now=now)
    if not held and was_held and pairing.state == life.ACTIVE:
        make_move(pairing, "not_met", actor=member, side=side, now=now)
    pairing.save(update_fields=["first_met_at"])
