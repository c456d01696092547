"""Offers from a table: checked first, written once every row is clean, by steps that may be
stopped."""

import csv
import io
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
from partners.queries.uploads import errors_table, export_table, lists, to_end
from partners.sheet import COLUMNS
from tests.partners.offers_cast import (
    DAY,
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

pytestmark = pytest.mark.django_db
NOT_YOURS = "Only people who write offers for this organisation can do this."
ROW = {
    "title": "Welding",
    "learns": "To weld.",
    "for_whom": "All",
    "kind": "course",
    "mode": "online",
    "from_on": "2026-06-01",
    "cost": "free",
    "apply_by": "form",
    "contact": "Jo",
}


@pytest.fixture
def site() -> SimpleNamespace:
    return make_site()


def table(*rows: dict[str, str]) -> bytes:
    out = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def row(reference: str, **cells: str) -> dict[str, str]:
    return {"reference": reference, **ROW, **cells}


def start(site: SimpleNamespace, *rows: dict[str, str], **values: Any) -> OfferUpload:
    facts = {
        "member": site.ed,
        "partner": site.partner,
        "key": key(50),
        "name": "offers.csv",
        "now": NOW,
        **values,
    }
    return actions.start_upload(data=table(*rows), **facts)


def checked(site: SimpleNamespace, *rows: dict[str, str], **values: Any) -> OfferUpload:
    return actions.check_upload(upload=start(site, *rows, **values), now=NOW)


def done(site: SimpleNamespace, *rows: dict[str, str], **values: Any) -> OfferUpload:
    upload = checked(site, *rows, **values)
    actions.apply_upload(member=site.ed, upload=upload, now=NOW)
    return actions.write_upload(upload=upload, now=NOW)


def errors(upload: OfferUpload) -> list[dict[str, str]]:
    return list(upload.rows.values_list("errors", flat=True))


def facts(upload: OfferUpload) -> tuple[str, int, int, int]:
    return (upload.state, upload.total, upload.done, upload.wrong)


def test_a_table_is_taken_in_once_and_nothing_is_written(site: SimpleNamespace) -> None:
    upload = start(site, row("A1"), row("A2"))
    assert start(site, row("A1"), row("A2"), row("A3")) == upload
    assert facts(OfferUpload.objects.get()) == ("checking", 2, 0, 0)
    assert (upload.name, upload.is_full, upload.made_by) == ("offers.csv", False, site.ed)
    assert list(upload.rows.values_list("number", "step")) == [(1, "new"), (2, "new")]
    owed = OutboxRow.objects.filter(effect="partners.check_upload")
    assert [one.payload for one in owed] == [{"upload": upload.pk}]
    assert not Offer.objects.exists()


def test_others_take_no_table_in(site: SimpleNamespace) -> None:
    for member in (site.vic, site.otto, site.reviewer, site.outsider):
        assert refused(start, site=site, member=member) == (NOT_YOURS, "")
    start(site, row("A1"))
    taken = {"member": site.otto, "partner": site.other_partner}
    with pytest.raises(Exception, match="Somebody else has sent this already"):
        start(site, row("A1"), **taken)


def test_every_row_is_checked_and_its_errors_are_in_the_file(site: SimpleNamespace) -> None:
    rows = [
        row("A1"),
        row("A2", title="", from_on="never", topic="wood"),
        row("", seats="0"),
        row("A1", apply_link="htp:/x"),
        row("A4", title="x" * 121),
        row("A5", from_on="2020-01-01", mode="place"),
    ]
    upload = checked(site, *[{**one, "seats": one.get("seats", "")} for one in rows])
    assert facts(upload) == ("checked", 6, 6, 5)
    assert errors(upload) == [
        {},
        {
            "from_on": "Write the day like 2026-05-31.",
            "topic": "This is not on the list: .",
            "title": "This is missing.",
        },
        {
            "reference": "Write your own reference, so that we know this offer again.",
            "seats": "Write a number from 1 to 100000.",
        },
        {
            "reference": "This reference is in an earlier row too.",
            "apply_link": "Write an address of the open web, like https://www.example.org/course.",
        },
        {"title": "This is too long. Please keep it under 120 letters."},
        {
            "mode": "This is missing.",
            "from_on": "This day is over. Write one to come.",
        },
    ]
    found = list(csv.DictReader(io.StringIO(errors_table(upload))))
    assert [one["title"] for one in found][:2] == ["Welding", ""]
    assert found[0]["ERRORS"] == ""
    assert found[4]["ERRORS"] == "title: This is too long. Please keep it under 120 letters."
    assert found[1]["ERRORS"].count(" | ") == 2
    again = checked(site, *rows)
    assert facts(again) == ("checked", 6, 6, 5)
    got = refused(actions.apply_upload, member=site.ed, upload=upload)
    assert got[0] == "Some rows are not right yet. Mend them, then send the table again."
    assert not Offer.objects.exists()


def test_all_that_is_wrong_in_a_row_is_said_at_once(site: SimpleNamespace) -> None:
    """Also where some of it can be stored and some cannot."""
    long = "This is too long. Please keep it under 120 letters."
    kinds = "course, workshop, placement, apprenticeship, scholarship, open_day"
    wrong = row("A1", kind="evening", title="x" * 121, learns="", seats="many")
    assert errors(checked(site, wrong, row("A1", title="x" * 121))) == [
        {
            "kind": f"Write one of these: {kinds}.",
            "title": long,
            "learns": "This is missing.",
            "seats": "Write a whole number.",
        },
        {"title": long, "reference": "This reference is in an earlier row too."},
    ]


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


def test_what_changed_since_the_check_is_said_in_its_row(site: SimpleNamespace) -> None:
    upload = checked(site, row("A1"), row("A2", from_on="2026-06-01"))
    actions.apply_upload(member=site.ed, upload=upload, now=NOW)
    upload = actions.write_upload(upload=upload, now=NOW + 60 * DAY)
    assert facts(upload) == ("done", 2, 2, 2)
    assert errors(upload) == [{"from_on": "This day is over. Write one to come."}] * 2
    assert not Offer.objects.exists()
    assert told(site.reviewer) == []


def test_rights_that_were_lost_meanwhile(site: SimpleNamespace) -> None:
    upload = checked(site, row("A1"))
    actions.apply_upload(member=site.ed, upload=upload, now=NOW)
    site.ed.partner_roles.update(role="viewer")
    upload = actions.write_upload(upload=upload, now=NOW)
    assert errors(upload) == [{"ERRORS": NOT_YOURS}]
    second = checked(site, row("A2"), member=site.anna, key=key(51))
    actions.apply_upload(member=site.anna, upload=second, now=NOW)
    OfferUpload.objects.filter(pk=second.pk).update(made_by=None)
    assert facts(actions.write_upload(upload=second, now=NOW)) == ("done", 1, 0, 0)
    assert not Offer.objects.exists()


def test_a_partner_that_was_declined_meanwhile(site: SimpleNamespace) -> None:
    upload = checked(site, row("A1"))
    actions.apply_upload(member=site.ed, upload=upload, now=NOW)
    Partner.objects.filter(pk=site.partner.pk).update(state="declined")
    upload = actions.write_upload(upload=upload, now=NOW)
    words = "The hub takes no offers of your organisation at the moment."
    assert (facts(upload), errors(upload)) == (("done", 1, 1, 1), [{"ERRORS": words}])
    assert not Offer.objects.exists()


def test_states_in_which_a_table_is_not_sent_or_dropped(site: SimpleNamespace) -> None:
    upload = start(site, row("A1"))
    assert refused(actions.apply_upload, member=site.ed, upload=upload)[0] == (
        "This table is not checked yet."
    )
    assert actions.write_upload(upload=upload, now=NOW).state == "checking"
    assert refused(actions.drop_upload, member=site.vic, upload=upload) == (NOT_YOURS, "")
    for _twice in range(2):
        assert actions.drop_upload(member=site.ed, upload=upload).state == "dropped"
    assert not upload.rows.exists()
    assert actions.check_upload(upload=upload, now=NOW).state == "dropped"
    Partner.objects.filter(pk=site.partner.pk).update(state="paused")
    second = checked(site, row("A1"), key=key(51))
    assert refused(actions.apply_upload, member=site.ed, upload=second)[0] == (
        "The hub takes no offers of your organisation at the moment."
    )
    Partner.objects.filter(pk=site.partner.pk).update(state="approved")
    third = done(site, row("A1"), key=key(52))
    assert refused(actions.drop_upload, member=site.ed, upload=third)[0] == (
        "This table is being written already."
    )


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


def test_a_reference_that_is_twice_in_one_step_or_far_apart(
    site: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "CHECK_AT_ONCE", 3)
    names = ["A1", "A2", "A1", "A3", "A2", "A4", "A5", "A4", "a1"]
    upload = checked(site, *[row(name) for name in names])
    twice = {"reference": "This reference is in an earlier row too."}
    assert errors(upload) == [{}, {}, twice, {}, twice, {}, {}, twice, {}]


def test_a_reference_that_is_too_long_is_said(site: SimpleNamespace) -> None:
    upload = checked(site, row("A" * 61), row("A" * 60))
    words = "This is too long. Please keep it under 60 letters."
    assert errors(upload)[0] == {"reference": words}


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
