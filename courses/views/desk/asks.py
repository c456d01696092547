"""A question that a learner asked about a lesson: read and answer it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses import actions, queries, rules
from courses.forms.desk import AnswerForm
from courses.models import Ask
from courses.models.work import STAFF_ROLES
from courses.queries import desk
from courses.views.learning import see_other
from members.errors import Refused
from members.models import Hub
from members.views.answers import MemberRequest

from .access import for_staff


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(*STAFF_ROLES)
def desk_ask(request: MemberRequest, hub: Hub, pk: int) -> HttpResponse:
    """Read a question and answer it. After the answer comes the next one that waits."""
    row = get_object_or_404(desk.asks_for(request.user, hub), pk=pk)
    form = AnswerForm(request.POST) if request.method == "POST" else AnswerForm()
    if form.is_bound and answered(request, row, form):
        return see_other(after_answer(request, hub, row))
    return show_ask(request, hub, row, form)


def answered(request: MemberRequest, row: Ask, form: AnswerForm) -> bool:
    """Whether the answer was recorded; if not, the form says why."""
    if not form.is_valid():
        return False
    try:
        actions.answer_ask(member=request.user, ask=row, answer=form.cleaned_data["answer"])
    except Refused as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, _("Your answer was sent."))
    return True


def after_answer(request: MemberRequest, hub: Hub, row: Ask) -> str:
    """The next question that waits, or the desk."""
    following = desk.next_ask(request.user, hub, row)
    if following:
        return reverse("courses:desk_ask", args=[hub.slug, following.pk])
    return reverse("hub:desk_hub", args=[hub.slug])


def show_ask(request: MemberRequest, hub: Hub, row: Ask, form: AnswerForm) -> HttpResponse:
    """The question, the lesson it is about, and the answer."""
    row.refresh_from_db(fields=["answer", "answered_by", "answered_at"])
    pack = queries.lesson_pack(row.lesson_id.hex)
    context = {
        "hub": hub,
        "ask": row,
        "lesson_url": pack.url if pack else "",
        "with_names": rules.may_see_learners(request.user, hub),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "courses/desk/ask.html", context, status=status)
