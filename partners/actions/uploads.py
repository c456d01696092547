"""Offers from a table: checked row by row, sent to the hub once every row is clean.

Each step does some rows in a transaction of its own under the lock of the upload, so it may be
killed at any moment, run twice, or run twice at once: what is done is done, the rest follows.
"""

import uuid
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members import outbox
from members.errors import Refused
from members.models import Member
from partners.models import Offer, OfferReview, OfferUpload, Partner, UploadRow
from partners.offering import differing
from partners.queries.drafts import read_draft, today_of
from partners.queries.uploads import lists, offers_by_name, to_end
from partners.sheet import ERRORS, KEY, Lists, is_same, read_table

from .offers import end_offer, make_offer, refuse_unless_writing
from .organisations import lock_partner
from .rows import keys_of, look_at, read_row, written_over
from .sending import refuse_closed, submit
from .telling import tell_hub
from .texts import lock_both, write_text
from .words import clean_length

State, Step = OfferUpload.State, UploadRow.Step
CHECK_AT_ONCE, WRITE_AT_ONCE = 50, 10
LONGEST = 60


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
                UploadRow(upload=upload, number=number, reference=cells[KEY][:LONGEST], cells=cells)
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
    offers = offers_by_name(row.partner, [one.cells[KEY] for one in found])
    for one in found:
        one.offer = offers.get(one.cells[KEY])
    seen = earlier(row, found)
    for one in found:
        one.step, one.errors = look_at(one, seen, known, today)
        seen.update(keys_of(one))
    UploadRow.objects.bulk_update(found, ["errors", "step", "offer"])
    row.done += len(found)
    row.wrong += sum(bool(one.errors) for one in found)
    row.state = State.CHECKING if found else State.CHECKED
    row.save(update_fields=["done", "wrong", "state"])
    return bool(found)


def earlier(upload: OfferUpload, rows: list[UploadRow]) -> set[str]:
    """Which names of some rows are in rows before them: only those are looked for."""
    names = sorted({name for one in rows for name in keys_of(one)})
    before = upload.rows.filter(reference__in=names, number__lt=rows[0].number if rows else 0)
    return set(before.values_list("reference", flat=True))


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
    row.state, row.made_by = State.WRITING, member
    row.done = row.rows.filter(step=Step.SAME).count()
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
    clean = row.rows.filter(step=Step.CLEAN).select_related("offer")
    found = list(clean[:WRITE_AT_ONCE]) if row.made_by else []
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
            row.offer, row.step = write_offer(upload, row, known, now)
    except Refused as refusal:
        row.step, row.errors = Step.WRONG, {refusal.field or ERRORS: refusal.reason}
    row.save(update_fields=["offer", "step", "errors"])


def write_offer(
    upload: OfferUpload, row: UploadRow, known: Lists, now: datetime
) -> tuple[Offer, str]:
    """The offer of a row, with its text, sent to the hub if what counts of it is new."""
    member = upload.made_by
    assert member is not None
    refuse_unless_writing(member, upload.partner)
    refuse_closed(upload.partner)
    name = row.cells[KEY]
    found = row.offer or offers_by_name(upload.partner, [name]).get(name)
    row.offer = lock_both(found) if found else None
    values = read_row(row, known).values
    key = uuid.uuid5(upload.key, str(row.number))
    offer = row.offer or lock_both(make_offer(member, upload.partner, key, now)[0])
    before = read_draft(offer)
    text = written_over(before, values)
    if found and is_same(before, text, known):
        return offer, Step.SAME
    write_text(offer, text, member, now)
    if found is None or differing(before, text):
        submit(offer, member, now)
    return offer, Step.WRITTEN


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
    found = list(to_end(row, today_of(row.partner.hub, now)).filter(pk__in=keys))
    for offer in found:
        end_offer(member=member, offer=offer, now=now)
    return len(found)
