"""A task handed in: read it, accept it or send it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses import actions, queries, rules
from courses.forms.desk import ReviewForm
from courses.models import HandIn
from courses.models.work import STAFF_ROLES
from courses.queries import desk
from courses.views.learning import see_other
from members.errors import Refused
from members.models import Hub
from members.views.answers import MemberRequest

from .access import for_staff


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(*STAFF_ROLES)
def desk_hand_in(request: MemberRequest, hub: Hub, pk: int) -> HttpResponse:
    """Read a hand-in and decide. After the decision comes the next one that waits."""
    row = get_object_or_404(desk.hand_ins_for(request.user, hub), pk=pk)
    form = ReviewForm(request.POST) if request.method == "POST" else ReviewForm()
    if form.is_bound and reviewed(request, row, form):
        return see_other(after_review(request, hub, row))
    return show_hand_in(request, hub, row, form)


def reviewed(request: MemberRequest, row: HandIn, form: ReviewForm) -> bool:
    """Whether the decision was recorded; if not, the form says why."""
    if not form.is_valid():
        return False
    accept = form.cleaned_data["decision"] == "accept"
    note = form.cleaned_data["note"]
    try:
        actions.review_hand_in(member=request.user, hand_in=row, accept=accept, note=note)
    except Refused as refusal:
        form.refuse(refusal)
        return False
    said = _("Accepted. The learner was told.") if accept else _("Sent back with your note.")
    messages.success(request, said)
    return True


def after_review(request: MemberRequest, hub: Hub, row: HandIn) -> str:
    """The next hand-in that waits, or the desk."""
    following = desk.next_hand_in(request.user, hub, row)
    if following:
        return reverse("courses:desk_hand_in", args=[hub.slug, following.pk])
    return reverse("hub:desk_hub", args=[hub.slug])


def show_hand_in(request: MemberRequest, hub: Hub, row: HandIn, form: ReviewForm) -> HttpResponse:
    """The task, what was handed in, and the decision."""
    row.refresh_from_db(fields=["state", "note", "reviewed_by", "reviewed_at"])
    pack = queries.lesson_pack(row.lesson_id.hex)
    context = {
        "hub": hub,
        "hand_in": row,
        "task": pack.tasks.get(row.block_id) if pack else None,
        "lesson_url": pack.url if pack else "",
        "with_names": rules.may_see_learners(request.user, hub),
        "is_waiting": row.state == HandIn.State.WAITING,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "courses/desk/hand_in.html", context, status=status)
