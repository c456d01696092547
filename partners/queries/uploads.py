"""Reads about offers as a table: lists that cells name, the export, what an upload lacks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from content.models import Level, Topic
from members.models import Hub
from partners.models import Offer, OfferUpload, Partner, UploadRow
from partners.offering import is_ended
from partners.queries.drafts import read_draft
from partners.sheet import COLUMNS, ERRORS, KEY, Lists, cells_of, write_table

AT_ONCE, A_PAGE, NEWEST = 200, 30, 10
State = OfferUpload.State


@dataclass(frozen=True)
class WrongRow:
    """A row that is not right: which one it is, and what to mend."""

    number: int
    name: str
    errors: list[tuple[str, str]]


@dataclass(frozen=True)
class UploadPage:
    """One table that came in: how far it is, and what comes next."""

    upload: OfferUpload
    page: Page
    rows: list[WrongRow]
    lacking: list[Offer]
    written: int

    @property
    def is_running(self) -> bool:
        """Whether a worker is on it."""
        return self.upload.state in (State.CHECKING, State.WRITING)

    @property
    def is_clean(self) -> bool:
        """Whether all rows are right, and it waits for the partner's word."""
        return self.upload.state == State.CHECKED and not self.upload.wrong and self.is_some

    @property
    def is_wrong(self) -> bool:
        """Whether the partner has to mend some rows first."""
        return self.upload.state == State.CHECKED and bool(self.upload.wrong)

    @property
    def is_some(self) -> bool:
        """Whether there is a row at all."""
        return bool(self.upload.total)


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
    if not upload.is_full or upload.state != State.DONE:
        return []
    kept = {row[KEY] for row in upload.rows.values_list("cells", flat=True)}
    rows = upload.partner.offers.filter(first_published_at__isnull=False).exclude(reference="")
    found = rows.filter(made_at__lte=upload.made_at).order_by("pk")
    return [one for one in found if one.reference not in kept and not is_ended(one, today)]


def newest_uploads(partner: Partner) -> list[OfferUpload]:
    """The tables that came in last."""
    return list(partner.uploads.exclude(state=State.DROPPED)[:NEWEST])


def upload_page(upload: OfferUpload, number: int, today: date) -> UploadPage:
    """How far a table is, a page of its rows that are not right, and the offers it lacks."""
    page = Paginator(upload.rows.filter(step=UploadRow.Step.WRONG), A_PAGE).get_page(number)
    return UploadPage(
        upload=upload,
        page=page,
        rows=[wrong_row(row) for row in page.object_list],
        lacking=to_end(upload, today),
        written=upload.rows.filter(step=UploadRow.Step.WRITTEN).count(),
    )


def wrong_row(row: UploadRow) -> WrongRow:
    """One row as it is shown. The line of the columns is the first of the file."""
    name = row.cells.get("title") or row.cells[KEY]
    return WrongRow(
        number=row.number + 1,
        name=name[:80],
        errors=[("" if column == ERRORS else column, said) for column, said in row.errors.items()],
    )
