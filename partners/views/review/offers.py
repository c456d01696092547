"""One text of an offer on the hub's desk, beside what is live: publish, ask for a change, decline.

The form carries the number of the text that was read. Only that text is ever published.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.models import Hub
from members.views.answers import MemberRequest, forms_only, see_other
from partners import actions, rules
from partners.forms.review import ChangeForm, PublishForm, ReasonForm
from partners.models import OfferReview
from partners.queries.answers import noted_fields
from partners.queries.review import review_page, reviews_for

from .access import DeskForm, done, for_reviewers, status_of


def review_on_desk(request: MemberRequest, hub: Hub, pk: int) -> OfferReview:
    """The text of the address, if it was sent to this hub by others than oneself; else 404."""
    found = reviews_for(request.user, hub).filter(is_after_check=False)
    return get_object_or_404(found, pk=pk)


def review_address(request: MemberRequest, hub: Hub, pk: int) -> str:
    """The page of a text; it says itself who may see it."""
    return reverse("partners:desk_review", args=[hub.slug, pk])


@require_safe
@for_reviewers
def desk_review(request: MemberRequest, hub: Hub, pk: int) -> HttpResponse:
    """A text that was sent, beside what is live."""
    return show_review(request, hub, review_on_desk(request, hub, pk))


def show_review(
    request: MemberRequest,
    hub: Hub,
    review: OfferReview,
    *,
    publish: PublishForm | None = None,
    change: ChangeForm | None = None,
    decline: ReasonForm | None = None,
) -> HttpResponse:
    """The page with its three answers; what was refused keeps what was typed."""
    page = review_page(review, timezone.localdate())
    context = {
        "hub": hub,
        "page": page,
        "review": review,
        "offer": review.offer,
        "partner": review.offer.partner,
        "publish": publish or PublishForm(initial={"revision": review.revision_id}),
        "change": change or ChangeForm(fields=noted_fields()),
        "decline": decline or ReasonForm(),
        "is_waiting": review.state == OfferReview.State.WAITING,
        "may_decide": rules.may_decide(request.user, review),
    }
    status = status_of(publish, change, decline)
    return render(request, "partners/review/offer.html", context, status=status)


def decided(
    request: MemberRequest, hub: Hub, form: DeskForm, act: Callable[[], None], words: str
) -> HttpResponse | None:
    """Do what was decided and go back to the queue; nothing when it was refused."""
    if not done(form, act):
        return None
    messages.success(request, words)
    return see_other(reverse("partners:desk_partners", args=[hub.slug]))


@for_reviewers
@forms_only(review_address)
def desk_review_publish(request: MemberRequest, hub: Hub, pk: int) -> HttpResponse:
    """Publish the text that was read."""
    review, form = review_on_desk(request, hub, pk), PublishForm(request.POST)

    def publish() -> None:
        revision = form.cleaned_data["revision"]
        actions.publish_offer(member=request.user, review=review, revision_id=revision)

    words = _("Published. The partner was told.")
    return decided(request, hub, form, publish, words) or show_review(
        request, hub, review, publish=form
    )


@for_reviewers
@forms_only(review_address)
def desk_review_change(request: MemberRequest, hub: Hub, pk: int) -> HttpResponse:
    """Ask for a change, with words beside the fields."""
    review = review_on_desk(request, hub, pk)
    form = ChangeForm(request.POST, fields=noted_fields())

    def ask() -> None:
        words = form.cleaned_data["words"]
        actions.ask_change(member=request.user, review=review, words=words, notes=form.notes())

    words = _("Sent back. The partner reads your words beside the fields.")
    return decided(request, hub, form, ask, words) or show_review(request, hub, review, change=form)


@for_reviewers
@forms_only(review_address)
def desk_review_decline(request: MemberRequest, hub: Hub, pk: int) -> HttpResponse:
    """Decline, with a reason."""
    review, form = review_on_desk(request, hub, pk), ReasonForm(request.POST)

    def decline() -> None:
        reason = form.cleaned_data["reason"]
        actions.decline_offer(member=request.user, review=review, reason=reason)

    words = _("Declined. The partner reads your reason.")
    return decided(request, hub, form, decline, words) or show_review(
        request, hub, review, decline=form
    )
