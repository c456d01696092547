"""A course asks for more than before: the editor decides whom that reaches."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses import actions
from courses.forms.desk import ReachForm
from courses.models import Release
from courses.queries import desk
from courses.views.learning import see_other
from members.errors import Refused
from members.models import Hub
from members.views.answers import MemberRequest

from .access import for_staff


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff("editor")
def desk_release(request: MemberRequest, hub: Hub, course: uuid.UUID, number: int) -> HttpResponse:
    """What changed in words, and three choices."""
    row = get_object_or_404(desk.releases_for(request.user, hub), course=course, number=number)
    form = ReachForm(request.POST) if request.method == "POST" else ReachForm(initial=reach_of(row))
    if form.is_bound and chosen(request, row, form):
        return see_other(reverse("hub:desk_hub", args=[hub.slug]))
    return show_release(request, hub, row, form)


def reach_of(row: Release) -> dict[str, str]:
    """The choice that was made already, if any."""
    return {"reach": row.reach} if row.chosen_at else {}


def chosen(request: MemberRequest, row: Release, form: ReachForm) -> bool:
    """Whether the choice was recorded; if not, the form says why."""
    if not form.is_valid():
        return False
    try:
        actions.choose_reach(member=request.user, release=row, reach=form.cleaned_data["reach"])
    except Refused as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, _("Your choice is kept."))
    return True


def show_release(request: MemberRequest, hub: Hub, row: Release, form: ReachForm) -> HttpResponse:
    """The page of the choice."""
    words = desk.release_words(row)
    context = {
        "hub": hub,
        "course": row.course,
        "release": row,
        "words": words,
        "people": desk.people_sentence(words.people),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "courses/desk/release.html", context, status=status)
