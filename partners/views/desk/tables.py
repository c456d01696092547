"""Many offers at once: a table out, a table in, what is wrong in it, and how far it is."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from courses.views.desk.learners import done
from members.views.answers import MemberRequest, see_other
from partners import actions
from partners.forms.paging import PageNumberForm
from partners.forms.table import EndForm, TableForm
from partners.models import OfferUpload, Partner
from partners.queries.uploads import (
    errors_table,
    export_table,
    first_to_end,
    newest_uploads,
    upload_page,
)

from .access import for_writers, key_of, posted, step


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def partner_table(request: MemberRequest, partner: Partner) -> HttpResponse:
    """Take the table of all offers, or send one. It is checked before anything is written."""
    if request.method != "POST":
        return show_table(request, partner, TableForm())
    form, key = TableForm(request.POST, request.FILES), key_of(request)

    def start() -> None:
        actions.start_upload(member=request.user, partner=partner, key=key, **form.values())

    if not done(form, start):
        return show_table(request, partner, form)
    return see_other(page_of(partner, key))


def show_table(request: MemberRequest, partner: Partner, form: TableForm) -> HttpResponse:
    """The page with the form; what was refused says why."""
    context = {
        "partner": partner,
        "form": form,
        "key": key_of(request),
        "uploads": newest_uploads(partner),
    }
    status = 422 if form.errors else 200
    return render(request, "partners/desk/table.html", context, status=status)


def page_of(partner: Partner, key: uuid.UUID) -> str:
    """The page of one table that came in."""
    return reverse("partners:partner_upload", args=[partner.slug, key])


def upload_of(partner: Partner, key: uuid.UUID) -> OfferUpload:
    """A table that this partner sent; else 404."""
    return get_object_or_404(partner.uploads, key=key)


@require_safe
@for_writers
def partner_table_file(request: MemberRequest, partner: Partner) -> HttpResponse:
    """The offers as a table, in the columns that an upload takes."""
    return table_file(export_table(partner, timezone.localdate()), f"{partner.slug}-offers.csv")


def table_file(text: str, name: str) -> HttpResponse:
    """A table to keep. Its first mark tells a spreadsheet how the letters are written."""
    answer = HttpResponse(f"\ufeff{text}", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
@for_writers
def partner_upload(request: MemberRequest, partner: Partner, upload: uuid.UUID) -> HttpResponse:
    """How far a table is, what is wrong in it, and what comes next."""
    number = PageNumberForm(request.GET).number()
    row = upload_of(partner, upload)
    context = {
        "partner": partner,
        "upload": row,
        "found": upload_page(row, number, timezone.localdate()),
    }
    return render(request, "partners/desk/upload.html", context)


@require_safe
@for_writers
def partner_upload_file(
    request: MemberRequest, partner: Partner, upload: uuid.UUID
) -> HttpResponse:
    """The table as it came, with a column that says what is wrong in each row."""
    return table_file(errors_table(upload_of(partner, upload)), f"{partner.slug}-errors.csv")


@posted
@for_writers
def partner_upload_send(
    request: MemberRequest, partner: Partner, upload: uuid.UUID
) -> HttpResponse:
    """Send the offers of a clean table to the hub."""
    row = upload_of(partner, upload)
    return step(
        request,
        lambda: actions.apply_upload(member=request.user, upload=row),
        _("Your offers are on their way to the hub."),
        page_of(partner, upload),
    )


@posted
@for_writers
def partner_upload_drop(
    request: MemberRequest, partner: Partner, upload: uuid.UUID
) -> HttpResponse:
    """Throw a table away of which nothing was written."""
    row = upload_of(partner, upload)
    return step(
        request,
        lambda: actions.drop_upload(member=request.user, upload=row),
        _("The table is gone. Your offers are as they were."),
        reverse("partners:partner_table", args=[partner.slug]),
    )


@posted
@for_writers
def partner_upload_end(request: MemberRequest, partner: Partner, upload: uuid.UUID) -> HttpResponse:
    """End the chosen ones of those offers that a full table does not hold any more."""
    row = upload_of(partner, upload)
    known = [one.pk for one in first_to_end(row, timezone.localdate())]
    keys = EndForm(request.POST, keys=known).chosen()
    count = actions.end_missing(member=request.user, upload=row, keys=keys)
    words = ngettext("%(count)s offer has ended.", "%(count)s offers have ended.", count)
    messages.success(request, words % {"count": count})
    return see_other(page_of(partner, upload))
