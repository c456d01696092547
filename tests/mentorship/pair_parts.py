"""A pair for tests: the two, staff of their hub and of another one, people who must see nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from members.models import Hub, Member, Notice
from mentorship.models import Mentor, MentorAsk, Pairing
from tests.desk_parts import make_member, make_staff
from tests.mentorship import factories

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SPACE = UUID("5f0a7d0e-0000-4000-8000-000000000000")


@dataclass
class Pair:
    """Two people and who is around them."""

    hub: Hub
    other_hub: Hub
    giver: Mentor
    mentor: Member
    mentee: Member
    ask: MentorAsk
    pairing: Pairing
    coordinator: Member
    safety: Member
    other_safety: Member
    admin: Member
    outsider: Member

    def again(self) -> Pairing:
        """The pairing as it is stored now."""
        return Pairing.objects.get(pk=self.pairing.pk)


def make_pair(state: str = "active", at: datetime = NOW - DAY, **values: Any) -> Pair:
    """A pair in a state, asked for at a moment. The mentor lives by the clock of Madrid."""
    hub = Hub.objects.create(slug="riverside", name="Riverside", place="Riverside town")
    other_hub = Hub.objects.create(slug="market", name="Market", place="Market town")
    mentor, mentee = make_member("mara", "Mara Mentor"), make_member("lea", "Lea Learner")
    giver = factories.make_mentor(mentor, hub, applied_at=at, capacity=2, time_zone="Europe/Madrid")
    ask = factories.make_ask(mentee, hub, asked_at=at)
    return Pair(
        hub=hub,
        other_hub=other_hub,
        giver=giver,
        mentor=mentor,
        mentee=mentee,
        ask=ask,
        pairing=factories.make_pairing(ask, giver, state, at=at, **values),
        coordinator=make_staff("coordinator", hub, "coordinator"),
        safety=make_staff("safety", hub, "safety"),
        other_safety=make_staff("safety2", other_hub, "safety"),
        admin=make_member("admin", is_superuser=True, is_staff=True),
        outsider=make_member("outsider"),
    )


def key_of(word: object) -> UUID:
    """A key as a form would carry it, the same for the same word."""
    return uuid5(SPACE, str(word))


def told(member: Member) -> list[str]:
    """What a member was told, the first message first."""
    return list(Notice.objects.filter(member=member).order_by("pk").values_list("text", flat=True))
