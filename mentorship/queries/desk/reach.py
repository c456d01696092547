"""How staff reach people: by phone or mail, as on the list of the hub's members."""

from dataclasses import dataclass

from members.models import Hub, Member, Membership


@dataclass(frozen=True)
class Reach:
    """How to reach a person of the hub; empty for somebody of another hub."""

    name: str
    phone: str = ""
    email: str = ""
    is_ring_me: bool = False
    is_known: bool = False


def reach_of(hub: Hub, people: list[Member | None]) -> list[Reach]:
    """How to reach some people; only members of the hub, as on the list of its members."""
    found = [person for person in people if person is not None]
    here = set(
        Membership.objects.filter(hub=hub, member__in=found).values_list("member", flat=True)
    )
    return [
        Reach(one.name, one.phone, one.email, one.is_ring_me, is_known=True)
        if one.pk in here
        else Reach(one.name)
        for one in found
    ]
