"""A question was mended: all answers to it are marked again."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from courses import actions, rules
from courses.forms.desk import MarkAgainForm
from courses.models import Course
from courses.queries import desk
from courses.views.learning import see_other
from members.errors import Refused
from members.models import Hub
from members.views.answers import MemberRequest

from .access import course_on_desk, for_staff


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff("editor")
def desk_mark_again(request: MemberRequest, hub: Hub, course: uuid.UUID) -> HttpResponse:
    """Choose a question and say why; better marks count at once."""
    row = course_on_desk(hub, course)
    if row.hub_id != hub.pk or not rules.may_edit_course(request.user, row):
        raise Http404
    form = MarkAgainForm(request.POST or None, questions=desk.course_questions(row))
    if request.method == "POST" and marked(request, form):
        return see_other(reverse("courses:desk_course", args=[hub.slug, row.pk]))
    return show_mark_again(request, hub, row, form)


def marked(request: MemberRequest, form: MarkAgainForm) -> bool:
    """Whether the answers were marked again; if not, the form says why."""
    if not form.is_valid():
        return False
    question = form.cleaned_data["question"]
    try:
        risen = actions.regrade_question(
            member=request.user,
            lesson=question.lesson,
            block_id=question.block_id,
            reason=form.cleaned_data["reason"],
        )
    except Refused as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, risen_words(risen))
    return True


def risen_words(risen: int) -> str:
    """How many marks rose."""
    if not risen:
        return _("All answers were marked again. No mark rose.")
    return ngettext(
        "%(count)s answer has a better mark now. The learner was told.",
        "%(count)s answers have a better mark now. The learners were told.",
        risen,
    ) % {"count": risen}


def show_mark_again(
    request: MemberRequest, hub: Hub, course: Course, form: MarkAgainForm
) -> HttpResponse:
    """The page of the choice."""
    context = {"hub": hub, "course": course, "form": form}
    status = 422 if form.errors else 200
    return render(request, "courses/desk/mark_again.html", context, status=status)
