"""Who reads a report."""

from dataclasses import dataclass

from members.models import Hub, HubRole, Member
from mentorship.models import SafetyCase

LEADS, ADMINS, COORDINATORS, NOBODY = "leads", "admins", "coordinators", "nobody"


@dataclass(frozen=True)
class Readers:
    """Those who read a report, and what they are: leads, admins, coordinators or nobody."""

    are: str
    people: list[Member]

    @property
    def names(self) -> list[str]:
        return [person.name for person in self.people]


def readers_of(hub: Hub, subject: int | None, reporter: int | None) -> Readers:
    """Who is told of a case in a hub: its safety leads, else the network admins, else its
    coordinators; never one of the two. The same people as in `visible_to`."""
    two = [one for one in (subject, reporter) if one is not None]
    others = Member.objects.get_queryset().filter(is_active=True).exclude(pk__in=two)
    near = others.filter(roles__hub=hub).order_by("pk")
    found = {
        LEADS: near.filter(roles__role="safety"),
        ADMINS: others.filter(is_superuser=True).order_by("pk"),
        COORDINATORS: near.filter(roles__role="coordinator"),
    }
    for are, rows in found.items():
        if people := list(rows):
            return Readers(are, people)
    return Readers(NOBODY, [])


def reader_of_last(member: Member) -> str:
    """What those are who read the last report of a member; empty where there is none."""
    case = SafetyCase.objects.filter(reporter=member).select_related("hub").first()
    return readers_of(case.hub, case.subject_id, member.pk).are if case else ""


def has_lead(hub: Hub) -> bool:
    """Whether a hub has a safety lead."""
    rows = HubRole.objects.filter(hub=hub, member__is_active=True)
    return rows.with_roles("safety").exists()
