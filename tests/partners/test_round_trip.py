"""The table of all offers goes out, is changed, and comes back: what is as it was stays, what is
changed is sent, and no offer is there twice."""

import csv
import io
from types import SimpleNamespace
from typing import Any

import pytest
from wagtail.models import Revision

from content.models import Topic
from partners import actions
from partners.models import Offer, OfferReview, OfferUpload
from partners.queries.uploads import export_table, to_end
from partners.sheet import COLUMNS, write_table
from tests.partners.offers_cast import (
    DAY,
    NOW,
    draft,
    fresh,
    key,
    make_site,
    published,
    save,
    sent,
    text,
)

pytestmark = pytest.mark.django_db
LATER = NOW + 60 * DAY
LONG: dict[str, Any] = {"to_on": "2026-12-31"}


@pytest.fixture
def site() -> SimpleNamespace:
    return make_site()


def out(site: SimpleNamespace) -> list[dict[str, str]]:
    """The rows that go out."""
    return list(csv.DictReader(io.StringIO(export_table(site.partner, LATER.date()))))


def back(site: SimpleNamespace, rows: list[dict[str, str]], **values: Any) -> OfferUpload:
    """The table that comes back, checked."""
    facts = {"member": site.ed, "partner": site.partner, "key": key(50), "name": "x.csv", **values}
    data = write_table(COLUMNS, rows).encode()
    upload = actions.start_upload(data=data, now=LATER, **facts)
    return actions.check_upload(upload=upload, now=LATER)


def done(site: SimpleNamespace, upload: OfferUpload) -> OfferUpload:
    """A clean table, written."""
    actions.apply_upload(member=site.ed, upload=upload, now=LATER)
    return actions.write_upload(upload=upload, now=LATER)


def steps(upload: OfferUpload) -> list[str]:
    return list(upload.rows.values_list("step", flat=True))


def stored() -> list[Any]:
    """All that is stored of offers."""
    names = ("pk", "reference", "live", "ended_at", "ends_on", "latest_revision", "live_revision")
    return [
        list(Offer.objects.order_by("pk").values_list(*names)),
        list(Revision.objects.order_by("pk").values_list("pk", "content", "created_at")),
        list(OfferReview.objects.order_by("pk").values_list("pk", "state")),
    ]


def every_state(site: SimpleNamespace) -> list[Offer]:
    """An offer of each kind that goes out."""
    named = published(site, 1, reference="A1", **LONG)
    late = published(site, 2, deadline_on="2026-06-15", **LONG)
    whole, over = draft(site, 3, **LONG), draft(site, 4)
    begun = actions.begin_offer(member=site.ed, partner=site.partner, key=key(5), now=NOW)
    waits = sent(site, 6, **LONG)
    asked, declined = sent(site, 7, **LONG), sent(site, 8, **LONG)
    actions.ask_change(member=site.reviewer, review=asked, words="Shorter.", now=NOW)
    actions.decline_offer(member=site.reviewer, review=declined, reason="No.", now=NOW)
    edited = published(site, 9, reference="A9", **LONG)
    save(site, edited, title="Not sent yet")
    reviews = [one.offer for one in (waits, asked, declined)]
    return [named, late, whole, over, begun, *reviews, edited]


def test_what_comes_back_as_it_went_out_changes_nothing(site: SimpleNamespace) -> None:
    offers = every_state(site)
    published(site, 20, reference="OVER")
    by_hand = published(site, 21, **LONG)
    actions.end_offer(member=site.ed, offer=by_hand, now=NOW)
    rows = out(site)
    assert {one["reference"] for one in rows} == {
        fresh(one).reference or str(one.uuid) for one in offers
    }
    before = stored()
    upload = back(site, rows, is_full=True)
    assert (upload.state, upload.total, upload.wrong) == ("checked", 9, 0)
    assert steps(upload) == ["same"] * 9
    assert set(upload.rows.values_list("offer", flat=True)) == {one.pk for one in offers}
    upload = done(site, upload)
    assert (upload.state, upload.done, upload.wrong) == ("done", 9, 0)
    assert stored() == before
    assert list(to_end(upload, LATER.date())) == []


def test_only_what_was_changed_is_sent_and_checked(site: SimpleNamespace) -> None:
    _named, late, whole, over, *_others = every_state(site)
    rows = {one["reference"]: one for one in out(site)}
    rows[str(late.uuid)]["contact"] = "Ring Zoe."
    rows[str(over.uuid)]["contact"] = "Ring Zoe."
    rows[str(whole.uuid)]["contact"] = "Ring Zoe."
    upload = back(site, list(rows.values()))
    words = "This day is over. Write one to come."
    wrong = upload.rows.filter(step="wrong")
    assert {one.reference: one.errors for one in wrong} == {
        str(late.uuid): {"deadline_on": words},
        str(over.uuid): {"to_on": words},
    }
    rows[str(late.uuid)]["deadline_on"] = rows[str(over.uuid)]["to_on"] = "2026-09-01"
    waiting = OfferReview.objects.waiting().count()
    upload = done(site, back(site, list(rows.values()), key=key(51)))
    assert (upload.total, upload.done, upload.wrong) == (9, 9, 0)
    assert sorted(steps(upload)) == ["same"] * 6 + ["written"] * 3
    assert Offer.objects.count() == 9
    assert OfferReview.objects.waiting().count() == waiting + 3
    for offer in (late, whole, over):
        assert (text(offer)["contact"], fresh(offer).reference) == ("Ring Zoe.", "")


