"""Who comes to a pair's page: one of the two, after signing in; for all others it is not there."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from members.errors import Refused
from members.models import Member
from members.views.answers import MemberRequest, see_other
from mentorship import life
from mentorship.actions.meetings import last_way
from mentorship.forms.pair import (
    AnswerForm,
    CloseForm,
    EndForm,
    GoalForm,
    LogForm,
    MessageForm,
    NoteForm,
    PairForm,
    PauseForm,
    PlanForm,
    PulseForm,
)
from mentorship.queries.closing import has_said, thanks_to
from mentorship.queries.pair import (
    OwnPairing,
    PairPage,
    closes_at,
    own_or_former,
    own_pairing,
    pair_page,
    was_mentor,
)

View = Callable[..., HttpResponse]
Find = Callable[[Member, int, datetime], OwnPairing | None]
WRITTEN: dict[str, type[PairForm]] = {
    "pair_message": MessageForm,
    "pair_note": NoteForm,
    "pair_close": CloseForm,
}


def in_pair(view: View) -> View:
    """Let only one of the two in; the view gets the pairing, by that person's clock.

    Who was the mentor and sends something late (a double tap) reads that it is over.
    """
    return guard(view, own_pairing)


def in_pair_or_after(view: View) -> View:
    """Let one of the two in, and who was the mentor or was asked, when it is over: to what
    protects."""
    return guard(view, own_or_former)


def guard(view: View, find: Find) -> View:
    """Let only those in who find the pairing."""

    @wraps(view)
    @never_cache
    @login_required
    def guarded(request: MemberRequest, pk: int, **named: Any) -> HttpResponse:
        own = find(request.user, pk, timezone.now())
        if own is None:
            return too_late(request, pk)
        request.shell_hub = own.pairing.hub
        with timezone.override(own.zone):
            return view(request, own, **named)

    return guarded


def too_late(request: MemberRequest, pk: int) -> HttpResponse:
    """Nothing is here; but a mentor who sends something late reads that it is over, and gets the
    typed words back."""
    if request.method != "POST" or not was_mentor(request.user, pk):
        raise Http404
    match = request.resolver_match
    form = WRITTEN.get(match.url_name or "", PairForm)(request.POST) if match else PairForm()
    if form.typed and not (form.name == "close" and has_said(request.user, pk, form.typed)):
        return give_back(request, form)
    messages.info(request, _("This is over. Nothing more is needed from you."))
    return see_other(reverse("hub:me"))


def give_back(request: MemberRequest, form: PairForm) -> HttpResponse:
    """It is over for who was the mentor, who gets the typed words back."""
    return render(request, "mentorship/pair_ended.html", {"typed": form.typed}, status=422)


def show_pair(
    request: MemberRequest, own: OwnPairing, *, refused: PairForm | None = None
) -> HttpResponse:
    """The page of a pair with its forms; 422 when one of them was refused."""
    page = pair_page(
        request.user, own, timezone.now(), all_messages=request.GET.get("messages") == "all"
    )
    shown = forms_of(page, refused)
    context = {
        "page": page,
        "refused": refused,
        "forms": shown,
        "is_form_gone": refused is not None and is_gone(page, refused),
    }
    status = 422 if refused is not None else 200
    return render(request, "mentorship/pair.html", context, status=status)


def show_former(request: MemberRequest, own: OwnPairing) -> HttpResponse:
    """The bare page of what is over, for who was its mentor or was asked: what protects, and no
    word but the thanks."""
    row = own.pairing
    context = {
        "own": own,
        "ended_at": row.ended_at or closes_at(row),
        "thanks": thanks_to(row, life.MENTOR),
    }
    return render(request, "mentorship/pair_former.html", context)


def is_gone(page: PairPage, refused: PairForm) -> bool:
    """Whether the page has no place any more for the form that was refused."""
    if refused.name == "close":
        return page.own.state != life.CLOSING
    return not page.own.is_together and page.own.state != life.PROPOSED


def forms_of(page: PairPage, refused: PairForm | None) -> dict[str, Any]:
    """The forms of the page by name; what was refused keeps what was typed."""
    if page.own.state == life.PROPOSED:
        return {"answer": refused if isinstance(refused, AnswerForm) else AnswerForm()}
    made: list[PairForm] = [MessageForm(), NoteForm(), EndForm(), PauseForm()]
    made += [CloseForm(initial=page.own_words.words)]
    made += [PulseForm(initial={"point": page.pulse}), *meeting_forms(page)]
    forms: dict[str, Any] = {form.name: form for form in made}
    if refused is not None and refused.name in forms:
        forms[refused.name] = refused
    return forms | {"goals": goal_forms(page, refused)}


def meeting_forms(page: PairPage) -> list[PairForm]:
    """The forms of meetings, filled in: today, now, half an hour, the last way."""
    now = timezone.localtime()
    way = last_way(page.pairing) if page.own.is_together else ""
    usual = {"minutes": "30", "way": way}
    return [
        LogForm(initial={"day": now.date(), "time": now.time(), **usual}),
        PlanForm(initial=usual),
    ]


def goal_forms(page: PairPage, refused: PairForm | None) -> list[tuple[Any, GoalForm]]:
    """A form for each of the three goals; only the mentee has them."""
    rows = []
    for place in page.goals if not page.own.is_mentor else []:
        words = place.goal.words if place.goal else ""
        form = GoalForm(number=place.number, initial={"words": words})
        if isinstance(refused, GoalForm) and refused.number == place.number:
            form = refused
        rows.append((place, form))
        if place.goal is None and not isinstance(refused, GoalForm):
            break
    return rows


def attempt(
    request: MemberRequest,
    own: OwnPairing,
    form: PairForm,
    act: Callable[[], object],
    said: str = "",
    at: str = "",
) -> HttpResponse:
    """Do what a form asks for, then show the page anew; a refusal gives back what was typed."""
    if form.is_valid():
        try:
            act()
        except Refused as refusal:
            form.refuse(refusal)
        else:
            if said:
                messages.success(request, said)
            return see_other(back_to(request, own, at))
    fresh = own_pairing(request.user, own.pairing.pk, timezone.now())
    if fresh is None and form.typed:
        return give_back(request, form)
    if fresh is None:
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return see_other(reverse("hub:me"))
    return show_pair(request, fresh, refused=form)


def back_to(request: MemberRequest, own: OwnPairing, at: str = "") -> str:
    """A place on the pair's page; one's own page, where the pair's is shut now."""
    pk = own.pairing.pk
    if own_pairing(request.user, pk, timezone.now()) is None:
        return reverse("hub:me")
    return reverse("mentorship:pair", args=[pk]) + (f"#{at}" if at else "")
