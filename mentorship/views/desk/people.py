"""The mentors of a hub, and one of them: what they give, checks, the next state."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from members.models import Hub
from members.views.answers import MemberRequest
from mentorship import actions, rules
from mentorship.forms.desk import CheckForm, MentorMoveForm, PeopleFilterForm
from mentorship.models import Mentor
from mentorship.queries import desk

from .access import asked_besides_page, done, for_coordinators, see_other, status_of


@require_safe
@for_coordinators
def desk_mentors(request: MemberRequest, hub: Hub) -> HttpResponse:
    """The mentors of a hub, by state and name."""
    form = PeopleFilterForm(request.GET)
    chosen = form.chosen()
    context = {
        "hub": hub,
        "form": form,
        "chosen": chosen,
        "people": desk.people_page(request.user, hub, chosen, timezone.now()),
        "asked": asked_besides_page(request),
    }
    return render(request, "mentorship/desk/mentors.html", context)


def mentor_on_desk(request: MemberRequest, hub: Hub, mentor: int) -> Mentor:
    """The mentor of the address, if the hub looks after them; else 404."""
    return get_object_or_404(desk.mentors_for(request.user, hub), pk=mentor)


@require_safe
@for_coordinators
def desk_mentor(request: MemberRequest, hub: Hub, mentor: int) -> HttpResponse:
    """A mentor: what they give, what was checked, their pairs."""
    return show_mentor(request, hub, mentor_on_desk(request, hub, mentor))


@require_POST
@for_coordinators
def desk_mentor_move(request: MemberRequest, hub: Hub, mentor: int) -> HttpResponse:
    """Move a mentor to another state, with a reason."""
    row = mentor_on_desk(request, hub, mentor)
    form = MentorMoveForm(request.POST)

    def move() -> None:
        sent = form.cleaned_data
        actions.move_mentor(member=request.user, mentor=row, to=sent["to"], reason=sent["reason"])

    if done(form, move):
        messages.success(request, _("Done. The mentor was told."))
        return see_other(mentor_url(hub, row))
    return show_mentor(request, hub, row, move=form)


@require_POST
@for_coordinators
def desk_check_add(request: MemberRequest, hub: Hub, mentor: int) -> HttpResponse:
    """Note that something was seen, when, and when it is due again."""
    row = mentor_on_desk(request, hub, mentor)
    form = CheckForm(request.POST)

    def add() -> None:
        sent = form.cleaned_data
        actions.add_check(
            member=request.user,
            mentor=row,
            level=sent["level"],
            seen_on=sent["seen_on"],
            due_on=sent["due_on"],
        )

    if done(form, add):
        messages.success(request, _("The check is noted."))
        return see_other(mentor_url(hub, row))
    return show_mentor(request, hub, row, check=form)


def mentor_url(hub: Hub, row: Mentor) -> str:
    """The address of a mentor's page on the desk."""
    return reverse("mentorship:desk_mentor", args=[hub.slug, row.pk])


def show_mentor(
    request: MemberRequest,
    hub: Hub,
    row: Mentor,
    *,
    move: MentorMoveForm | None = None,
    check: CheckForm | None = None,
) -> HttpResponse:
    """The page with its two forms; 422 when one of them was refused."""
    now = timezone.now()
    row.refresh_from_db(fields=["state", "is_held_by_hub"])
    context = {
        "hub": hub,
        "person": desk.person_page(request.user, row, now),
        "may_check": rules.may_check(request.user, row),
        "move": (move or MentorMoveForm()).without(row),
        "check": check or CheckForm(initial={"seen_on": timezone.localdate(now)}),
    }
    return render(request, "mentorship/desk/mentor.html", context, status=status_of(move, check))
