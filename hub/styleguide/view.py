"""The page of the style guide: with DEBUG for everybody, otherwise for staff only."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members.views.answers import FramedRequest

from . import samples
from .lessons import lesson_parts
from .questions import question_rows


def may_see(request: HttpRequest) -> bool:
    """Whether the guide is shown to this person."""
    user = request.user
    return settings.DEBUG or (user.is_authenticated and user.is_staff)


@require_safe
@never_cache
def styleguide(request: FramedRequest) -> HttpResponse:
    """Every component with sample data; nothing of it is stored."""
    if not may_see(request):
        raise Http404
    here = reverse("hub:styleguide")
    request.shell_hub = samples.hub()
    request.page_languages = [("en", here), ("es", f"/es{here}")]
    return render(request, "hub/styleguide.html", context())


def context() -> dict[str, object]:
    """Sample data for every section of the page."""
    return {
        "hub": samples.hub(),
        "words": samples.WORDS,
        "colours": samples.COLOURS,
        "cloths": samples.CLOTHS,
        "courses": samples.courses(),
        "offers": samples.offers(),
        "support": samples.support(),
        "arabic": samples.arabic(),
        "steps": samples.steps(),
        "questions": question_rows(),
        "form": samples.form(),
        "refused": samples.refused_form(),
        "people": samples.PEOPLE,
        "skills": samples.SKILLS,
        "learners": samples.LEARNERS,
        **lesson_parts(),
    }
