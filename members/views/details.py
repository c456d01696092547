"""My details."""

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ..actions import change_details, change_email
from ..errors import Refused
from ..forms import DetailsForm
from ..models import Hub
from .answers import MemberRequest, refuse, see_other, sent, show_form

FRESH = 10 * 60
FIELDS = ("name", "email", "is_mail_wanted", "phone", "is_ring_me", "language")


@login_required
def details(request: MemberRequest) -> HttpResponse:
    """See and change my details. Another e-mail address opens the account: it needs a proof."""
    member = request.user
    stored = {field: getattr(member, field) for field in FIELDS}
    form = DetailsForm(sent(request), initial=stored, stored=member.language)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = save(request, dict(form.cleaned_data))
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, said(outcome))
            return see_other(reverse("members:details"))
    hubs = Hub.objects.for_member(member)
    return show_form(request, "members/details.html", form, hubs=hubs)


def ask_for_proof(request: MemberRequest) -> None:
    """Ask for the password or the second step, unless it was given a short while ago. What was
    typed is kept, and is saved afterwards."""
    records = get_authentication_records(request, request.user)
    is_fresh = any(time.time() - record["at"] < FRESH for record in records)
    if not is_fresh and get_reauthentication_flows(request.user):
        raise ReauthenticationRequired


def save(request: MemberRequest, values: dict[str, Any]) -> str:
    """Save the details and the e-mail, both or neither; neither while a proof is owed."""
    with transaction.atomic():
        email = str(values.pop("email"))
        change_details(member=request.user, **values)
        outcome = change_email(member=request.user, email=email)
        if outcome != "same":
            ask_for_proof(request)
        return outcome


def said(outcome: str) -> str:
    """What a person reads after saving."""
    if outcome == "asked":
        return _("Saved. We sent a mail to the new address. Open its link to confirm it.")
    return _("Saved.")
