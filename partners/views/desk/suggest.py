"""A member tells a hub of an organisation that it could ask: one screen."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.views.desk.learners import done
from members.views.answers import MemberRequest, see_other, sent
from partners import actions
from partners.forms.hub import SuggestForm
from partners.queries.desk import near_hubs


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def partner_suggest(request: MemberRequest) -> HttpResponse:
    """Name, place or website, why; the own hub is chosen already."""
    form = SuggestForm(sent(request), hubs=near_hubs(request.user))

    def suggest() -> None:
        actions.suggest_partner(member=request.user, **form.cleaned_data)

    if not form.is_bound or not done(form, suggest):
        status = 422 if form.errors else 200
        return render(request, "partners/desk/suggest.html", {"form": form}, status=status)
    words = _("Thank you. %(hub)s reads it and tells you what comes of it.")
    messages.success(request, words % {"hub": form.cleaned_data["hub"].name})
    return see_other(reverse("partners:partners"))
