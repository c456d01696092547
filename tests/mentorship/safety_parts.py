"""Reports and cases for tests: who may read them, what stands in them."""

from typing import Any

from members.models import HubRole, Member
from mentorship import actions
from mentorship.models import CaseEntry, PairingMove, SafetyCase
from tests.mentorship.pair_parts import NOW, Pair, key_of

SECRET = "zebra-report"


def report(pair: Pair, who: str = "mentee", **values: Any) -> SafetyCase:
    facts: dict[str, Any] = {
        "member": getattr(pair, who),
        "pairing": pair.pairing,
        "key": key_of("r"),
        "kind": "pressure",
        "words": SECRET,
        "now": NOW,
    }
    return actions.report_problem(**facts | values)


def entries(case: SafetyCase) -> list[tuple[str, str, str]]:
    rows = CaseEntry.objects.filter(case=case).select_related("actor")
    return [(row.kind, row.actor.username if row.actor else "", row.words) for row in rows]


def make_lead(pair: Pair, member: Member) -> None:
    HubRole.objects.create(member=member, hub=pair.hub, role="safety")


def readers_in(case: SafetyCase) -> list[Member]:
    """Everybody who may read a case."""
    people = Member.objects.filter(is_active=True).order_by("pk")
    return [one for one in people if SafetyCase.objects.visible_to(one).filter(pk=case.pk)]


def moves(pair: Pair) -> list[tuple[str, int | None, bool, str]]:
    rows = PairingMove.objects.filter(pairing=pair.pairing)
    return list(rows.values_list("verb", "actor", "is_staff", "reason"))
