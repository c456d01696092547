"""My notices."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from ..actions import mark_notices_read
from ..models import Notice
from .answers import MemberRequest, see_other

PER_PAGE = 30


@login_required
def notices(request: MemberRequest) -> HttpResponse:
    """What I have been told. A POST marks all of it as read."""
    if request.method == "POST":
        mark_notices_read(member=request.user)
        return see_other(reverse("members:notices"))
    told = Paginator(Notice.objects.for_member(request.user), PER_PAGE)
    page = told.get_page(request.GET.get("page"))
    response = render(request, "members/notices.html", {"page": page})
    add_never_cache_headers(response)
    return response
