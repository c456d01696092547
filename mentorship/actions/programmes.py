"""What a hub promises to its pairs."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from content.models import Topic
from members.errors import Refused
from members.models import Hub, Member
from mentorship.models import Programme
from mentorship.rules import may_change_programme

FIELDS = (
    "title",
    "summary",
    "is_open",
    *(f"weight_{name}" for name in Programme.WEIGHTS),
    "proposal_days",
    "ask_days",
    "first_meeting_days",
    "silent_days",
    "term_weeks",
    "extension_weeks",
    "closing_days",
    "check_level",
)


@transaction.atomic
def save_programme(
    *, member: Member, hub: Hub, programme: Programme | None = None, **values: Any
) -> Programme:
    """Write a new programme of a hub, or change one. `topics` is a list of topics; none means all.

    Refuses whoever does not coordinate the hub, and numbers that make no sense.
    """
    row = programme or Programme(hub=hub)
    if not may_change_programme(member, row, hub):
        raise Refused(_("You cannot change the programmes of this hub."))
    for name in FIELDS:
        if name in values:
            setattr(row, name, values[name])
    refuse_nonsense(row)
    row.save()
    if "topics" in values:
        row.topics.set(values["topics"])
    return row


def refuse_nonsense(programme: Programme) -> None:
    """Refuse values that the database would not take, beside the field they are about."""
    try:
        programme.full_clean()
    except ValidationError as error:
        field, reasons = next(iter(error.message_dict.items()))
        if field == "__all__":
            raise Refused(_("Weights go from 0 to 10. Every length is 1 or more.")) from None
        raise Refused(reasons[0], field) from None


@transaction.atomic
def ensure_programme(*, hub: Hub, now: datetime | None = None) -> Programme | None:
    """The first open programme of a hub. A hub that has none at all gets one for everything; one
    that has closed all of its own gets nothing."""
    Hub.objects.select_for_update().get(pk=hub.pk)
    rows = list(Programme.objects.filter(hub=hub).order_by("pk"))
    if rows:
        return next((row for row in rows if row.is_open), None)
    with override(settings.LANGUAGE_CODE):
        return Programme.objects.create(hub=hub, title=_("Mentoring"))


def programme_for(hub: Hub, topic: Topic | None, now: datetime) -> Programme:
    """The programme for an ask: the first open one for its topic, else one for all topics, else
    the first open one. Refuses where the hub has closed all."""
    found = open_programme(hub, topic, now)
    if found is None:
        raise Refused(_("This hub takes no new questions for mentors at the moment."))
    return found


def open_programme(hub: Hub, topic: Topic | None, now: datetime) -> Programme | None:
    """The same; None where the hub has closed all."""
    rows = list(Programme.objects.open().filter(hub=hub).prefetch_related("topics").order_by("pk"))
    general = [row for row in rows if not row.topics.all()]
    fitting = [row for row in rows if topic in row.topics.all()]
    return next(iter([*fitting, *general, *rows]), None) or ensure_programme(hub=hub, now=now)
