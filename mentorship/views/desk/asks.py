"""An ask: why nobody fits yet, and pairing by hand with a reason."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from members.models import Hub
from members.views.answers import MemberRequest
from mentorship import actions
from mentorship.actions.proposals import STAFF_MAY_SET_ASIDE
from mentorship.forms.desk import PairByHandForm, PeopleFilterForm
from mentorship.models import Mentor, MentorAsk
from mentorship.queries import desk
from mentorship.queries.matching import Card

from .access import done, for_coordinators, see_other, status_of

AT_ONCE = 5


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def desk_ask(request: MemberRequest, hub: Hub, ask: int) -> HttpResponse:
    """An ask with the mentors who could help, all or by name. Choosing one needs a reason."""
    row = get_object_or_404(desk.ask_for(request.user, hub), pk=ask)
    words = PeopleFilterForm(request.GET).chosen().words
    page = desk.ask_desk(request.user, row, timezone.now(), words)
    mentors = {card.mentor.pk: card.mentor for card in page.cards if may_choose(card)}
    if page.out and page.out.pairing.mentor:
        mentors[page.out.pairing.mentor.pk] = page.out.pairing.mentor
    form = PairByHandForm(request.POST or None, mentors=mentors)
    if request.method == "POST" and paired(request, row, form, mentors):
        return see_other(reverse("mentorship:desk_ask", args=[hub.slug, row.pk]))
    context = {"hub": hub, "page": page, "ask": row, "form": form, **picks(page.cards, form.chosen)}
    return render(request, "mentorship/desk/ask.html", context, status=status_of(form))


def may_choose(card: Card) -> bool:
    """Whether staff may set aside all that speaks against a mentor."""
    return STAFF_MAY_SET_ASIDE.issuperset(card.match.against)


@dataclass(frozen=True)
class Pick:
    """A card that staff can tick."""

    card: Card
    may_choose: bool
    is_chosen: bool


def picks(cards: list[Card], chosen: str) -> dict[str, object]:
    """The first cards, and those that open with a tap: open when the ticked one is there. Those
    that cannot be chosen come last."""
    found = [Pick(card, may_choose(card), str(card.mentor.pk) == chosen) for card in cards]
    found.sort(key=lambda pick: not pick.may_choose)
    more = found[AT_ONCE:]
    return {
        "picks": found[:AT_ONCE],
        "more_picks": more,
        "is_more_open": any(pick.is_chosen for pick in more),
    }


def paired(
    request: MemberRequest, row: MentorAsk, form: PairByHandForm, mentors: dict[int, Mentor]
) -> bool:
    """Whether the proposal went out; if not, the form says why."""

    def pair() -> None:
        actions.pair_by_hand(
            member=request.user,
            ask=row,
            mentor=mentors[int(form.cleaned_data["mentor"])],
            reason=form.cleaned_data["reason"],
        )

    if not done(form, pair):
        return False
    messages.success(request, _("The mentor was asked. Both were told."))
    return True
