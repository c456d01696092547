"""A pair's page, and what the two do there: each post ends in a 303 or a 422."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from members.views.answers import MemberRequest
from mentorship import actions, life
from mentorship.actions.pairs import (
    add_note,
    answer_pulse,
    meet_goal,
    send_message,
    set_goal,
)
from mentorship.forms.pair import (
    AnswerForm,
    CloseForm,
    EndForm,
    GoalForm,
    MessageForm,
    NoteForm,
    PairForm,
    PauseForm,
    PulseForm,
)
from mentorship.models import Pairing
from mentorship.queries.pair import OwnPairing

from .inside import attempt, in_pair, in_pair_or_after, show_former, show_pair


@require_safe
@in_pair_or_after
def pair(request: MemberRequest, own: OwnPairing) -> HttpResponse:
    """The page of the two, or of a proposal; a bare one for who was the mentor."""
    return show_former(request, own) if own.is_former else show_pair(request, own)


@require_POST
@in_pair
def pair_answer(request: MemberRequest, own: OwnPairing) -> HttpResponse:
    """Say yes to a proposal, or not now."""
    form = AnswerForm(request.POST)

    def accept() -> object:
        return actions.accept_pairing(member=request.user, pairing=own.pairing)

    def decline() -> object:
        words = form.cleaned_data["words"]
        return actions.decline_pairing(member=request.user, pairing=own.pairing, words=words)

    if form.data.get("decision") == "yes":
        said = _("You are a pair now. Write a first message, or plan when you meet.")
        return attempt(request, own, form, accept, said)
    said = _("Thank you for your answer. The learner is told when the time is over.")
    return attempt(request, own, form, decline, said)


@require_POST
@in_pair
def pair_withdraw(request: MemberRequest, own: OwnPairing) -> HttpResponse:
    """Take a question to a mentor back."""

    def withdraw() -> object:
        return actions.withdraw_proposal(member=request.user, pairing=own.pairing)

    said = _("You took it back. You keep your place in line.")
    return attempt(request, own, PairForm(request.POST), withdraw, said)


@require_POST
@in_pair
def pair_message(request: MemberRequest, own: OwnPairing) -> HttpResponse:
    """Send a message to the other one."""
    form = MessageForm(request.POST)

    def send() -> object:
        found = form.cleaned_data
        return send_message(
            member=request.user, pairing=own.pairing, key=found["key"], words=found["words"]
        )

    return attempt(request, own, form, send, at="last-message")


@require_POST
@in_pair
def pair_note(request: MemberRequest, own: OwnPairing) -> HttpResponse:
    """Keep a note, shared or private."""
    form = NoteForm(request.POST)

    def keep() -> object:
        return add_note(member=request.user, pairing=own.pairing, **form.cleaned_data)

    return attempt(request, own, form, keep, at="notes")


@require_POST
@in_pair
def pair_goal(request: MemberRequest, own: OwnPairing) -> HttpResponse:
    """Write a goal, change it, or take it away."""
    number = request.POST.get("number", "")
    form = GoalForm(request.POST, number=int(number) if number in ("1", "2", "3") else 0)

    def write() -> object:
        words = form.cleaned_data["words"]
        return set_goal(member=request.user, pairing=own.pairing, number=form.number, words=words)

    return attempt(request, own, form, write, at="goals")


@require_POST
@in_pair
def pair_goal_met(request: MemberRequest, own: OwnPairing, number: int) -> HttpResponse:
    """Say that a goal is met, or not yet."""
    met = request.POST.get("met") == "yes"

    def meet() -> object:
        return meet_goal(member=request.user, pairing=own.pairing, number=number, met=met)

    return attempt(request, own, PairForm(request.POST), meet, at="goals")


@require_POST
@in_pair
def pair_progress(request: MemberRequest, own: OwnPairing) -> HttpResponse:
    """Show the mentor how far I am in the course, or stop it."""
    show = request.POST.get("show") == "yes"

    def change() -> object:
        return actions.show_progress(member=request.user, pairing=own.pairing, show=show)

    return attempt(request, own, PairForm(request.POST), change, at="about")


@require_POST
@in_pair
def pair_pulse(request: MemberRequest, own: OwnPairing) -> HttpResponse:
    """Say how it goes."""
    form = PulseForm(request.POST)

    def answer() -> object:
        found = form.cleaned_data
        return answer_pulse(
            member=request.user,
            pairing=own.pairing,
            point=found["point"],
            going=int(found["going"]),
            wants_call=found["wants_call"],
        )

    hub = own.pairing.hub.name
    said = _("Thank you. Only the people of %(hub)s see your answer.") % {"hub": hub}
    return attempt(request, own, form, answer, said)


@require_POST
@in_pair
def pair_pause(request: MemberRequest, own: OwnPairing) -> HttpResponse:
    """Take a break until a day."""
    form = PauseForm(request.POST)

    def pause() -> object:
        zone = ZoneInfo(own.pairing.hub.time_zone)
        until = datetime.combine(form.cleaned_data["until"], time(), zone)
        return actions.pause_pairing(member=request.user, pairing=own.pairing, until=until)

    return attempt(request, own, form, pause, _("You have a break now. The other one is told."))


@require_POST
@in_pair
def pair_resume(request: MemberRequest, own: OwnPairing) -> HttpResponse:
    """Go on before the break is over."""

    def resume() -> object:
        return actions.resume_pairing(member=request.user, pairing=own.pairing)

    return attempt(request, own, PairForm(request.POST), resume, _("You go on."))


@require_POST
@in_pair
def pair_extend(request: MemberRequest, own: OwnPairing) -> HttpResponse:
    """Take more time, once."""

    def extend() -> object:
        return actions.extend_pairing(member=request.user, pairing=own.pairing)

    return attempt(request, own, PairForm(request.POST), extend, _("You have more time now."))


@require_POST
@in_pair
def pair_end(request: MemberRequest, own: OwnPairing) -> HttpResponse:
    """End kindly: the closing step begins."""
    form = EndForm(request.POST)

    def end() -> object:
        reason = form.cleaned_data["reason"]
        return actions.end_pairing(member=request.user, pairing=own.pairing, reason=reason)

    return attempt(request, own, form, end, at="closing")


@require_POST
@in_pair
def pair_close(request: MemberRequest, own: OwnPairing) -> HttpResponse:
    """The closing step, and a new mentor with one tick."""
    form = CloseForm(request.POST)

    def close() -> object:
        found = dict(form.cleaned_data)
        wants_more = found.pop("again") and not own.is_mentor
        row = actions.close_pairing(member=request.user, pairing=own.pairing, **found)
        if wants_more:
            actions.ask_again(member=request.user, pairing=row)
        messages.success(request, closed_words(row))
        return row

    return attempt(request, own, form, close)


def closed_words(row: Pairing) -> str:
    """What somebody reads who has sent the closing step."""
    if row.state == life.CLOSED:
        return _("It is closed. Thank you both.")
    return _("Thank you. Your words are kept. It closes when the other one has sent this too.")


@require_POST
@in_pair
def pair_again(request: MemberRequest, own: OwnPairing) -> HttpResponse:
    """Ask for a mentor again, with one tap."""

    def ask() -> object:
        return actions.ask_again(member=request.user, pairing=own.pairing)

    said = _("You are in the line again. Choose a mentor, or let us choose.")
    return attempt(request, own, PairForm(request.POST), ask, said)
