"""Offers from a table: checked row by row, sent to the hub once every row is clean.

Each step does some rows in a transaction of its own under the lock of the upload, so it may be
killed at any moment, run twice, or run twice at once: what is done is done, the rest follows.
"""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members import outbox
from members.errors import Refused
from members.models import Member
from partners.models import Offer, OfferReview, OfferUpload, Partner, UploadRow
from partners.offering import NOTHING, changed, missing, problems
from partners.queries.drafts import read_draft, today_of
from partners.queries.uploads import lists, to_end
from partners.sheet import DATES, ERRORS, KEY, Lists, parse, read_table

from .offers import end_offer, make_offer, refuse_unless_writing
from .organisations import lock_partner
from .sending import refuse_closed, submit
from .telling import tell_hub
from .texts import clean_dates, clean_values, lock_both, write_text
from .words import clean_length

State, Step = OfferUpload.State, UploadRow.Step
CHECK_AT_ONCE, WRITE_AT_ONCE = 50, 10
# In which column it is said that one of the nine is missing.
COLUMN_OF = {"where": "mode", "when": "from_on", "apply": "apply_by"}


@transaction.atomic
def start_upload(
    *,
    member: Member,
    partner: Partner,
    key: uuid.UUID,
    name: str,
    data: bytes,
    is_full: bool = False,
    now: datetime | None = None,
) -> OfferUpload:
    """Take a table in; a worker checks it. Nothing of it is written yet. One key makes one."""
    row = lock_partner(partner)
    refuse_unless_writing(member, row)
    header, lines = read_table(data)
    values = {
        "partner": row,
        "made_by": member,
        "name": clean_length(name[-120:], 120, "name"),
        "is_full": is_full,
        "header": header,
        "total": len(lines),
        "made_at": now or timezone.now(),
    }
    upload, is_new = OfferUpload.objects.get_or_create(key=key, defaults=values)
    if upload.partner_id != row.pk:
        raise Refused(_("Somebody else has sent this already. Please begin again."))
    if is_new:
        UploadRow.objects.bulk_create(
            [
                UploadRow(upload=upload, number=number, cells=cells)
                for number, cells in enumerate(lines, 1)
            ],
            batch_size=500,
        )
        owe(upload, "check")
    return upload


def owe(upload: OfferUpload, step: str) -> None:
    """Let a worker do a step."""
    outbox.put(
        effect=f"partners.{step}_upload",
        key=f"upload:{upload.pk}:{step}",
        payload={"upload": upload.pk},
    )


def lock_upload(upload: OfferUpload) -> OfferUpload:
    """An upload, locked until the transaction ends; its partner is locked before."""
    lock_partner(Partner(pk=upload.partner_id))
    rows = OfferUpload.objects.select_for_update(of=("self",))
    return rows.select_related("partner__hub", "made_by").get(pk=upload.pk)


def check_upload(*, upload: OfferUpload, now: datetime | None = None) -> OfferUpload:
    """Look at every row that nobody has looked at yet."""
    now, known = now or timezone.now(), lists()
    while check_some(upload, known, now):
        pass
    return OfferUpload.objects.get(pk=upload.pk)


@transaction.atomic
def check_some(upload: OfferUpload, known: Lists, now: datetime) -> bool:
    """Look at the next rows; says whether there were some."""
    row = lock_upload(upload)
    if row.state != State.CHECKING:
        return False
    found = list(row.rows.filter(step=Step.NEW)[:CHECK_AT_ONCE])
    today = today_of(row.partner.hub, now)
    offers, seen = known_offers(row.partner, found), earlier(row, found)
    for one in found:
        one.errors = errors_of(one, offers, seen, known, today)
        seen.add(one.cells[KEY])
        one.step = Step.WRONG if one.errors else Step.CLEAN
    UploadRow.objects.bulk_update(found, ["errors", "step"])
    row.done += len(found)
    row.wrong += sum(bool(one.errors) for one in found)
    row.state = State.CHECKING if found else State.CHECKED
    row.save(update_fields=["done", "wrong", "state"])
    return bool(found)


def earlier(upload: OfferUpload, rows: list[UploadRow]) -> set[str]:
    """The references in the rows before some rows."""
    before = upload.rows.filter(number__lt=rows[0].number) if rows else upload.rows.none()
    return {cells[KEY] for cells in before.values_list("cells", flat=True)}


def known_offers(partner: Partner, rows: list[UploadRow]) -> dict[str, Offer]:
    """The offers that some rows are about, by their reference."""
    names = [one.cells[KEY] for one in rows if one.cells[KEY]]
    found = partner.offers.filter(reference__in=names).select_related("latest_revision")
    return {one.reference: one for one in found}


def errors_of(
    row: UploadRow, offers: Mapping[str, Offer], seen: set[str], known: Lists, today: date
) -> dict[str, str]:
    """What is wrong in a row, by column."""
    parsed = parse(row.cells, known)
    errors = dict(parsed.errors)
    if row.cells[KEY] and row.cells[KEY] in seen:
        errors[KEY] = _("This reference is in an earlier row too.")
    try:
        values, dates = taken(parsed.values)
    except Refused as refusal:
        return {refusal.field: refusal.reason, **errors}
    before = read_draft(offers[row.cells[KEY]]) if row.cells[KEY] in offers else NOTHING
    text = {**before, **values, **({DATES: dates} if dates is not None else {})}
    for group in missing(text):
        errors.setdefault(COLUMN_OF.get(group, group), _("This is missing."))
    for name, words in problems(text, today).items():
        errors.setdefault(name, words)
    return errors


