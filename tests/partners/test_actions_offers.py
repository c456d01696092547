"""Writing offers: nothing typed is lost, what is live stays, and every step works once."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image
from wagtail.models import Collection, Revision

from content.models import Level, Topic, WeftImage
from members.models import Member
from partners import actions
from partners.models import Offer, OfferReview, Partner
from partners.offering import NOTHING, WRITTEN
from partners.queries.drafts import read_draft, read_live
from partners.queries.listing import index_keys
from tests.partners.offers_cast import (
    DAY,
    FULL,
    NOW,
    TODAY,
    again,
    draft,
    fresh,
    key,
    make_site,
    published,
    refused,
    save,
    sent,
    text,
    told,
    trusted,
)

pytestmark = pytest.mark.django_db
NOT_YOURS = "Only people who write offers for this organisation can do this."
ANY_TIME = {"is_any_time": True, "from_on": None, "to_on": None}


@pytest.fixture
def site() -> SimpleNamespace:
    Collection.add_root(name="Root")
    return make_site()


def picture() -> bytes:
    """A small picture with a place in its head."""
    out = BytesIO()
    image = Image.new("RGB", (40, 30), "red")
    exif = image.getexif()
    exif[0x010E] = "SECRET-PLACE"
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def strangers(site: SimpleNamespace) -> list[Member]:
    """Those who may look or review, and those who may do nothing: none of them writes."""
    return [site.vic, site.otto, site.reviewer, site.other_reviewer, site.outsider]


def test_begin_makes_one_offer_of_a_key(site: SimpleNamespace) -> None:
    values = {"member": site.ed, "partner": site.partner, "key": key(1), "now": NOW}
    offer = actions.begin_offer(**values)
    assert actions.begin_offer(**values) == offer
    stored = Offer.objects.get()
    assert (stored.uuid, stored.partner, stored.made_by) == (key(1), site.partner, site.ed)
    assert (stored.live, stored.first_published_at, stored.ends_on) == (False, None, None)
    assert (stored.is_on_behalf, stored.made_at, stored.title) == (False, NOW, "")
    assert read_draft(stored) == {**NOTHING, "language": "en"}


def test_begin_is_refused_to_others_and_on_a_taken_key(site: SimpleNamespace) -> None:
    for member in strangers(site):
        got = refused(actions.begin_offer, member=member, partner=site.partner, key=key(1))
        assert got == (NOT_YOURS, "")
    actions.begin_offer(member=site.ed, partner=site.partner, key=key(1))
    taken = refused(actions.begin_offer, member=site.otto, partner=site.other_partner, key=key(1))
    assert taken == ("Somebody else has sent this already. Please begin again.", "")
    assert Offer.objects.count() == 1


def test_the_hub_writes_for_a_partner_that_it_keeps(site: SimpleNamespace) -> None:
    Partner.objects.filter(pk=site.partner.pk).update(is_kept_by_hub=True)
    offer = actions.begin_offer(member=site.reviewer, partner=site.partner, key=key(1))
    assert offer.is_on_behalf
    for member in (site.other_reviewer, site.hub_editor):
        refused(actions.begin_offer, member=member, partner=site.partner, key=key(2))


def test_nobody_writes_for_a_partner_that_has_left(site: SimpleNamespace) -> None:
    offer = draft(site)
    Partner.objects.filter(pk=site.partner.pk).update(state="left", is_kept_by_hub=True)
    for member in (site.anna, site.ed, site.reviewer):
        assert refused(actions.save_offer, member=member, offer=offer, values={})[0] == NOT_YOURS


def test_save_keeps_what_was_typed_whatever_is_missing(site: SimpleNamespace) -> None:
    offer = actions.begin_offer(member=site.ed, partner=site.partner, key=key(1))
    save(site, offer, learns="  Half a thou\x00ght ", apply_link="htp:/nonsense", to_on=TODAY)
    save(site, offer, title="Welding", from_on="2026-06-01", amount="12.5", seats="")
    found = {name: value for name, value in text(offer).items() if value != NOTHING[name]}
    assert found == {
        "language": "en",
        "learns": "Half a thought",
        "apply_link": "htp:/nonsense",
        "to_on": TODAY,
        "title": "Welding",
        "from_on": date(2026, 6, 1),
        "amount": Decimal("12.5"),
    }
    stored = fresh(offer)
    assert (stored.title, stored.learns, stored.apply_link) == ("Welding", "", "")


def test_saving_again_writes_one_draft_and_the_same_text_nothing(site: SimpleNamespace) -> None:
    offer = draft(site)
    before = Revision.objects.get()
    save(site, offer, now=NOW, **FULL)
    assert Revision.objects.get().created_at == before.created_at == NOW - 9 * DAY
    save(site, offer, title="Other")
    assert Revision.objects.get().created_at == NOW
    actions.save_offer(member=site.anna, offer=offer, values={"title": "Third"}, now=NOW)
    rows = Revision.objects.order_by("pk").values_list("user", "object_str")
    assert list(rows) == [(site.ed.pk, "Other"), (site.anna.pk, "Third")]


def test_save_takes_things_of_the_lists_by_object_or_key(site: SimpleNamespace) -> None:
    topic = Topic.objects.create(slug="metal", name="Metal")
    level = Level.objects.create(slug="starter", name="Beginners")
    offer = draft(site)
    hubs = [site.other_hub, site.hub.pk]
    save(site, offer, topic=topic, level=level.pk, is_for_all_hubs=False, hubs=hubs)
    found = text(offer)
    assert (found["topic"], found["level"]) == (topic.pk, level.pk)
    assert found["hubs"] == sorted([site.hub.pk, site.other_hub.pk])
    save(site, offer, topic=None, hubs=[])
    assert (text(offer)["topic"], text(offer)["hubs"]) == (None, [])


def test_more_dates_are_stored_in_order(site: SimpleNamespace) -> None:
    offer = draft(site)
    dates: list[dict[str, Any]] = [
        {"on": date(2026, 8, 1), "until_on": date(2026, 8, 2), "place": " Valley\x00 "},
        {"on": date(2026, 7, 1)},
    ]
    for _twice in range(2):
        actions.save_offer(member=site.ed, offer=offer, values={}, dates=dates, now=NOW)
    assert text(offer)["dates"] == [
        {"on": date(2026, 7, 1), "until_on": None, "place": ""},
        {"on": date(2026, 8, 1), "until_on": date(2026, 8, 2), "place": "Valley"},
    ]
    save(site, offer, seats=3)
    assert len(text(offer)["dates"]) == 2
    assert fresh(offer).dates.count() == 0
    assert Revision.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "reason", "field"),
    [
        (
            {"title": "x" * 121},
            "This is too long. Please keep it under 120 letters.",
            "title",
        ),
        (
            {"learns": "x" * 10_000_000},
            "This is too long. Please keep it under 500 letters.",
            "learns",
        ),
        (
            {"apply_link": "https://a.example/" + "x" * 500},
            "This is too long. Please keep it under 500 letters.",
            "apply_link",
        ),
        (
            {"kind": "circus"},
            "Write one of these: course, workshop, placement, "
            "apprenticeship, scholarship, open_day.",
            "kind",
        ),
        ({"topic": 999}, "topic instance with id 999 is not a valid choice.", "topic"),
        ({"hubs": [999]}, "Choose one of these.", "hubs"),
        ({"from_on": "soon"}, None, "from_on"),
        ({"seats": -1}, "Ensure this value is greater than or equal to 0.", "seats"),
        ({"amount": "NaN"}, None, "amount"),
        ({"amount": "1.234"}, "Ensure that there are no more than 2 decimal places.", "amount"),
    ],
)
def test_save_refuses_what_cannot_be_stored(
    site: SimpleNamespace, values: dict[str, Any], reason: str | None, field: str
) -> None:
    offer = draft(site)
    before = text(offer)
    got = refused(actions.save_offer, member=site.ed, offer=offer, values={"seats": 4, **values})
    assert got == (reason or got[0], field)
    assert text(offer) == before


def test_save_refuses_dates_that_are_none(site: SimpleNamespace) -> None:
    offer = draft(site)
    values: dict[str, Any] = {"member": site.ed, "offer": offer, "values": {}}
    assert refused(actions.save_offer, **values, dates=[{"on": "never"}])[1] == "dates"
    many = [{"on": TODAY}] * 51
    assert refused(actions.save_offer, **values, dates=many) == (
        "These are too many dates. Please keep it under 50.",
        "dates",
    )
    long = [{"on": TODAY, "place": "x" * 161}]
    assert refused(actions.save_offer, **values, dates=long)[1] == "dates"


def test_save_takes_no_other_fields(site: SimpleNamespace) -> None:
    offer = draft(site)
    for name in ("live", "image", "partner", "ends_on"):
        with pytest.raises(TypeError):
            actions.save_offer(member=site.ed, offer=offer, values={name: 1})


def test_others_save_nothing(site: SimpleNamespace) -> None:
    offer = draft(site)
    for member in strangers(site):
        got = refused(actions.save_offer, member=member, offer=offer, values={"title": "Mine"})
        assert got == (NOT_YOURS, "")
    assert text(offer)["title"] == FULL["title"]


def test_a_reference_is_the_partners_own_key(site: SimpleNamespace) -> None:
    one, two = draft(site, 1, reference="A1"), draft(site, 2)
    got = refused(actions.save_offer, member=site.ed, offer=two, values={"reference": " A1 "})
    assert got == ("Another one of your offers has this reference.", "reference")
    other = actions.begin_offer(member=site.otto, partner=site.other_partner, key=key(3))
    actions.save_offer(member=site.otto, offer=other, values={"reference": "A1"})
    assert (text(one)["reference"], text(two)["reference"], text(other)["reference"]) == (
        "A1",
        "",
        "A1",
    )


def test_what_is_live_stays_while_the_partner_writes(site: SimpleNamespace) -> None:
    offer = published(site)
    before = read_live(offer)
    save(site, offer, title="Other", amount=Decimal(99), kind="workshop", seats=2)
    stored = fresh(offer)
    assert read_live(stored) == before
    assert stored.has_unpublished_changes
    assert stored.latest_revision_id != stored.live_revision_id
    save(site, offer, **{name: before[name] for name in ("title", "amount", "kind", "seats")})
    assert not fresh(offer).has_unpublished_changes


def test_a_picture_is_encoded_anew_and_waits_like_the_text(site: SimpleNamespace) -> None:
    offer = published(site)
    actions.attach_picture(
        member=site.ed, offer=offer, data=picture(), alt=" A red plate ", now=NOW
    )
    image = WeftImage.objects.get()
    with image.file.open("rb") as file:
        assert b"SECRET-PLACE" not in file.read()
    assert (image.title, image.uploaded_by_user) == ("A red plate", site.ed)
    found = text(offer)
    assert (found["image"], found["image_alt"]) == (image.pk, "A red plate")
    assert fresh(offer).image is None
    actions.drop_picture(member=site.ed, offer=offer)
    actions.drop_picture(member=site.ed, offer=offer)
    assert (text(offer)["image"], text(offer)["image_alt"]) == (None, "")


def test_a_picture_needs_words_and_has_to_be_one(site: SimpleNamespace) -> None:
    offer = draft(site)
    values = {"member": site.ed, "offer": offer}
    assert refused(actions.attach_picture, **values, data=picture(), alt=" ")[1] == "image_alt"
    for data in (b"GIF89a no", b"x" * 12_000_001):
        assert refused(actions.attach_picture, **values, data=data, alt="A plate")[1] == "file"
    for member in strangers(site):
        values = {"member": member, "offer": offer}
        refused(actions.attach_picture, **values, data=picture(), alt="Mine")
        refused(actions.drop_picture, **values)
    assert not WeftImage.objects.exists()


def test_use_again_copies_the_published_text_a_year_on(site: SimpleNamespace) -> None:
    old = published(site, reference="A1", seats=9)
    save(site, old, title="Not read yet")
    values = {"member": site.anna, "offer": old, "key": key(7), "now": NOW + 90 * DAY}
    new = actions.offer_again(**values)
    assert actions.offer_again(**values) == new
    found = text(new)
    assert (found["title"], found["seats"], found["reference"]) == (FULL["title"], 9, "")
    assert (found["from_on"], found["to_on"]) == (date(2027, 6, 1), date(2027, 6, 30))
    stored = fresh(new)
    assert (stored.again_of, stored.made_by, stored.first_published_at) == (old, site.anna, None)
    assert stored.reviews.count() == 0
    second = actions.offer_again(member=site.ed, offer=new, key=key(8), now=NOW)
    assert text(second)["from_on"] == date(2028, 6, 1)
    for member in strangers(site):
        got = refused(actions.offer_again, member=member, offer=old, key=key(9))
        assert got == (NOT_YOURS, "")


def test_an_offer_is_found_by_each_of_its_places(site: SimpleNamespace) -> None:
    def found(words: str) -> list[int]:
        return index_keys(words, TODAY, {})

    offer = draft(site)
    more = {"on": FULL["from_on"], "until_on": None, "place": "Zebrafield Library"}
    actions.save_offer(member=site.ed, offer=offer, values={}, dates=[more], now=NOW - 8 * DAY)
    for place in ("Zebrafield Library", "Lionfield Library"):
        dates = [{**more, "place": place}]
        actions.save_offer(member=site.ed, offer=offer, values={}, dates=dates, now=NOW - 3 * DAY)
        review = actions.send_offer(member=site.ed, offer=fresh(offer), now=NOW - 2 * DAY)
        actions.publish_offer(
            member=site.reviewer, review=review, revision_id=review.revision_id, now=NOW - DAY
        )
        assert found(f"welding {place.split()[0]}") == [offer.pk]
    assert found("zebrafield") == []
    actions.save_offer(member=site.ed, offer=offer, values={}, dates=[], now=NOW)
    review = actions.send_offer(member=site.ed, offer=fresh(offer), now=NOW)
    actions.publish_offer(
        member=site.reviewer, review=review, revision_id=review.revision_id, now=NOW
    )
    assert (found("lionfield"), found("welding")) == ([], [offer.pk])


def test_withdraw_takes_back_what_waits_once(site: SimpleNamespace) -> None:
    review = sent(site)
    for member in strangers(site):
        refused(actions.withdraw_offer, member=member, offer=review.offer)
    assert actions.withdraw_offer(member=site.anna, offer=review.offer, now=NOW) is True
    assert actions.withdraw_offer(member=site.anna, offer=review.offer, now=NOW) is False
    assert (again(review).state, again(review).decided_at) == ("withdrawn", NOW)


def test_still_right_is_one_tap(site: SimpleNamespace) -> None:
    offer = published(site, **ANY_TIME)
    half_a_year = TODAY - DAY + timedelta(days=183)
    assert (fresh(offer).ends_on, fresh(offer).open_until) == (half_a_year, half_a_year)
    later = NOW + 40 * DAY
    for _twice in range(2):
        row = actions.still_right(member=site.ed, offer=offer, now=later)
    assert (row.checked_on, row.ends_on) == (
        later.date(),
        later.date() + timedelta(days=183),
    )
    assert row.open_until == row.ends_on
    dated = published(site, 2)
    row = actions.still_right(member=site.ed, offer=dated, now=NOW)
    assert (row.checked_on, row.ends_on) == (TODAY, FULL["to_on"])
    assert row.open_until == FULL["from_on"]
    for member in strangers(site):
        assert refused(actions.still_right, member=member, offer=dated)[0] == NOT_YOURS


def test_still_right_is_refused_for_what_is_over_or_not_there(site: SimpleNamespace) -> None:
    assert refused(actions.still_right, member=site.ed, offer=draft(site))[0] == (
        "This offer is not on the site."
    )
    offer = published(site, 2)
    got = refused(actions.still_right, member=site.ed, offer=offer, now=NOW + 90 * DAY)
    assert got[0] == "The days of this offer are over. Give it new ones, or use it again."


def test_end_and_return(site: SimpleNamespace) -> None:
    offer = published(site)
    save(site, offer, title="Other")
    review = actions.send_offer(member=site.ed, offer=offer, now=NOW)
    live = read_live(offer)
    for member in strangers(site):
        assert refused(actions.end_offer, member=member, offer=offer)[0] == NOT_YOURS
        assert refused(actions.return_offer, member=member, offer=offer)[0] == NOT_YOURS
    for now in (NOW, NOW + DAY):
        actions.end_offer(member=site.ed, offer=offer, now=now)
    row = fresh(offer)
    assert (row.live, row.ended_at, again(review).state) == (False, NOW, "withdrawn")
    assert list(Offer.objects.public()) == [row]
    assert not Offer.objects.live_offers(TODAY).exists()
    for _twice in range(2):
        row = actions.return_offer(member=site.ed, offer=offer, now=NOW)
    assert (row.live, row.ended_at) == (True, None)
    assert read_live(fresh(offer)) == live
    actions.end_offer(member=site.ed, offer=offer, now=NOW)
    got = refused(actions.return_offer, member=site.ed, offer=offer, now=NOW + 90 * DAY)
    assert got[0] == "The days of this offer are over. Give it new ones, or use it again."


def test_what_was_never_live_is_neither_ended_nor_returned(site: SimpleNamespace) -> None:
    offer = draft(site)
    for action in (actions.end_offer, actions.return_offer):
        got = refused(action, member=site.ed, offer=offer)
        assert got == ("This offer is not on the site.", "")


def test_what_the_hub_took_down_cannot_be_put_back_unread(site: SimpleNamespace) -> None:
    offer = published(site)
    actions.take_down_offer(member=site.reviewer, offer=offer, reason="Unsafe.", now=NOW)
    words = "The hub has taken this offer down. Change it, then send it again."
    assert refused(actions.return_offer, member=site.ed, offer=offer)[0] == words
    same = refused(actions.send_offer, member=site.ed, offer=offer, now=NOW)
    assert same[0] == "The hub has read this text already. Change something, then send it."
    save(site, offer, title="Safe welding")
    review = actions.send_offer(member=site.ed, offer=offer, now=NOW)
    actions.withdraw_offer(member=site.ed, offer=offer)
    assert refused(actions.return_offer, member=site.ed, offer=offer)[0] == words
    review = actions.send_offer(member=site.ed, offer=offer, now=NOW)
    actions.publish_offer(
        member=site.reviewer, review=review, revision_id=review.revision_id, now=NOW
    )
    assert fresh(offer).live


def test_send_waits_for_the_hub_with_a_promise(site: SimpleNamespace) -> None:
    offer = draft(site)
    review = actions.send_offer(member=site.ed, offer=offer, now=NOW)
    assert actions.send_offer(member=site.anna, offer=offer, now=NOW + DAY) == review
    stored = OfferReview.objects.get()
    assert (stored.state, stored.hub, stored.sent_by) == ("waiting", site.hub, site.ed)
    assert (stored.sent_at, stored.promised_on) == (NOW, date(2026, 5, 9))
    assert stored.revision == fresh(offer).latest_revision
    assert not stored.is_after_check
    words = ["Harbour College sent “Welding for beginners” for you to read."]
    assert told(site.reviewer) == told(site.coordinator) == words
    assert told(site.hub_editor) == told(site.other_reviewer) == told(site.ed) == []


def test_a_newer_text_takes_the_place_of_the_one_that_waits(site: SimpleNamespace) -> None:
    first = sent(site)
    save(site, first.offer, seats=3)
    assert again(first).state == "waiting"
    second = actions.send_offer(member=site.ed, offer=first.offer, now=NOW)
    assert (again(first).state, again(first).decided_at) == ("withdrawn", NOW)
    assert second.revision_id != first.revision_id
    save(site, first.offer, seats=4)
    save(site, first.offer, seats=3)
    assert actions.send_offer(member=site.ed, offer=first.offer, now=NOW) == second


def test_send_names_what_is_missing_or_wrong(site: SimpleNamespace) -> None:
    offer = actions.begin_offer(member=site.ed, partner=site.partner, key=key(1))
    words = "Something is missing. Please fill it in, then send it."
    assert refused(actions.send_offer, member=site.ed, offer=offer) == (words, "title")
    save(site, offer, **{**FULL, "contact": ""})
    assert refused(actions.send_offer, member=site.ed, offer=offer) == (words, "contact")
    save(site, offer, contact="Jo", seats=0)
    got = refused(actions.send_offer, member=site.ed, offer=offer, now=NOW)
    assert got == ("Write a number from 1 to 100000.", "seats")
    assert not OfferReview.objects.exists()


def test_others_send_nothing_and_closed_partners_neither(site: SimpleNamespace) -> None:
    offer = draft(site)
    for member in strangers(site):
        assert refused(actions.send_offer, member=member, offer=offer)[0] == NOT_YOURS
    for state in ("declined", "paused"):
        Partner.objects.filter(pk=site.partner.pk).update(state=state)
        got = refused(actions.send_offer, member=site.ed, offer=offer)
        assert got[0] == "The hub takes no offers of your organisation at the moment."
    Partner.objects.filter(pk=site.partner.pk).update(state="waiting")
    assert actions.send_offer(member=site.ed, offer=offer, now=NOW).state == "waiting"


def test_a_text_that_was_read_has_to_change_first(site: SimpleNamespace) -> None:
    words = "The hub has read this text already. Change something, then send it."
    review = sent(site)
    actions.ask_change(member=site.reviewer, review=review, words="Shorter.", now=NOW)
    assert refused(actions.send_offer, member=site.ed, offer=review.offer, now=NOW)[0] == words
    save(site, review.offer, title="Welding")
    review = actions.send_offer(member=site.ed, offer=review.offer, now=NOW)
    actions.publish_offer(
        member=site.reviewer, review=review, revision_id=review.revision_id, now=NOW
    )
    assert actions.send_offer(member=site.ed, offer=review.offer, now=NOW) == review
    save(site, review.offer, title="Other")
    save(site, review.offer, title="Welding")
    assert refused(actions.send_offer, member=site.ed, offer=review.offer, now=NOW)[0] == words


def test_a_small_edit_of_a_trusted_partner_is_live_at_once(site: SimpleNamespace) -> None:
    offer = trusted(site)
    before = told(site.reviewer)
    save(site, offer, seats=8, apply_link="https://college.example/new", to_on=date(2026, 7, 2))
    review = actions.send_offer(member=site.ed, offer=offer, now=NOW)
    assert actions.send_offer(member=site.ed, offer=offer, now=NOW) == review
    row = fresh(offer)
    assert (row.seats, row.apply_link, row.ends_on) == (
        8,
        "https://college.example/new",
        date(2026, 7, 2),
    )
    assert (row.live_revision_id, row.has_unpublished_changes) == (review.revision_id, False)
    assert (review.is_after_check, review.state, row.checked_on) == (True, "waiting", TODAY)
    assert told(site.reviewer) == before
    save(site, offer, seats=7)
    second = actions.send_offer(member=site.ed, offer=offer, now=NOW)
    assert (again(review).state, fresh(offer).seats) == ("withdrawn", 7)
    assert list(offer.reviews.waiting()) == [second]


@pytest.mark.parametrize(
    ("partner", "values"),
    [
        ({"clean_approvals": 4}, {"seats": 8}),
        ({"state": "waiting"}, {"seats": 8}),
        ({}, {"seats": 8, "title": "Other"}),
        ({}, {"amount": Decimal(21)}),
        ({}, {"apply_by": "form"}),
        ({}, {"contact": "Nobody"}),
    ],
)
def test_all_else_is_read_before(
    site: SimpleNamespace, partner: dict[str, Any], values: dict[str, Any]
) -> None:
    offer = trusted(site)
    before = read_live(offer)
    Partner.objects.filter(pk=site.partner.pk).update(**partner)
    save(site, offer, **values)
    review = actions.send_offer(member=site.ed, offer=offer, now=NOW)
    assert (review.is_after_check, read_live(fresh(offer))) == (False, before)


def test_an_ended_offer_never_goes_live_by_a_small_edit(site: SimpleNamespace) -> None:
    offer = trusted(site)
    actions.end_offer(member=site.ed, offer=offer, now=NOW)
    save(site, offer, seats=8)
    assert not actions.send_offer(member=site.ed, offer=offer, now=NOW).is_after_check
    assert not fresh(offer).live


def test_a_new_picture_is_no_small_edit(site: SimpleNamespace) -> None:
    offer = trusted(site)
    actions.attach_picture(member=site.ed, offer=offer, data=picture(), alt="Plate", now=NOW)
    assert not actions.send_offer(member=site.ed, offer=offer, now=NOW).is_after_check


def test_revisions_hold_what_the_partner_wrote_and_nothing_of_ours(site: SimpleNamespace) -> None:
    offer = published(site)
    assert set(Revision.objects.get().content) == {*WRITTEN, "pk"}
    assert set(offer.serializable_data()) == {*WRITTEN, "pk"}
