"""An ask and mentors for tests of who fits whom, as bare rows."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from courses.models import Course, Release
from members.models import Hub
from mentorship.models import Mentor, MentorAsk
from tests.factories import make_member

from .factories import make_ask, make_mentor

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def make_bare_cast() -> SimpleNamespace:
    """Two hubs, people and a course as bare rows: no page is needed here."""
    hub = Hub.objects.create(slug="harbour", name="Harbour Hub", place="Harbour")
    other = Hub.objects.create(slug="valley", name="Valley Hub", place="Valley")
    course = Course.objects.create(hub=hub, title="Basics", slug="basics", topic="coding")
    Release.objects.create(course=course, number=1, outline={}, change="first", made_at=NOW)
    people = {name: make_member(name) for name in ("learner", "neighbour", "partner")}
    return SimpleNamespace(hub=hub, other_hub=other, course=course, **people)


def ask_of(cast: SimpleNamespace, **values: Any) -> MentorAsk:
    """The learner's ask, as an action would fetch it."""
    ask = make_ask(cast.learner, cast.hub, **{"asked_at": NOW, **values})
    return MentorAsk.objects.select_related("programme", "topic", "course").get(pk=ask.pk)


def mentor(cast: SimpleNamespace, name: str, **values: Any) -> Mentor:
    """A mentor with a name; of the learner's hub unless another is named."""
    hub = values.pop("hub", cast.hub)
    return make_mentor(make_member(name), hub, **{"applied_at": NOW, **values})


def names(found: list[Any]) -> list[str]:
    """Whom some cards show."""
    return [card.name for card in found]


def ask_of_again(cast: SimpleNamespace) -> MentorAsk:
    """The learner's ask that is there already."""
    return MentorAsk.objects.get(member=cast.learner)
