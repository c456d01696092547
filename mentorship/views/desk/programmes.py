"""The programmes of a hub: what it promises to its pairs, and by which weights it matches."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.models import Hub
from members.views.answers import MemberRequest
from mentorship import actions
from mentorship.forms.desk import ProgrammeForm
from mentorship.models import Programme
from mentorship.queries import desk

from .access import done, for_coordinators, see_other, status_of


@require_safe
@for_coordinators
def desk_programmes(request: MemberRequest, hub: Hub) -> HttpResponse:
    """The programmes of a hub."""
    rows = desk.programme_rows(request.user, hub, timezone.now())
    return render(request, "mentorship/desk/programmes.html", {"hub": hub, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def desk_programme_new(request: MemberRequest, hub: Hub) -> HttpResponse:
    """Begin a programme."""
    return programme_page(request, hub, None)


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def desk_programme(request: MemberRequest, hub: Hub, programme: int) -> HttpResponse:
    """Change a programme."""
    found = desk.programmes_for(request.user, hub, timezone.now())
    return programme_page(request, hub, get_object_or_404(found, pk=programme))


def programme_page(request: MemberRequest, hub: Hub, row: Programme | None) -> HttpResponse:
    """The form of a programme; what was sent is kept when it is refused."""
    sent = request.POST if request.method == "POST" else None
    form = ProgrammeForm(sent, initial=ProgrammeForm.initial_of(row))

    def save() -> None:
        actions.save_programme(member=request.user, hub=hub, programme=row, **form.cleaned_data)

    if sent is not None and done(form, save):
        messages.success(request, _("The programme is saved. It holds for new pairs."))
        return see_other(reverse("mentorship:desk_programmes", args=[hub.slug]))
    context = {"hub": hub, "programme": row, "form": form}
    return render(request, "mentorship/desk/programme.html", context, status=status_of(form))
