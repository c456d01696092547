"""Search over courses, lessons, hubs and pages."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from content.sharing import share
from courses.finding import clean
from courses.queries.search import search as search_pages
from courses.views.catalogue import languages_of
from courses.views.pages import member_of
from members.views.answers import FramedRequest


@require_safe
def search(request: FramedRequest) -> HttpResponse:
    """What fits the words, the best first. Without words: only the field."""
    query = clean(request.GET.get("q", ""))
    results = search_pages(query, member_of(request)) if query else None
    request.page_languages = languages_of("hub:search", query={"q": query} if query else None)
    return share(render(request, "hub/search.html", {"query": query, "results": results}))
