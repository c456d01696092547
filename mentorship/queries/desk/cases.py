"""Safety cases, for the safety lead of a hub and nobody whom they are about."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from members.models import Hub, Member
from mentorship import life
from mentorship.models import CaseEntry, Mentor, PairMessage, PairNote, SafetyCase
from mentorship.models.safety import SafetyCaseQuerySet

MOST, FEW = 200, 5


@dataclass(frozen=True)
class CaseList:
    """The cases of a hub: those that are open, and those that are closed."""

    open: list[SafetyCase]
    closed: list[SafetyCase]


@dataclass(frozen=True)
class CasePage:
    """One case with its log; the words of the pair only while they are opened."""

    case: SafetyCase
    entries: list[CaseEntry]
    pair_state: str
    can_end: bool
    can_hold: bool
    messages: list[PairMessage]
    notes: list[PairNote]

    @property
    def is_open(self) -> bool:
        return self.case.closed_at is None

    @property
    def are_words_open(self) -> bool:
        return are_words_open(self.case)


def are_words_open(case: SafetyCase) -> bool:
    """Whether the words of the pair may be read in a case now."""
    return case.opened_words_at is not None and case.closed_at is None


def can_hold(case: SafetyCase) -> bool:
    """Whether a case is about a mentor to whom somebody new could be sent."""
    stopped = (Mentor.State.LEFT, Mentor.State.PAUSED)
    rows = Mentor.objects.filter(member=case.subject_id or 0)
    return rows.exclude(is_held_by_hub=True, state__in=stopped).exists()


def cases_for(member: Member, hub: Hub) -> SafetyCaseQuerySet:
    """The cases of a hub that a member may read."""
    return SafetyCase.objects.visible_to(member).filter(hub=hub)


def case_list(member: Member, hub: Hub) -> CaseList:
    """The cases of a hub, the newest first; what they say stands only in the case itself."""
    rows = list(cases_for(member, hub)[:MOST])
    return CaseList(
        open=[row for row in rows if row.closed_at is None],
        closed=[row for row in rows if row.closed_at is not None],
    )


def cases_waiting(member: Member, hub: Hub) -> list[SafetyCase]:
    """The first few open cases of a hub for its desk, the one that waits longest first."""
    return list(cases_for(member, hub).open().order_by("opened_at", "pk")[:FEW])


def open_case_counts(member: Member) -> Counter[int]:
    """How many open cases wait in each hub for a member, by the hub's id."""
    rows = SafetyCase.objects.visible_to(member).open().order_by()
    return Counter(dict(rows.values_list("hub").annotate(count=Count("pk"))))


def case_page(case: SafetyCase) -> CasePage:
    """A case with its log, and the words of the pair where they are opened."""
    pairing = case.pairing
    entries = case.entries.select_related("actor").order_by("-made_at", "-pk")
    is_shown = pairing is not None and are_words_open(case)
    return CasePage(
        case=case,
        entries=list(entries),
        pair_state=str(pairing.get_state_display()) if pairing else "",
        can_end=pairing is not None and pairing.state in life.HOLDING,
        can_hold=can_hold(case),
        messages=list(pairing.messages.select_related("author")) if is_shown and pairing else [],
        notes=list(pairing.notes.select_related("author")) if is_shown and pairing else [],
    )
