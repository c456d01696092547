"""Small things that the member-facing views of mentorship share."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation.trans_real import parse_accept_lang_header

from members.models import Member
from mentorship.forms.fields import spoken_in


def private(response: HttpResponse) -> HttpResponse:
    """An answer that belongs to one person and is asked for anew each time."""
    add_never_cache_headers(response)
    return response


def sign_in_to(name: str) -> HttpResponse:
    """Ask a visitor to sign in, and go on at a page that can be looked at."""
    return redirect_to_login(reverse(name), reverse("account_login"))


def spoken_by(request: HttpRequest, member: Member | None) -> list[str]:
    """Languages that a person probably speaks: the own one first, then those of the browser."""
    accepted = parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
    own = (member.language if member else "") or get_language() or "en"
    return spoken_in([own, *(code for code, _weight in accepted)])
