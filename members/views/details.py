"""My details."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ..actions import change_details, change_email
from ..errors import Refused
from ..forms import DetailsForm
from ..models import Member
from .answers import MemberRequest, refuse, see_other, sent, show_form

FIELDS = ("name", "email", "is_mail_wanted", "phone", "is_ring_me", "language")


@login_required
def details(request: MemberRequest) -> HttpResponse:
    """See and change my details."""
    member = request.user
    stored = {field: getattr(member, field) for field in FIELDS}
    form = DetailsForm(sent(request), initial=stored)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = save(member, dict(form.cleaned_data))
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, said(outcome))
            return see_other(reverse("members:details"))
    return show_form(request, "members/details.html", form)


def save(member: Member, values: dict[str, Any]) -> str:
    """Save the details and the e-mail, both or neither."""
    with transaction.atomic():
        email = str(values.pop("email"))
        change_details(member=member, **values)
        return change_email(member=member, email=email)


def said(outcome: str) -> str:
    """What a person reads after saving."""
    if outcome == "asked":
        return _("Saved. We sent a mail to the new address. Open its link to confirm it.")
    return _("Saved.")
