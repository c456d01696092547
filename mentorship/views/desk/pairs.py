"""The pairs of a hub, and one of them: state, dates, moves. Never what the two wrote."""

from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from members.models import Hub
from members.views.answers import MemberRequest
from mentorship import actions, life
from mentorship.forms.desk import DESK_MOVES, ContactForm, MoveForm, PairsFilterForm
from mentorship.models import Pairing
from mentorship.queries import desk
from mentorship.rules import may_extend

from .access import asked_besides_page, done, for_coordinators, see_other, status_of


@require_safe
@for_coordinators
def desk_pairs(request: MemberRequest, hub: Hub) -> HttpResponse:
    """The pairs of a hub: together now, proposed, or ended."""
    form = PairsFilterForm(request.GET)
    chosen = form.chosen()
    context = {
        "hub": hub,
        "form": form,
        "chosen": chosen,
        "pairs": desk.pairs_page(request.user, hub, chosen, timezone.now()),
        "asked": asked_besides_page(request),
    }
    return render(request, "mentorship/desk/pairs.html", context)


def pair_on_desk(request: MemberRequest, hub: Hub, pairing: int) -> Pairing:
    """The pair of the address, if it is one of this hub and not one's own; else 404."""
    return get_object_or_404(desk.pair_for(request.user, hub, timezone.now()), pk=pairing)


@require_safe
@for_coordinators
def desk_pair(request: MemberRequest, hub: Hub, pairing: int) -> HttpResponse:
    """A pair: its state, dates and moves, and how the two say it goes."""
    return show_pair(request, hub, pair_on_desk(request, hub, pairing))


@require_POST
@for_coordinators
def desk_pair_move(request: MemberRequest, hub: Hub, pairing: int) -> HttpResponse:
    """Make a move in the place of the two, with a reason."""
    row = pair_on_desk(request, hub, pairing)
    form = MoveForm(request.POST, moves=DESK_MOVES)

    def move() -> None:
        sent = form.cleaned_data
        actions.move_pairing(
            member=request.user,
            pairing=row,
            verb=sent["verb"],
            reason=sent["reason"],
            until=end_of(sent["until"]) if sent["until"] else None,
            met_on=sent["met_on"],
        )

    if done(form, move):
        messages.success(request, moved_words(row, form.cleaned_data["verb"]))
        return see_other(pair_url(hub, row))
    return show_pair(request, hub, pair_on_desk(request, hub, pairing), move=form)


@require_POST
@for_coordinators
def desk_pair_contact(request: MemberRequest, hub: Hub, pairing: int) -> HttpResponse:
    """Note that staff spoke with one of the two or with both."""
    row = pair_on_desk(request, hub, pairing)
    form = ContactForm(request.POST)

    def note() -> None:
        actions.note_contact(member=request.user, pairing=row, who=form.cleaned_data["who"])

    if done(form, note):
        messages.success(request, _("Noted. Thank you for asking."))
        return see_other(pair_url(hub, row))
    return show_pair(request, hub, row, contact=form)


def moved_words(row: Pairing, verb: str) -> str:
    """What staff read after a move: who was told. Of a no the mentee learns nothing."""
    if verb == "decline" and row.mentor is not None:
        return _("Done. The mentor was told.")
    is_told = verb != "decline" and row.mentor is not None and row.mentee is not None
    return _("Done. Both were told.") if is_told else _("Done.")


def end_of(day: date) -> datetime:
    """The moment at which a day is over in the time zone of the desk."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def pair_url(hub: Hub, row: Pairing) -> str:
    """The address of a pair's page on the desk."""
    return reverse("mentorship:desk_pair", args=[hub.slug, row.pk])


def offered_moves(row: Pairing, met: int, now: datetime) -> list[str]:
    """What staff can do now. To stop a proposal is to take it back; of several meetings only the
    two can say that they were none."""
    possible = set(life.moves_at(row, life.STAFF, now))
    if "withdraw" in possible:
        possible.discard("stop")
    if met > 1:
        possible.discard("not_met")
    if life.state_at(row, now) == row.state and may_extend(row):
        possible.add("extend")
    return [verb for verb in DESK_MOVES if verb in possible]


def show_pair(
    request: MemberRequest,
    hub: Hub,
    row: Pairing,
    *,
    move: MoveForm | None = None,
    contact: ContactForm | None = None,
) -> HttpResponse:
    """The page with its two forms; 422 when one of them was refused."""
    now = timezone.now()
    pair = desk.pair_desk(row, now)
    offered = offered_moves(row, pair.met, now)
    if move is not None:
        move.offer(offered)
    context = {
        "hub": hub,
        "pair": pair,
        "is_together": life.state_at(row, now) in life.TOGETHER,
        "moves": offered,
        "move": move or MoveForm(moves=offered),
        "contact": contact or ContactForm(),
    }
    return render(request, "mentorship/desk/pair.html", context, status=status_of(move, contact))
