"""The members of a hub, for its coordinators."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST, require_safe

from ..actions import code_of, issue_sign_in_code
from ..codes import spaced
from ..errors import Refused
from ..models import Hub, Member
from ..queries import members_of, open_code
from .answers import MemberRequest

PER_PAGE = 50


def my_hub(request: MemberRequest, slug: str) -> Hub:
    """A hub whose members I see; any other hub is missing."""
    hub = get_object_or_404(Hub.objects.for_staff(request.user, "coordinator"), slug=slug)
    request.shell_hub = hub
    return hub


@require_safe
@login_required
def desk_members(request: MemberRequest, hub: str) -> HttpResponse:
    """The members of a hub, with search."""
    mine = my_hub(request, hub)
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    page = Paginator(members_of(mine, words), PER_PAGE).get_page(request.GET.get("page"))
    response = render(
        request, "members/desk_members.html", {"hub": mine, "page": page, "words": words}
    )
    add_never_cache_headers(response)
    return response


@require_POST
@login_required
def desk_code_issue(request: MemberRequest, hub: str, member: int) -> HttpResponse:
    """Give a member a sign-in code, then show it."""
    mine = my_hub(request, hub)
    person = get_object_or_404(Member.objects.visible_to(request.user), pk=member)
    try:
        issue_sign_in_code(member=request.user, to=person, hub=mine)
    except Refused:
        raise Http404 from None
    response = HttpResponse(status=303)
    response["Location"] = reverse("members:desk_code", args=[hub, member])
    return response


@require_safe
@login_required
def desk_code(request: MemberRequest, hub: str, member: int) -> HttpResponse:
    """The code that I gave, large, to read out or to print."""
    mine = my_hub(request, hub)
    code = open_code(request.user, mine, member)
    if code is None:
        raise Http404
    values = {"hub": mine, "given": code, "letters": spaced(code_of(code))}
    response = render(request, "members/desk_code.html", values)
    add_never_cache_headers(response)
    return response
