"""My learning: go on where I stopped, notices, what I finished, certificates, hours."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses import queries
from courses.views.catalogue import languages_of
from members.models import Notice
from members.views.answers import MemberRequest

NEWEST = 5


@require_safe
@never_cache
@login_required
def me(request: MemberRequest) -> HttpResponse:
    """A member's own page."""
    learning = queries.my_courses(request.user)
    notices = list(Notice.objects.for_member(request.user)[: NEWEST + 1])
    context = {
        "learning": learning,
        "first": learning.current[0] if learning.current else None,
        "notices": notices[:NEWEST],
        "has_more_notices": len(notices) > NEWEST,
    }
    request.page_languages = languages_of("hub:me")
    return render(request, "hub/me.html", context)
