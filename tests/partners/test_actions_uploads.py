"""A table of offers is taken in and checked; nothing is written while a row is wrong."""

import csv
import io
from types import SimpleNamespace

import pytest

from members.models import OutboxRow
from partners import actions
from partners.actions import uploads
from partners.models import Offer, OfferUpload, Partner
from partners.queries.uploads import errors_table
from tests.partners.offers_cast import DAY, NOT_YOURS, NOW, key, make_site, refused, told
from tests.partners.upload_cast import checked, done, errors, facts, row, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> SimpleNamespace:
    return make_site()


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
