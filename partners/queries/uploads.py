"""Reads about offers as a table: lists that cells name, the export, what an upload lacks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from content.models import Level, Topic
from members.models import Hub
from partners.models import Offer, OfferUpload, Partner, UploadRow
from partners.queries.desk import offer_rows
from partners.queries.drafts import read_draft
from partners.sheet import COLUMNS, ERRORS, KEY, Lists, cells_of, id_of, write_table

AT_ONCE, A_PAGE, NEWEST, MOST_LACKING = 200, 30, 10, 100
State, Step = OfferUpload.State, UploadRow.Step


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
    lacking_count: int
    written: int
    same: int

    @property
    def fresh(self) -> int:
        """How many rows say something new."""
        return self.upload.total - self.same

    @property
    def may_go_on(self) -> bool:
        """Whether there is something to send, or to end."""
        return bool(self.fresh) or self.upload.is_full

    @property
    def is_cut(self) -> bool:
        """Whether more offers are lacking than are shown at once."""
        return self.lacking_count > len(self.lacking)

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


def export_table(partner: Partner, today: date) -> str:
    """The offers of a partner as a table, in the columns that an upload takes."""
    return write_table(COLUMNS, export_rows(partner, today))


def export_rows(partner: Partner, today: date) -> Iterator[dict[str, str]]:
    """Each offer that has not ended as cells, the oldest first."""
    known = lists()
    rows = partner.offers.select_related("latest_revision").order_by("made_at", "pk")
    found = rows.prefetch_related("dates", "hubs").iterator(AT_ONCE)
    while some := list(islice(found, AT_ONCE)):
        for row in offer_rows(some, today):
            if not row.is_over:
                cells = cells_of(read_draft(row.offer), known)
                yield {**cells, KEY: names_of(row.offer)[0]}


def names_of(offer: Offer) -> list[str]:
    """What names an offer in a table, the name that goes out first: its reference, if it has one,
    and its id. The id is written in full, as a shorter one can look like a number."""
    return [name for name in (offer.reference, str(offer.uuid)) if name]


def offers_by_name(partner: Partner, names: Sequence[str]) -> dict[str, Offer]:
    """The offers of a partner that some keys name. A reference goes before an id."""
    rows = partner.offers.select_related("latest_revision")
    named = rows.exclude(reference="").filter(reference__in=names)  # as its index has it
    found = {offer.reference: offer for offer in named}
    ids = [key for key in map(id_of, names) if key is not None]
    by_id = {str(offer.uuid): offer for offer in rows.filter(uuid__in=ids)} if ids else {}
    return {**by_id, **found}


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


def to_end(upload: OfferUpload, today: date) -> QuerySet[Offer]:
    """The offers on the site that a full table does not hold any more."""
    rows = upload.partner.offers.filter(live=True, ended_at__isnull=True, ends_on__gte=today)
    if not upload.is_full or upload.state != State.DONE:
        return rows.none()
    kept = upload.rows.filter(offer__isnull=False).values("offer")
    return rows.filter(made_at__lte=upload.made_at).exclude(pk__in=kept).order_by("pk")


def first_to_end(upload: OfferUpload, today: date) -> list[Offer]:
    """As many of them as are shown at once; the others come when these have ended."""
    return list(to_end(upload, today)[:MOST_LACKING])


def newest_uploads(partner: Partner) -> list[OfferUpload]:
    """The tables that came in last."""
    return list(partner.uploads.exclude(state=State.DROPPED)[:NEWEST])


def upload_page(upload: OfferUpload, number: int, today: date) -> UploadPage:
    """How far a table is, a page of its rows that are not right, and the offers it lacks."""
    page = Paginator(upload.rows.filter(step=Step.WRONG), A_PAGE).get_page(number)
    steps = upload.rows.order_by().values_list("step").annotate(count=Count("pk"))
    counts = dict(steps.filter(step__in=(Step.WRITTEN, Step.SAME)))
    lacking = first_to_end(upload, today)
    is_cut = len(lacking) == MOST_LACKING
    return UploadPage(
        upload=upload,
        page=page,
        rows=[wrong_row(row) for row in page.object_list],
        lacking=lacking,
        lacking_count=to_end(upload, today).count() if is_cut else len(lacking),
        written=counts.get(Step.WRITTEN, 0),
        same=counts.get(Step.SAME, 0),
    )


def wrong_row(row: UploadRow) -> WrongRow:
    """One row as it is shown. The line of the columns is the first of the file."""
    name = row.cells.get("title") or row.cells[KEY]
    return WrongRow(
        number=row.number + 1,
        name=name[:80],
        errors=[("" if column == ERRORS else column, said) for column, said in row.errors.items()],
    )