def taken(values: Mapping[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]] | None]:
    """Values as an offer stores them, and its more dates."""
    plain = {name: value for name, value in values.items() if name != DATES}
    return clean_values(plain), clean_dates(values[DATES]) if DATES in values else None


@transaction.atomic
def apply_upload(
    *, member: Member, upload: OfferUpload, now: datetime | None = None
) -> OfferUpload:
    """Let a worker send the offers of a table to the hub. Refused while a row is not clean."""
    row = lock_upload(upload)
    refuse_unless_writing(member, row.partner)
    if row.state in (State.WRITING, State.DONE):
        return row
    if row.state != State.CHECKED:
        raise Refused(_("This table is not checked yet."))
    if row.wrong:
        raise Refused(_("Some rows are not right yet. Mend them, then send the table again."))
    refuse_closed(row.partner)
    row.state, row.done, row.made_by = State.WRITING, 0, member
    row.save(update_fields=["state", "done", "made_by"])
    owe(row, "write")
    return row


def write_upload(*, upload: OfferUpload, now: datetime | None = None) -> OfferUpload:
    """Write every clean row as an offer, and send it to the hub."""
    now, known = now or timezone.now(), lists()
    while write_some(upload, known, now):
        pass
    return OfferUpload.objects.get(pk=upload.pk)


@transaction.atomic
def write_some(upload: OfferUpload, known: Lists, now: datetime) -> bool:
    """Write the next rows; says whether there were some. The last step tells the hub once."""
    row = lock_upload(upload)
    if row.state != State.WRITING:
        return False
    found = list(row.rows.filter(step=Step.CLEAN)[:WRITE_AT_ONCE]) if row.made_by else []
    for one in found:
        write_row(row, one, known, now)
    row.done += len(found)
    row.wrong += sum(one.step == Step.WRONG for one in found)
    if not found:
        row.state, row.finished_at = State.DONE, now
        tell_done(row, now)
    row.save(update_fields=["done", "wrong", "state", "finished_at"])
    return bool(found)


def write_row(upload: OfferUpload, row: UploadRow, known: Lists, now: datetime) -> None:
    """Write one row. What has changed since it was checked is said in the row."""
    try:
        with transaction.atomic():
            row.offer = write_offer(upload, row, known, now)
            row.step = Step.WRITTEN
    except Refused as refusal:
        row.step, row.errors = Step.WRONG, {refusal.field or ERRORS: refusal.reason}
    row.save(update_fields=["offer", "step", "errors"])


def write_offer(upload: OfferUpload, row: UploadRow, known: Lists, now: datetime) -> Offer:
    """The offer of a row, with its text, sent to the hub if it is another one than before."""
    member = upload.made_by
    assert member is not None
    refuse_unless_writing(member, upload.partner)
    values, dates = taken(parse(row.cells, known).values)
    found = upload.partner.offers.filter(reference=row.cells[KEY]).first()
    if found is None:
        key = uuid.uuid5(upload.key, str(row.number))
        found, _is_new = make_offer(member, upload.partner, key, now)
    offer = lock_both(found)
    before = read_draft(offer)
    text = {**before, **values, **({DATES: dates} if dates is not None else {})}
    write_text(offer, text, member, now)
    if changed(before, text) or offer.first_published_at is None:
        submit(offer, member, now)
    return offer


def tell_done(upload: OfferUpload, now: datetime) -> None:
    """Tell the hub once how many offers of a table wait for it."""
    offers = upload.rows.filter(step=Step.WRITTEN).values("offer")
    waiting = OfferReview.objects.waiting().filter(offer__in=offers, is_after_check=False)
    count = waiting.count()
    if count:
        words = partial(done_words, upload.partner, count)
        tell_hub(upload.partner, f"upload:{upload.pk}", words, now, but=upload.made_by)


def done_words(partner: Partner, count: int) -> str:
    """That many texts wait."""
    return _("%(partner)s sent a table. Offers that wait for you: %(count)s.") % {
        "partner": partner.name,
        "count": count,
    }


@transaction.atomic
def drop_upload(*, member: Member, upload: OfferUpload) -> OfferUpload:
    """Throw a table away of which nothing was written."""
    row = lock_upload(upload)
    refuse_unless_writing(member, row.partner)
    if row.state in (State.WRITING, State.DONE):
        raise Refused(_("This table is being written already."))
    row.state = State.DROPPED
    row.save(update_fields=["state"])
    row.rows.all().delete()
    return row


@transaction.atomic
def end_missing(
    *, member: Member, upload: OfferUpload, keys: list[int], now: datetime | None = None
) -> int:
    """End those offers that a full table does not hold any more and that a person has chosen.
    Says how many."""
    row = lock_upload(upload)
    refuse_unless_writing(member, row.partner)
    now = now or timezone.now()
    today = today_of(row.partner.hub, now)
    found = [one for one in to_end(row, today) if one.pk in set(keys)]
    for offer in found:
        end_offer(member=member, offer=offer, now=now)
    return len(found)
