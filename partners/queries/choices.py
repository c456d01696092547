"""What a partner can choose from when it says more of an offer."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from content.models import Level, Topic
from courses.queries import open_courses
from members.models import Hub
from partners.languages import NAMES

Choices = list[tuple[Any, Any]]
NOTHING = ("", _("Not said"))


def topic_choices() -> Choices:
    """The topics of the site."""
    return [(str(topic.pk), topic.label) for topic in Topic.objects.all()]


def course_choices() -> Choices:
    """The courses of the hubs, with "nothing chosen" first."""
    return [NOTHING, *((str(pack.uuid), pack.title) for pack in open_courses())]


def rest_choices() -> dict[str, Choices]:
    """The choices of the fields that have some, each with "nothing chosen" first."""
    levels = [(str(level.pk), level.label) for level in Level.objects.all()]
    return {
        "topic": [NOTHING, *topic_choices()],
        "level": [NOTHING, *levels],
        "language": [NOTHING, *NAMES.items()],
        "after_course": course_choices(),
        "hubs": [(str(row.pk), row.name) for row in Hub.objects.all()],
    }
