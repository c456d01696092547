"""The programmes of a hub, with how many people each has."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from members.models import Hub, Member
from mentorship.models import MentorAsk, Pairing, Programme


def programmes_for(member: Member, hub: Hub, now: datetime) -> QuerySet[Programme]:
    """The programmes of a hub that a coordinator runs, with `waiting` people and `pairs`."""
    hubs = Hub.objects.for_staff(member, "coordinator")
    asks = MentorAsk.objects.filter(programme=OuterRef("pk"), state=MentorAsk.State.WAITING)
    pairs = Pairing.objects.holding(now).together().filter(programme=OuterRef("pk"))
    return (
        Programme.objects.filter(hub__in=hubs)
        .filter(hub=hub)
        .annotate(waiting=counted(asks), pairs=counted(pairs))
        .prefetch_related("topics")
        .order_by("-is_open", "title", "pk")
    )


@dataclass(frozen=True)
class ProgrammeRow:
    """A programme in the list; without topics it is for all."""

    programme: Programme
    topics: str
    waiting: int
    pairs: int


def programme_rows(member: Member, hub: Hub, now: datetime) -> list[ProgrammeRow]:
    """The programmes of a hub, in two statements."""
    return [
        ProgrammeRow(
            programme=row,
            topics=", ".join(topic.label for topic in row.topics.all()),
            waiting=getattr(row, "waiting", 0),
            pairs=getattr(row, "pairs", 0),
        )
        for row in programmes_for(member, hub, now)
    ]


def counted(rows: QuerySet) -> Coalesce:
    """How many rows there are for each programme."""
    found = rows.order_by().values("programme").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(found), 0)
