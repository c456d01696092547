"""Pairs at risk in some hubs, read from dates and from what the two said, not from a job."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min, Prefetch, Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from members.models import Hub, Member
from mentorship import life, risks
from mentorship.models import Pairing, PairingMove, Programme, Pulse
from mentorship.models.pairings import PairingQuerySet
from mentorship.queries.away import back_at, with_back
from mentorship.risks import Risk, Said

SOON = timedelta(days=1)


@dataclass(frozen=True)
class AtRisk:
    """A pairing with everything that puts it at risk, and when staff last spoke with the two."""

    pairing: Pairing
    risks: tuple[Risk, ...]
    spoke_at: datetime | None

    @property
    def since(self) -> datetime:
        """The first of the dates."""
        return min(one.at for one in self.risks)

    @property
    def names(self) -> str:
        """The two, the mentee first."""
        return pair_names(self.pairing)

    @property
    def sentences(self) -> list[str]:
        """What is the matter, in words."""
        return [sentence_of(one, self.pairing) for one in self.risks]


def pairings_for(member: Member) -> PairingQuerySet:
    """The pairings that a coordinator sees on a desk. Nobody sees their own there: staff know
    who declined, and the two must not."""
    rows = Pairing.objects.filter(hub__in=Hub.objects.for_staff(member, "coordinator"))
    return rows.exclude(mentee=member).exclude(mentor__member=member)


def with_watched(rows: QuerySet[Pairing], now: datetime) -> QuerySet[Pairing]:
    """Rows with all that `at_risk` looks at, in two statements more."""
    contacts = PairingMove.objects.filter(verb__in=risks.CONTACTS.values())
    found = rows.select_related("mentor__member", "mentee", "programme", "hub")
    return with_back(found, now).prefetch_related(
        "pulses", Prefetch("moves", queryset=contacts, to_attr="contacts")
    )


def pairs_at_risk(
    member: Member, hubs: Iterable[Hub] | QuerySet[Hub], now: datetime
) -> list[AtRisk]:
    """The pairs of some hubs that are at risk, the longest first; in four statements."""
    rows = pairings_for(member).filter(hub__in=hubs)
    found = [at_risk(row, now) for row in with_watched(rows.filter(maybe(hubs, now)), now)]
    return sorted((one for one in found if one.risks), key=lambda one: (one.since, one.pairing.pk))


def maybe(hubs: Iterable[Hub] | QuerySet[Hub], now: datetime) -> Q:
    """Which pairings may be at risk: a little wider than `mentorship.risks` says."""
    programmes = Programme.objects.filter(hub__in=hubs)
    days = programmes.aggregate(days=Min("silent_days"))["days"] or 1
    quiet = now - timedelta(days=days)
    worrying = Pulse.objects.filter(Q(going=risks.NOT_WELL) | Q(wants_call=True))
    return (
        Q(state=life.PROPOSED, expires_at__gt=now, expires_at__lte=now + SOON)
        | Q(state__in=(life.ACCEPTED, life.PAUSED), first_met_at__isnull=True, meet_by__lte=now)
        | Q(state__in=life.TOGETHER, last_sign_at__lte=quiet)
        | Q(state__in=life.TOGETHER, mentor_sign_at__lte=quiet)
        | Q(state__in=life.TOGETHER, mentee_sign_at__lte=quiet)
        | Q(state__in=life.TOGETHER, last_sign_at__isnull=True, accepted_at__lte=quiet)
        | Q(state__in=life.TOGETHER, pk__in=worrying.values("pairing"))
    )


def at_risk(row: Pairing, now: datetime) -> AtRisk:
    """What puts a pairing at risk; it comes from `with_watched`."""
    contacts: list[PairingMove] = getattr(row, "contacts", [])
    spoke_at = max((one.made_at for one in contacts), default=None)
    said = [Said(one.member_id, one.going, one.wants_call, one.made_at) for one in row.pulses.all()]
    back = back_at(row, now)
    found = risks.risks(row, row.programme.silent_days, said, spoke_at, now, back)
    return AtRisk(row, tuple(found), spoke_at)


def day(moment: datetime) -> str:
    """A date in the words of the reader, in the time zone of the desk."""
    return date_format(localtime(moment), "DATE_FORMAT")


def hour(moment: datetime) -> str:
    """A date with its time."""
    return date_format(localtime(moment), "DATETIME_FORMAT")


def sentence_of(risk: Risk, pairing: Pairing) -> str:
    """A risk in words."""
    if risk.side:
        who = pairing.mentee if risk.side == life.MENTEE else mentor_member(pairing)
        return _("No sign of %(who)s since %(when)s.") % {
            "who": name_of(who),
            "when": day(risk.at),
        }
    said = {
        risks.ANSWER: _("Nobody has answered yet. The proposal runs out on %(when)s."),
        risks.MEETING: _("They have not met yet. It was due by %(when)s."),
        risks.SILENT: _("No sign of them since %(when)s."),
        risks.BADLY: _("%(who)s said on %(when)s that it does not go well."),
        risks.CALL: _("%(who)s asked on %(when)s to be called."),
    }[risk.code]
    when = hour(risk.at) if risk.code == risks.ANSWER else day(risk.at)
    return said % {"when": when, "who": who_said(risk, pairing)}


def who_said(risk: Risk, pairing: Pairing) -> str:
    """The name of the one who said it."""
    mentor = pairing.mentor
    if risk.who is not None and mentor is not None and risk.who == mentor.member_id:
        return mentor.member.name
    return name_of(pairing.mentee) if risk.who == pairing.mentee_id else _("One of them")


def name_of(member: Member | None) -> str:
    """A person's name; a name that is deleted is not told."""
    return member.name if member else _("somebody whose name is deleted")


def mentor_name(pairing: Pairing) -> str:
    """The name of a pairing's mentor."""
    return name_of(mentor_member(pairing))


def mentor_member(pairing: Pairing) -> Member | None:
    """The person who is a pairing's mentor."""
    return pairing.mentor.member if pairing.mentor else None


def pair_names(pairing: Pairing) -> str:
    """The two of a pairing, the mentee first."""
    names = {"mentee": name_of(pairing.mentee), "mentor": mentor_name(pairing)}
    return _("%(mentee)s with %(mentor)s") % names
