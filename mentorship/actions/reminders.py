"""What the clock reminds people of. Each reminder has a key, so it comes once."""

from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from members.models import Hub, HubRole, Member, Notice
from mentorship import life, pulses, risks
from mentorship.models import MentorAsk, Pairing
from mentorship.queries.away import back_at, with_back
from mentorship.queries.desk.board import Board, board
from mentorship.queries.matching import cards

from .telling import cards_address, coordinators, day_of, desk_address, name_of, tell, tell_of
from .turns import take_turns
from .words import both, the_other

TERM_SOON = timedelta(days=14)
WAITED = timedelta(days=1)
DIGEST_HOUR = 6


def remind_pairs(*, now: datetime) -> int:
    """Nudge pairs that have not met in time, ask how it goes, say that the time is nearly over,
    and tell staff of a silent pair. Says how many pairs were looked at."""
    rows = Pairing.objects.filter(state__in=(life.ACCEPTED, life.ACTIVE, life.CLOSING))
    rows = rows.select_related("mentor__member", "mentee", "hub", "programme", "ask")
    found = list(with_back(rows.order_by("pk").prefetch_related("pulses"), now))
    for pairing in found:
        remind(pairing, life.state_at(pairing, now), now)
    return len(found)


def remind(pairing: Pairing, state: str, now: datetime) -> None:
    """All that is due in one pair."""
    for risk in [
        *risks.too_late(pairing, state, now),
        *risks.too_silent(
            pairing, state, pairing.programme.silent_days, now, back_at(pairing, now)
        ),
    ]:
        if risk.code == risks.MEETING:
            nudge(pairing, now)
        else:
            tell_silent(pairing, risk, now)
    ask_pulse(pairing, state, now)
    if state in (life.ACCEPTED, life.ACTIVE):
        say_term(pairing, now)


def nudge(pairing: Pairing, now: datetime) -> None:
    """The first meeting is late: a friendly word to both."""
    for member in both(pairing):
        tell_of(pairing, member, "meet", partial(nudge_words, pairing, member), now)


def nudge_words(pairing: Pairing, member: Member) -> str:
    """That the two have not met yet, and what helps."""
    return _(
        "You and %(name)s have not met yet. Please agree on a day this week. "
        "%(hub)s helps if it is difficult."
    ) % {"name": the_other(pairing, member), "hub": pairing.hub.name}


def tell_silent(pairing: Pairing, risk: risks.Risk, now: datetime) -> None:
    """Tell the hub's people once that nothing was heard of a pair, or of one, since a day."""
    for one in coordinators(pairing.hub, {person.pk for person in both(pairing)}):
        tell(
            one,
            f"pairing:{pairing.pk}:silent:{risk.at:%Y%m%d}",
            partial(silent_words, pairing, risk),
            partial(desk_address, pairing.hub, f"pairs/{pairing.pk}/"),
            now,
        )


def silent_words(pairing: Pairing, risk: risks.Risk) -> str:
    """That nothing was heard of a pair, or of one of the two."""
    mentor = pairing.mentor.member if pairing.mentor else None
    values = {
        "mentor": name_of(mentor),
        "mentee": name_of(pairing.mentee),
        "day": day_of(risk.at, pairing.hub),
    }
    said = {
        "": _("%(mentor)s and %(mentee)s: no sign since %(day)s. Please ask how they are."),
        life.MENTOR: _(
            "%(mentor)s and %(mentee)s: no sign of %(mentor)s since %(day)s. "
            "Please ask how they are."
        ),
        life.MENTEE: _(
            "%(mentor)s and %(mentee)s: no sign of %(mentee)s since %(day)s. "
            "Please ask how they are."
        ),
    }
    return said[risk.side] % values


def ask_pulse(pairing: Pairing, state: str, now: datetime) -> None:
    """Ask each of the two how it goes, at weeks 2 and 6 and at the end, once a point."""
    for member in both(pairing):
        answered = [row.point for row in pairing.pulses.all() if row.member_id == member.pk]
        point = pulses.pulse_due(pairing.accepted_at, state, answered, now)
        if point:
            words = partial(pulse_words, pairing, member)
            tell_of(pairing, member, f"pulse:{point}", words, now)


