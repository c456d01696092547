"""A small edit that went live at once: what the hub had read beside what stands there now. Fine,
or not fine, with words; then the text that was read comes back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.models import Hub
from members.views.answers import MemberRequest, forms_only
from partners import actions, rules
from partners.forms.hub import NotFineForm
from partners.models import OfferReview
from partners.queries.hub import check_page, checks_for

from .access import DeskForm, done, for_reviewers, status_of, to_queue


def check_on_desk(request: MemberRequest, hub: Hub, pk: int) -> OfferReview:
    """The edit of the address, if it is one of this hub and of others' organisations; else 404."""
    return get_object_or_404(checks_for(request.user, hub), pk=pk)


def check_address(request: MemberRequest, hub: Hub, pk: int) -> str:
    """The page of an edit; it says itself who may see it."""
    return reverse("partners:desk_check", args=[hub.slug, pk])


@require_safe
@for_reviewers
def desk_check(request: MemberRequest, hub: Hub, pk: int) -> HttpResponse:
    """A small edit, beside what the hub had read."""
    return show_check(request, hub, check_on_desk(request, hub, pk))


def show_check(
    request: MemberRequest,
    hub: Hub,
    review: OfferReview,
    *,
    fine: DeskForm | None = None,
    back: NotFineForm | None = None,
) -> HttpResponse:
    """The page with its two answers; what was refused keeps what was typed."""
    context = {
        "hub": hub,
        "page": check_page(review),
        "review": review,
        "offer": review.offer,
        "partner": review.offer.partner,
        "fine": fine or DeskForm(),
        "back": back or NotFineForm(),
        "is_waiting": review.state == OfferReview.State.WAITING,
        "may_decide": rules.may_decide(request.user, review),
    }
    return render(request, "partners/review/check.html", context, status=status_of(fine, back))


@for_reviewers
@forms_only(check_address)
def desk_check_fine(request: MemberRequest, hub: Hub, pk: int) -> HttpResponse:
    """It is fine as it stands."""
    review, form = check_on_desk(request, hub, pk), DeskForm(request.POST)

    def settle() -> None:
        actions.settle_after_check(member=request.user, review=review, is_fine=True)

    if not done(form, settle):
        return show_check(request, hub, review, fine=form)
    messages.success(request, _("Thank you. It stays as it is."))
    return to_queue(hub)


@for_reviewers
@forms_only(check_address)
def desk_check_back(request: MemberRequest, hub: Hub, pk: int) -> HttpResponse:
    """It is not fine: the text that was read comes back."""
    review, form = check_on_desk(request, hub, pk), NotFineForm(request.POST)

    def settle() -> None:
        words = form.cleaned_data["words"]
        actions.settle_after_check(member=request.user, review=review, is_fine=False, words=words)

    if not done(form, settle):
        return show_check(request, hub, review, back=form)
    messages.success(request, _("The text from before is back. The partner reads your words."))
    return to_queue(hub)
