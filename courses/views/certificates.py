"""The public check page of a certificate, its PDF, and the correction of its name."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.sharing import share
from courses import actions
from courses.actions.certificate_files import print_certificate
from courses.certificate_pdf import qr_svg
from courses.models import Certificate
from courses.queries import certificates as queries
from courses.queries import course_pack
from courses.reading import one_line
from members.errors import Refused
from members.views.answers import FramedRequest, MemberRequest, forms_only, see_other

from .catalogue import languages_of
from .pages import member_of
from .tries import SECONDS, may_try, note_try

SHOWN_LENGTH = 40


@require_safe
def certificate_check(request: FramedRequest) -> HttpResponse:
    """Where one types the code of a certificate on paper."""
    typed = one_line(request.GET.get("code", ""))[:SHOWN_LENGTH]
    if code := queries.clean_code(typed):
        return redirect("courses:certificate", code=code)
    request.page_languages = languages_of("courses:certificate_check")
    return share(render(request, "courses/certificate_check.html", {"typed": typed}))


@require_safe
def certificate(request: FramedRequest, code: str) -> HttpResponse:
    """Valid, withdrawn with the reason, or unknown. Who tries many unknown codes must wait."""
    if not may_try(request):
        return too_many(request)
    found = queries.certificate_by_code(code)
    if found is None:
        note_try(request)
        return unknown(request, code)
    return show_certificate(request, found)


def too_many(request: FramedRequest) -> HttpResponse:
    """After many unknown codes from one place: a while of rest."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(SECONDS)
    return hidden(response)


def unknown(request: FramedRequest, code: str) -> HttpResponse:
    """A code that no certificate has, whether it never had one or was typed wrongly."""
    request.page_languages = languages_of("courses:certificate_check")
    typed = one_line(code)[:SHOWN_LENGTH]
    return hidden(render(request, "courses/certificate_unknown.html", {"typed": typed}, status=404))


def show_certificate(
    request: FramedRequest,
    found: Certificate,
    *,
    status: int = 200,
    typed: str = "",
    error: str = "",
) -> HttpResponse:
    """The check page; the person named on it can print, share and correct it."""
    member = member_of(request)
    is_mine = member is not None and found.member_id == member.pk
    course = course_pack(found.course_id.hex) if is_mine else None
    address = queries.check_address(found)
    request.shell_hub = found.hub
    request.page_languages = languages_of("courses:certificate", found.code)
    request.page_address = reverse("courses:certificate", args=[found.code])
    context = {
        "certificate": found,
        "withdrawal": getattr(found, "withdrawal", None),
        "place": queries.place_words(found),
        "facts": queries.fact_rows(found),
        "code": queries.shown_code(found.code),
        "address": address,
        "qr": qr_svg(address),
        "is_mine": is_mine,
        "course_url": course.url if course else "",
        "typed": typed if error else found.name,
        "error": error,
    }
    return hidden(render(request, "courses/certificate.html", context, status=status))


def hidden(response: HttpResponse) -> HttpResponse:
    """An answer that no search engine lists and no cache keeps."""
    response["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(response)
    return response


def own_or_404(request: MemberRequest, code: str) -> Certificate:
    """One's own certificate; somebody else's is like one that is not there."""
    found = queries.certificate_by_code(code)
    if found is None or found.member_id != request.user.pk:
        raise Http404
    return found


@require_safe
@login_required
def certificate_pdf(request: MemberRequest, code: str) -> HttpResponse:
    """One's own certificate as a PDF to print. A withdrawn one has none: its page says why."""
    found = own_or_404(request, code)
    try:
        body = print_certificate(member=request.user, certificate=found)
    except Refused:
        return redirect("courses:certificate", code=found.code)
    response = HttpResponse(body, content_type="application/pdf")
    name = slugify(found.course_title) or "course"
    response["Content-Disposition"] = f'inline; filename="certificate-{name}.pdf"'
    return hidden(response)


def certificate_address(request: FramedRequest, code: str) -> str:
    """The page of a certificate; where one types a code, when there is nothing of one."""
    clean = queries.clean_code(code)
    if not clean:
        return reverse("courses:certificate_check")
    return reverse("courses:certificate", args=[clean])


@forms_only(certificate_address)
def certificate_rename(request: MemberRequest, code: str) -> HttpResponse:
    """Correct the name on one's own certificate."""
    page = certificate_address(request, code)
    if member_of(request) is None:
        return redirect_to_login(page, reverse("account_login"))
    found = own_or_404(request, code)
    typed = one_line(request.POST.get("name", ""))
    try:
        actions.rename_certificate(member=request.user, certificate=found, name=typed)
    except Refused as refusal:
        return show_certificate(request, found, status=422, typed=typed, error=str(refusal))
    messages.success(request, _("The name is changed. This is how your certificate looks now."))
    return see_other(page)