def pulse_words(pairing: Pairing, member: Member) -> str:
    """The question how it goes."""
    return _(
        "How is it going with %(name)s? Two short questions. Only %(hub)s sees the answers."
    ) % {"name": the_other(pairing, member), "hub": pairing.hub.name}


def say_term(pairing: Pairing, now: datetime) -> None:
    """Two weeks ahead: the time is nearly over, and there may be more."""
    ends = pairing.term_ends_at
    if ends is None or ends - TERM_SOON > now:
        return
    for member in both(pairing):
        words = partial(term_words, pairing, member, ends)
        tell_of(pairing, member, f"term:{ends:%Y%m%d}", words, now)


def term_words(pairing: Pairing, member: Member, ends: datetime) -> str:
    """Until when a pair lasts, and what one can do."""
    values = {"name": the_other(pairing, member), "day": day_of(ends, pairing.hub)}
    if pairing.extended_at is None and pairing.programme.extension_weeks:
        return (
            _("Your time with %(name)s ends on %(day)s. You can take more time once, if you like.")
            % values
        )
    return _("Your time with %(name)s ends on %(day)s.") % values


def tell_free(*, now: datetime) -> int:
    """Tell those who choose for themselves, wait, and have asked nobody, that there are mentors
    for them: once an ask. Says how many were told."""
    told = 0
    for ask in untold(now):
        if cards(ask, now, count=1):
            tell(ask.member, free_key(ask), partial(free_words, ask), cards_address, now)
            told += 1
    return told


def untold(now: datetime) -> list[MentorAsk]:
    """Asks that wait for a day and more, without a proposal, and were not told before: those whose
    turn it is."""
    key = Concat(Value("ask:"), Cast(OuterRef("pk"), CharField()), Value(":free"))
    notices = Notice.objects.filter(member=OuterRef("member"), key=key)
    rows = MentorAsk.objects.filter(~Exists(notices), made_at__lte=now - WAITED)
    return take_turns(rows.filter(chooses_for_me=False), now)


def free_key(ask: MentorAsk) -> str:
    """The key of the one notice of an ask that mentors are free."""
    return f"ask:{ask.pk}:free"


def free_words(ask: MentorAsk) -> str:
    """That mentors are free."""
    return _("There are mentors for you now. You asked on %(day)s. Please choose one.") % {
        "day": day_of(ask.asked_at, ask.hub)
    }


def send_digests(*, now: datetime) -> int:
    """On Monday morning, once a week: tell each hub's coordinators what waits. A hub where nothing
    waits is left alone. Says how many were told."""
    told = 0
    held = HubRole.objects.filter(role=HubRole.Role.COORDINATOR, member__is_active=True)
    for role in held.select_related("member", "hub").order_by("pk"):
        local = now.astimezone(ZoneInfo(role.hub.time_zone))
        if local.weekday() or local.hour < DIGEST_HOUR:
            continue
        told += digest(role.member, role.hub, f"{local:%G-%V}", now)
    return told


def digest(member: Member, hub: Hub, week: str, now: datetime) -> bool:
    """The digest of a week for one coordinator. Says whether something waits."""
    key = f"mentoring-digest:{hub.pk}:{week}"
    if Notice.objects.filter(member=member, key=key).exists():
        return False
    found = board(member, hub, now)
    if not (found.asks or found.at_risk or found.mentors):
        return False
    tell(member, key, partial(digest_words, found, hub), partial(desk_address, hub), now)
    return True


def digest_words(found: Board, hub: Hub) -> str:
    """The week of a hub in one line of numbers."""
    return _(
        "Mentoring in %(hub)s this week: %(asks)s wait for a mentor, %(late)s of them too long; "
        "%(pairs)s pairs need you; %(mentors)s mentors to look at."
    ) % {
        "hub": hub.name,
        "asks": f"{len(found.asks)}{'+' if found.has_more_asks else ''}",
        "late": found.late,
        "pairs": len(found.at_risk),
        "mentors": len(found.mentors),
    }