def test_an_offer_is_known_by_its_id_whatever_its_reference_is_now(site: SimpleNamespace) -> None:
    offer = published(site, 1, **LONG)
    [row] = out(site)
    assert row["reference"] == str(offer.uuid)
    save(site, offer, reference="A1")
    row["title"] = "By its id"
    upload = back(site, [row])
    save(site, offer, reference="A2")
    assert steps(done(site, upload)) == ["written"]
    assert (Offer.objects.count(), text(offer)["title"]) == (1, "By its id")
    assert fresh(offer).reference == "A2"


def test_a_reference_that_is_another_one_when_the_row_is_written(site: SimpleNamespace) -> None:
    offer = published(site, 1, reference="A1", **LONG)
    [row] = out(site)
    upload = back(site, [{**row, "title": "New words"}])
    save(site, offer, reference="B7")
    assert steps(done(site, upload)) == ["written"]
    assert Offer.objects.get() == offer
    assert (text(offer)["title"], fresh(offer).reference) == ("New words", "B7")


@pytest.mark.parametrize("is_id_first", [True, False])
def test_an_offer_by_both_of_its_names_is_there_twice(
    site: SimpleNamespace, is_id_first: bool
) -> None:
    offer = published(site, 1, reference="A1", **LONG)
    [row] = out(site)
    names = ["A1", str(offer.uuid)][:: -1 if is_id_first else 1]
    upload = back(site, [{**row, "reference": name} for name in names])
    assert list(upload.rows.values_list("errors", flat=True)) == [
        {},
        {"reference": "This reference is in an earlier row too."},
    ]


def test_a_reference_goes_before_an_id(site: SimpleNamespace) -> None:
    plain = published(site, 1, **LONG)
    other = published(site, 2, reference=str(plain.uuid), **LONG)
    row = {**out(site)[0], "reference": str(plain.uuid), "title": "Whose?"}
    done(site, back(site, [row]))
    assert (text(other)["title"], text(plain)["title"]) == ("Whose?", "Welding for beginners")


def test_the_id_of_another_partners_offer_is_only_a_reference(site: SimpleNamespace) -> None:
    theirs = actions.begin_offer(member=site.otto, partner=site.other_partner, key=key(9), now=NOW)
    mine = published(site, 1, **LONG)
    row = {**out(site)[0], "reference": str(theirs.uuid)}
    upload = done(site, back(site, [row]))
    assert steps(upload) == ["written"]
    made = Offer.objects.exclude(pk__in=[theirs.pk, mine.pk]).get()
    assert (made.partner, made.reference) == (site.partner, str(theirs.uuid))
    assert text(theirs)["title"] == ""


def test_what_does_not_count_is_kept_and_not_sent(site: SimpleNamespace) -> None:
    """The place of an online offer is out of force: the hub would read the same text again."""
    offer = published(site, 1, reference="A1", mode="online", place="", **LONG)
    [row] = out(site)
    assert steps(done(site, back(site, [{**row, "place": "Room 9"}]))) == ["written"]
    assert (text(offer)["place"], OfferReview.objects.waiting().count()) == ("Room 9", 0)


def test_a_row_that_changes_nothing_keeps_what_is_written_meanwhile(site: SimpleNamespace) -> None:
    offer = published(site, 1, reference="A1", **LONG)
    upload = back(site, out(site))
    save(site, offer, title="Of a colleague")
    assert steps(done(site, upload)) == ["same"]
    assert text(offer)["title"] == "Of a colleague"


def test_a_change_that_is_there_already_when_it_is_written(site: SimpleNamespace) -> None:
    offer = published(site, 1, reference="A1", **LONG)
    [row] = out(site)
    upload = back(site, [{**row, "title": "Both of us"}])
    save(site, offer, title="Both of us")
    assert steps(done(site, upload)) == ["same"]
    assert OfferReview.objects.waiting().count() == 0


def test_what_no_cell_can_hold_is_no_change(site: SimpleNamespace) -> None:
    """A mark between dates in the name of a place, and a topic that is not on the list any more."""
    topic = Topic.objects.create(slug="metal", name="Metal")
    offer = draft(site, 1, topic=topic.pk, **LONG)
    dates = [{"on": "2026-08-01", "place": "Hall; back door"}]
    actions.save_offer(member=site.ed, offer=offer, values={}, dates=dates, now=NOW)
    topic.delete()
    before = stored()
    [row] = out(site)
    assert (row["dates"], row["topic"]) == ("2026-08-01 @ Hall, back door", "")
    assert steps(done(site, back(site, [row]))) == ["same"]
    assert stored() == before
