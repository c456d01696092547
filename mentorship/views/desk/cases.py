"""Safety cases on the desk: for the safety lead of the hub, and for whoever has to stand in."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from courses.views.desk.access import for_staff
from members.errors import Refused
from members.models import Hub
from members.views.answers import MemberRequest, see_other
from mentorship import rules
from mentorship.actions.holding import hold_mentor
from mentorship.actions.safety import close_case, end_pair, note_case, open_words, read_case
from mentorship.forms.safety import CaseForm
from mentorship.models import SafetyCase
from mentorship.queries.desk import cases as queries

LABELS = {
    "note": gettext_lazy("Note"),
    "open": gettext_lazy("Why do you need to read them?"),
    "end": gettext_lazy("Why must the pair end?"),
    "hold": gettext_lazy("Why should nobody new be sent?"),
    "close": gettext_lazy("What came of it?"),
}
for_leads = for_staff("safety", "coordinator", may=rules.may_protect)


@require_safe
@for_leads
def desk_cases(request: MemberRequest, hub: Hub) -> HttpResponse:
    """The cases of the hub."""
    context = {"hub": hub, "cases": queries.case_list(request.user, hub)}
    return render(request, "mentorship/desk/cases.html", context)


@require_safe
@for_leads
def desk_case(request: MemberRequest, hub: Hub, pk: int) -> HttpResponse:
    """One case."""
    return show_case(request, hub, case_of(request, hub, pk))


def case_of(request: MemberRequest, hub: Hub, pk: int) -> SafetyCase:
    """The case of the address, if this person may read it; else 404."""
    rows = queries.cases_for(request.user, hub)
    people = ("reporter", "subject", "pairing__mentor__member", "pairing__mentee")
    return get_object_or_404(rows.select_related("hub", *people), pk=pk)


@require_POST
@for_leads
def desk_case_note(request: MemberRequest, hub: Hub, pk: int) -> HttpResponse:
    """Add a note."""
    return act(request, hub, pk, "note", note_case, "words", _("Your note is kept."))


@require_POST
@for_leads
def desk_case_words(request: MemberRequest, hub: Hub, pk: int) -> HttpResponse:
    """Open the messages and notes of the pair, with a reason."""
    said = _("The words of the pair are open to you until you close the case.")
    return act(request, hub, pk, "open", open_words, "reason", said)


@require_POST
@for_leads
def desk_case_end(request: MemberRequest, hub: Hub, pk: int) -> HttpResponse:
    """End the pair at once."""
    return act(request, hub, pk, "end", end_pair, "reason", _("The pair has ended."))


@require_POST
@for_leads
def desk_case_hold(request: MemberRequest, hub: Hub, pk: int) -> HttpResponse:
    """Send nobody new to the mentor for now."""
    said = _("Nobody new is sent to this mentor.")
    return act(request, hub, pk, "hold", hold_mentor, "reason", said)


@require_POST
@for_leads
def desk_case_close(request: MemberRequest, hub: Hub, pk: int) -> HttpResponse:
    """Close the case with what came of it."""
    return act(request, hub, pk, "close", close_case, "words", _("The case is closed."))


def act(
    request: MemberRequest,
    hub: Hub,
    pk: int,
    name: str,
    action: Callable[..., Any],
    takes: str,
    said: str,
) -> HttpResponse:
    """Do one thing in a case with the words that were typed; a refusal gives them back."""
    case = case_of(request, hub, pk)
    form = CaseForm(request.POST, name=name, label=LABELS[name])
    if form.is_valid():
        try:
            action(member=request.user, case=case, **{takes: form.cleaned_data["words"]})
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, said)
            return see_other(reverse("mentorship:desk_case", args=[hub.slug, pk]))
    return show_case(request, hub, case_of(request, hub, pk), refused=form)


def show_case(
    request: MemberRequest, hub: Hub, case: SafetyCase, refused: CaseForm | None = None
) -> HttpResponse:
    """The case with its log and its forms; 422 when one of them was refused. That it was read is
    logged, however one came."""
    read_case(member=request.user, case=case)
    forms = {name: CaseForm(name=name, label=label) for name, label in LABELS.items()}
    if refused is not None:
        forms[refused.name] = refused
    context = {"hub": hub, "page": queries.case_page(case), "refused": refused, "forms": forms}
    status = 422 if refused else 200
    return render(request, "mentorship/desk/case.html", context, status=status)
