"""The learning log: how a fact gets its key and is written."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from courses.models import Enrolment, LearningEvent

SPACE = uuid.UUID("5b0f6f0e-8f0a-5a55-9d5e-0e2b7c1d4a11")
SLACK = timedelta(minutes=5)


def event_key(member_id: int, *parts: object) -> uuid.UUID:
    """The key of a fact that came without one: the same fact always has the same key."""
    return uuid.uuid5(SPACE, ":".join(str(part) for part in (member_id, *parts)))


def clamp_time(at: datetime | None, *, start: datetime, now: datetime) -> datetime:
    """The client's time, kept within the time of the enrolment and now. None gives now."""
    if at is None or at > now + SLACK:
        return now
    return min(max(at, start), now)


def new_event(
    enrolment: Enrolment,
    kind: str,
    *,
    key: uuid.UUID,
    now: datetime,
    lesson: str | None = None,
    **more: Any,
) -> LearningEvent:
    """A row for the log, not yet saved. `more`: block_id, data, happened_at."""
    more.setdefault("happened_at", now)
    return LearningEvent(
        key=key,
        member_id=enrolment.member_id,
        course_id=enrolment.course_id,
        lesson_id=uuid.UUID(lesson) if lesson else None,
        kind=kind,
        received_at=now,
        **more,
    )


def write_events(events: list[LearningEvent]) -> None:
    """Add facts to the log in one statement; facts that it holds already are left alone."""
    if events:
        LearningEvent.objects.bulk_create(events, ignore_conflicts=True)
