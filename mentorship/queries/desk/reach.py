"""How staff reach people: by phone or mail, as on the list of the hub's members."""

from dataclasses import dataclass

from members.models import Hub, Member, Membership


@dataclass(frozen=True)
class Reach:
    """How to reach a person of the hub; of somebody else the hub that knows how."""

    name: str
    phone: str = ""
    email: str = ""
    is_ring_me: bool = False
    is_known: bool = False
    through: Hub | None = None


def reach_of(hub: Hub, people: list[Member | None]) -> list[Reach]:
    """How to reach some people: members of the hub as on the list of its members, others through
    the hub that they joined first."""
    found = [person for person in people if person is not None]
    rows = Membership.objects.filter(member__in=found).select_related("hub")
    hubs: dict[int, list[Hub]] = {}
    for row in rows:
        hubs.setdefault(row.member_id, []).append(row.hub)
    return [reach(one, hub, hubs.get(one.pk, [])) for one in found]


def reach(person: Member, hub: Hub, hubs: list[Hub]) -> Reach:
    """How to reach one person who belongs to some hubs."""
    if hub in hubs:
        return Reach(person.name, person.phone, person.email, person.is_ring_me, is_known=True)
    return Reach(person.name, through=hubs[0] if hubs else None)
