"""What mentorship is: how it goes, how long people wait, how we choose, who is there."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from content.sharing import share
from courses.views.catalogue import languages_of
from courses.views.pages import member_of
from members.views.answers import FramedRequest
from mentorship.queries.mine import Mine, my_mentorship
from mentorship.queries.people import HubPeople, hub_people, promises, span
from mentorship.queries.waits import median_waits


@dataclass(frozen=True)
class HubWait:
    """A hub and in how many days half of its people had a mentor; None when nobody can say."""

    page: HubPeople
    days: int | None


@require_safe
def mentorship(request: FramedRequest) -> HttpResponse:
    """What it is, and one's own way in it."""
    now, member = timezone.now(), member_of(request)
    waits = median_waits(now)
    found = promises()
    context = {
        "mine": my_mentorship(member, now) if member else Mine(),
        "hubs": [HubWait(row, waits.get(row.hub.pk)) for row in hub_people()],
        "promises": found,
        "weeks": span(found, "term_weeks"),
        "answer": span(found, "proposal_days"),
        "meeting": span(found, "first_meeting_days"),
    }
    request.page_languages = languages_of("mentorship:mentorship")
    return share(render(request, "mentorship/mentorship.html", context))
