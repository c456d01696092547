"""A clean table becomes offers, by steps that may be stopped."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Revision

from content.models import Topic
from members import outbox
from members.models import OutboxRow
from partners import actions
from partners.actions import uploads
from partners.models import Offer, OfferReview, OfferUpload, Partner
from partners.queries import uploads as uploads_read
from partners.queries.uploads import export_table, lists, to_end
from partners.sheet import COLUMNS
from tests.partners.offers_cast import (
    NOT_YOURS,
    NOW,
    TODAY,
    fresh,
    key,
    make_site,
    published,
    refused,
    text,
    told,
)
from tests.partners.upload_cast import checked, done, errors, facts, row, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> SimpleNamespace:
    return make_site()


def test_a_clean_table_becomes_offers_that_wait(site: SimpleNamespace) -> None:
    Topic.objects.create(slug="metal", name="Metal")
    upload = checked(
        site,
        row("A1", topic="metal", dates="2026-07-01 @ Valley"),
        row("A2", topic="", dates=""),
    )
    assert facts(upload) == ("checked", 2, 2, 0)
    assert not Offer.objects.exists()
    for member in (site.vic, site.otto, site.reviewer):
        got = refused(actions.apply_upload, member=member, upload=upload)
        assert got == (NOT_YOURS, "")
    for _twice in range(2):
        actions.apply_upload(member=site.anna, upload=upload, now=NOW)
        upload = actions.write_upload(upload=upload, now=NOW)
    assert facts(upload) == ("done", 2, 2, 0)
    assert upload.finished_at == NOW
    offers = list(Offer.objects.order_by("reference"))
    assert [(one.reference, one.live, one.made_by) for one in offers] == [
        ("A1", False, site.anna),
        ("A2", False, site.anna),
    ]
    assert text(offers[0])["dates"][0]["place"] == "Valley"
    assert OfferReview.objects.waiting().count() == 2
    assert told(site.reviewer) == ["Harbour College sent a table. Offers that wait for you: 2."]
    assert [one.offer_id for one in upload.rows.all()] == [one.pk for one in offers]


def test_the_same_table_again_changes_nothing(site: SimpleNamespace) -> None:
    done(site, row("A1"), row("A2"))
    before = (Offer.objects.count(), OfferReview.objects.count(), Revision.objects.count())
    upload = done(site, row("A1"), row("A2"), key=key(51))
    assert facts(upload) == ("done", 2, 2, 0)
    assert (Offer.objects.count(), OfferReview.objects.count(), Revision.objects.count()) == before
    done(site, row("A1", title="Other"), key=key(52))
    assert OfferReview.objects.waiting().count() == 2
    assert Offer.objects.count() == 2


def test_a_row_changes_the_offer_of_its_reference_only(site: SimpleNamespace) -> None:
    offer = published(site, reference="A1", seats=3)
    other = actions.begin_offer(member=site.otto, partner=site.other_partner, key=key(9))
    actions.save_offer(member=site.otto, offer=other, values={"reference": "A1"})
    upload = done(site, {"reference": "A1", "title": "New words"})
    assert facts(upload) == ("done", 1, 1, 0)
    assert (text(offer)["title"], text(offer)["seats"]) == ("New words", 3)
    assert (fresh(offer).title, text(other)["title"]) == ("Welding for beginners", "")
    assert OfferReview.objects.waiting().get().offer == offer


def test_small_edits_of_a_trusted_partner_go_live(site: SimpleNamespace) -> None:
    offer = published(site, reference="A1")
    Partner.objects.filter(pk=site.partner.pk).update(clean_approvals=5)
    before = told(site.reviewer)
    done(site, {"reference": "A1", "seats": "8"})
    assert fresh(offer).seats == 8
    assert told(site.reviewer) == before


def test_a_step_that_is_stopped_goes_on_where_it_was(
    site: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "CHECK_AT_ONCE", 2)
    monkeypatch.setattr(uploads, "WRITE_AT_ONCE", 2)
    upload = start(site, *[row(f"A{number}") for number in range(5)])
    assert uploads.check_some(upload, lists(), NOW)
    assert facts(OfferUpload.objects.get()) == ("checking", 5, 2, 0)
    upload = actions.check_upload(upload=upload, now=NOW)
    assert facts(upload) == ("checked", 5, 5, 0)
    actions.apply_upload(member=site.ed, upload=upload, now=NOW)
    assert uploads.write_some(upload, lists(), NOW)
    assert (Offer.objects.count(), OfferUpload.objects.get().done) == (2, 2)
    for _twice in range(2):
        upload = actions.write_upload(upload=upload, now=NOW)
    assert facts(upload) == ("done", 5, 5, 0)
    assert Offer.objects.count() == OfferReview.objects.count() == Revision.objects.count() == 5


@pytest.mark.parametrize("before", [2, 40])
def test_a_step_costs_the_same_however_many_rows_came_before(
    site: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, before: int
) -> None:
    """Of the rows before, only those with the same reference are read, and no cell of them."""
    monkeypatch.setattr(uploads, "CHECK_AT_ONCE", 2)
    rows = [row(f"A{number}") for number in range(before)]
    upload = start(site, *rows, row("A1"), row("B1"))
    for _step in range(before // 2):
        uploads.check_some(upload, lists(), NOW)
    with CaptureQueriesContext(connection) as asked:
        uploads.check_some(upload, lists(), NOW)
    said = [one["sql"] for one in asked.captured_queries]
    [read] = [sql for sql in said if '"number" <' in sql]
    assert ("cells" in read, "'A1', 'B1'" in read) == (False, True)
    assert len([sql for sql in said if sql.startswith("SELECT")]) == 8
    upload = actions.check_upload(upload=upload, now=NOW)
    assert facts(upload) == ("checked", before + 2, before + 2, 1)
    assert [bool(one) for one in errors(upload)] == [False] * before + [True, False]


def test_a_worker_does_both_steps(site: SimpleNamespace, commit: Any) -> None:
    with commit():
        upload = start(site, row("A1", from_on="", is_any_time="yes"), now=None)
    upload.refresh_from_db()
    assert upload.state == "checked"
    with commit():
        actions.apply_upload(member=site.ed, upload=upload)
    upload.refresh_from_db()
    assert facts(upload) == ("done", 1, 1, 0)
    assert not OutboxRow.objects.filter(done_at__isnull=True).exists()
    for name in ("partners.check_upload", "partners.write_upload"):
        outbox.effects[name].run({"upload": upload.pk})
        outbox.effects[name].run({"upload": 0})
    assert Offer.objects.count() == 1


def test_what_a_full_table_lacks_is_proposed_for_ending(site: SimpleNamespace) -> None:
    kept, gone = published(site, 1, reference="A1"), published(site, 2, reference="A2")
    unnamed = published(site, 3)
    part = done(site, {"reference": "A1", "seats": "4"}, key=key(51))
    assert list(to_end(part, TODAY)) == []
    upload = done(site, {"reference": "A1", "seats": "5"}, is_full=True, key=key(52))
    assert list(to_end(upload, TODAY)) == [gone, unnamed]
    values = {"upload": upload, "now": NOW, "keys": [gone.pk, kept.pk]}
    assert refused(actions.end_missing, member=site.vic, **values) == (NOT_YOURS, "")
    none = {**values, "keys": []}
    assert actions.end_missing(member=site.ed, **none) == 0
    assert actions.end_missing(member=site.ed, **values) == 1
    assert actions.end_missing(member=site.ed, **values) == 0
    assert (fresh(gone).live, fresh(kept).live) == (False, True)
    assert list(to_end(upload, TODAY)) == [unnamed]


def test_very_many_that_a_table_lacks_come_in_parts(
    site: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads_read, "MOST_LACKING", 2)
    offers = [published(site, number, reference=f"A{number}") for number in range(1, 6)]
    upload = done(site, row("B1"), is_full=True, key=key(52))

    def page() -> tuple[list[Offer], int, bool]:
        found = uploads_read.upload_page(upload, 1, TODAY)
        return found.lacking, found.lacking_count, found.is_cut

    assert page() == (offers[:2], 5, True)
    values = {"member": site.ed, "upload": upload, "now": NOW}
    assert actions.end_missing(keys=[one.pk for one in offers[:2]], **values) == 2
    assert page() == (offers[2:4], 3, True)
    assert actions.end_missing(keys=[offers[2].pk], **values) == 1
    assert page() == (offers[3:], 2, False)


def test_the_export_is_a_table_that_can_be_sent_again(site: SimpleNamespace) -> None:
    offer = published(site, reference="A1", title="=cmd()")
    data = export_table(site.partner, TODAY)
    assert data.splitlines()[0] == ",".join(COLUMNS)
    assert "'=cmd()" in data
    values = {"member": site.ed, "partner": site.partner, "key": key(50), "name": "x.csv"}
    upload = actions.start_upload(data=data.encode(), now=NOW, **values)
    upload = actions.check_upload(upload=upload, now=NOW)
    assert (errors(upload), upload.state) == ([{}], "checked")
    actions.apply_upload(member=site.ed, upload=upload, now=NOW)
    actions.write_upload(upload=upload, now=NOW)
    assert not fresh(offer).has_unpublished_changes
    assert OfferReview.objects.count() == 1
    assert export_table(site.other_partner, TODAY).splitlines() == [",".join(COLUMNS)]
