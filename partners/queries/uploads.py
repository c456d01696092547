"""Reads about offers as a table: lists that cells name, the export, what an upload lacks."""

from collections.abc import Iterator
from datetime import date

from content.models import Level, Topic
from members.models import Hub
from partners.models import Offer, OfferUpload, Partner
from partners.offering import is_ended
from partners.queries.drafts import read_draft
from partners.sheet import COLUMNS, ERRORS, Lists, cells_of, write_table

AT_ONCE = 200


def lists() -> Lists:
    """The words that cells may use for topics, levels and hubs."""
    return Lists(
        topics=dict(Topic.objects.values_list("slug", "pk")),
        levels=dict(Level.objects.values_list("slug", "pk")),
        hubs=dict(Hub.objects.values_list("slug", "pk")),
    )


def export_table(partner: Partner) -> str:
    """All offers of a partner as a table, in the columns that an upload takes."""
    return write_table(COLUMNS, export_rows(partner))


def export_rows(partner: Partner) -> Iterator[dict[str, str]]:
    """Each offer as cells, the oldest first."""
    known = lists()
    rows = partner.offers.select_related("latest_revision").order_by("made_at", "pk")
    for offer in rows.prefetch_related("dates", "hubs").iterator(AT_ONCE):
        yield cells_of(read_draft(offer), known)


def errors_table(upload: OfferUpload) -> str:
    """The file as it came, with what is wrong in each row in one more column."""
    columns = [*(name for name in upload.header if name != ERRORS), ERRORS]
    return write_table(
        columns,
        ({**row.cells, ERRORS: errors_text(row.errors)} for row in upload.rows.iterator(AT_ONCE)),
    )


def errors_text(errors: dict[str, str]) -> str:
    """What is wrong in a row, in one cell."""
    parts = [words if name == ERRORS else f"{name}: {words}" for name, words in errors.items()]
    return " | ".join(parts)


def to_end(upload: OfferUpload, today: date) -> list[Offer]:
    """The offers on the site with a reference that a full table does not hold any more."""
    if not upload.is_full or upload.state != OfferUpload.State.DONE:
        return []
    kept = {row["reference"] for row in upload.rows.values_list("cells", flat=True)}
    rows = upload.partner.offers.filter(first_published_at__isnull=False).exclude(reference="")
    found = rows.filter(made_at__lte=upload.made_at).order_by("pk")
    return [one for one in found if one.reference not in kept and not is_ended(one, today)]
