"""The third screen: the people who fit, or why nobody does; and whom one has asked."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.views.catalogue import languages_of
from courses.views.pages import member_of
from members.errors import Refused
from members.models import Member
from members.views.answers import FramedRequest, MemberRequest, see_other
from mentorship import actions
from mentorship.models import Mentor, MentorAsk, Pairing
from mentorship.queries.matching import cards, funnel
from mentorship.queries.mine import my_mentorship, waiting_ask
from mentorship.queries.waits import median_wait

from .shared import private, sign_in_to

CARDS = "mentorship:mentor_ask_cards"
View = Callable[..., HttpResponse]


@require_safe
def mentor_ask_cards(request: FramedRequest) -> HttpResponse:
    """Up to five people with reasons; who was asked, and until when; or the place in line."""
    member = member_of(request)
    return show_cards(request, member) if member else sign_in_to(CARDS)


def show_cards(
    request: FramedRequest, member: Member, *, status: int = 200, error: str = ""
) -> HttpResponse:
    """The third screen of a member's ask; without an ask, the way to the first one."""
    now = timezone.now()
    mine = my_mentorship(member, now)
    if mine.ask is None:
        return see_other(reverse("mentorship:mentor_ask"))
    request.shell_hub = mine.ask.hub
    request.page_languages = languages_of(CARDS)
    found = [] if mine.proposal else cards(mine.ask, now)
    context: dict[str, Any] = {"mine": mine, "ask": mine.ask, "cards": found, "error": error}
    if not mine.proposal and not found:
        context |= {"wait": median_wait(mine.ask.hub, now), "funnel": funnel(mine.ask, now)}
    return private(render(request, "mentorship/mentor_ask_cards.html", context, status=status))


def with_ask(act: Callable[[MemberRequest, MentorAsk], Any], request: MemberRequest) -> Any:
    """Do something with the member's waiting ask, or say why not on the third screen."""
    ask = waiting_ask(request.user)
    if ask is None:
        return see_other(reverse("mentorship:mentor_ask"))
    try:
        return act(request, ask)
    except Refused as refusal:
        return show_cards(request, request.user, status=422, error=str(refusal))


def pair_page(pairing: Pairing) -> HttpResponse:
    """On to the page of the two."""
    return see_other(reverse("mentorship:pair", args=[pairing.pk]))


@require_POST
def mentor_propose(request: MemberRequest, mentor: int) -> HttpResponse:
    """Ask one of the people on the cards."""
    if member_of(request) is None:
        return sign_in_to(CARDS)

    def propose(request: MemberRequest, ask: MentorAsk) -> HttpResponse:
        asked = Mentor.objects.ready().filter(pk=mentor).first()
        if asked is None:
            raise Refused(_("This person is not free any more."))
        return pair_page(actions.propose(member=request.user, ask=ask, mentor=asked))

    return with_ask(propose, request)


@require_POST
def mentor_choose(request: MemberRequest) -> HttpResponse:
    """Let the rules choose; the question goes on by itself."""
    if member_of(request) is None:
        return sign_in_to(CARDS)

    def choose(request: MemberRequest, ask: MentorAsk) -> HttpResponse:
        pairing = actions.choose_for_me(member=request.user, ask=ask)
        return pair_page(pairing) if pairing else see_other(reverse(CARDS))

    return with_ask(choose, request)


@require_POST
def mentor_ask_withdraw(request: MemberRequest) -> HttpResponse:
    """Take the ask back."""
    if member_of(request) is None:
        return sign_in_to(CARDS)

    def withdraw(request: MemberRequest, ask: MentorAsk) -> HttpResponse:
        actions.withdraw_ask(member=request.user, ask=ask)
        messages.success(request, _("You have taken your question back. Nobody waits for you."))
        return see_other(reverse("mentorship:mentorship"))

    return with_ask(withdraw, request)
