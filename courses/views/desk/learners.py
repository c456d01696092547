"""The record of one learner: read it, and change it only through actions that log and tell."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses import actions, rules
from courses.forms.desk import ConfirmForm, DeskForm, WithdrawForm
from courses.models import Course, Enrolment
from courses.queries import desk
from courses.views.learning import see_other
from members.errors import Refused
from members.models import Hub
from members.views.answers import MemberRequest, forms_only

from .access import for_staff


def enrolment_on_desk(
    request: MemberRequest, hub: Hub, course: uuid.UUID, enrolment: int
) -> Enrolment:
    """The enrolment of the address, if it is one of this course in this hub; else 404."""
    found = desk.enrolments_for(request.user, hub, Course(pk=course))
    return get_object_or_404(found, pk=enrolment)


def learner_address(request: MemberRequest, hub: Hub, course: uuid.UUID, enrolment: int) -> str:
    """The page of a learner's record; it says itself who may see it."""
    return reverse("courses:desk_learner", args=[hub.slug, course, enrolment])


@require_safe
@for_staff("coordinator")
def desk_learner(
    request: MemberRequest, hub: Hub, course: uuid.UUID, enrolment: int
) -> HttpResponse:
    """A learner's record: lessons, hand-ins, certificate, what staff did."""
    row = enrolment_on_desk(request, hub, course, enrolment)
    return show_learner(request, hub, row, desk.learner_record(row))


@for_staff("coordinator")
@forms_only(learner_address)
def desk_lesson_confirm(
    request: MemberRequest, hub: Hub, course: uuid.UUID, enrolment: int
) -> HttpResponse:
    """Mark a lesson as done, with a reason."""
    row = enrolment_on_desk(request, hub, course, enrolment)
    record = desk.learner_record(row)
    form = confirm_form(record, request.POST)

    def confirm() -> None:
        actions.confirm_lesson(
            member=request.user,
            enrolment=row,
            lesson=form.cleaned_data["lesson"],
            reason=form.cleaned_data["reason"],
        )

    if done(form, confirm):
        messages.success(request, _("The lesson is marked as done. The learner was told."))
        return see_other(learner_url(hub, row))
    return show_learner(request, hub, row, record, confirm=form)


@for_staff("coordinator")
@forms_only(learner_address)
def desk_certificate_withdraw(
    request: MemberRequest, hub: Hub, course: uuid.UUID, enrolment: int
) -> HttpResponse:
    """Withdraw the certificate, with a reason."""
    row = enrolment_on_desk(request, hub, course, enrolment)
    record = desk.learner_record(row)
    certificate = record.certificate
    if certificate is None:
        raise Http404
    form = WithdrawForm(request.POST)

    def withdraw() -> None:
        actions.withdraw_certificate(
            member=request.user, certificate=certificate, reason=form.cleaned_data["reason"]
        )

    if done(form, withdraw):
        messages.success(request, _("The certificate is withdrawn. The learner was told."))
        return see_other(learner_url(hub, row))
    return show_learner(request, hub, row, record, withdraw=form)


def done(form: DeskForm, act: Callable[[], None]) -> bool:
    """Whether a valid form's action went through; if not, the form says why."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True


def confirm_form(record: desk.LearnerRecord, data: QueryDict | None = None) -> ConfirmForm:
    """The form that marks a lesson of the record as done."""
    return ConfirmForm(data, lessons=record.all_lessons, offered=record.open_lessons)


def learner_url(hub: Hub, row: Enrolment) -> str:
    """The address of a learner's record."""
    return reverse("courses:desk_learner", args=[hub.slug, row.course_id, row.pk])


def show_learner(
    request: MemberRequest,
    hub: Hub,
    row: Enrolment,
    record: desk.LearnerRecord,
    *,
    confirm: ConfirmForm | None = None,
    withdraw: WithdrawForm | None = None,
) -> HttpResponse:
    """The record with its two forms; 422 when one of them was refused."""
    refused = confirm or withdraw
    confirm = confirm or confirm_form(record)
    withdraw = withdraw or WithdrawForm()
    context = {
        "hub": hub,
        "course": row.course,
        "enrolment": row,
        "record": record,
        "may_change": rules.may_confirm(request.user, row),
        "confirm": confirm,
        "withdraw": withdraw,
    }
    request.page_address = learner_url(hub, row)
    status = 422 if refused else 200
    return render(request, "courses/desk/learner.html", context, status=status)
