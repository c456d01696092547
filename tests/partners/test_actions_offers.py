"""Writing offers: nothing typed is lost, what is live stays."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from wagtail.models import Collection, Revision

from content.models import Level, Topic, WeftImage
from partners import actions
from partners.models import Offer, Partner
from partners.offering import NOTHING, WRITTEN
from partners.queries.drafts import read_draft, read_live
from partners.queries.listing import index_keys
from tests.partners.offers_cast import (
    DAY,
    FULL,
    NOT_YOURS,
    NOW,
    TODAY,
    draft,
    fresh,
    key,
    make_site,
    picture,
    published,
    refused,
    save,
    strangers,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> SimpleNamespace:
    Collection.add_root(name="Root")
    return make_site()


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


def test_revisions_hold_what_the_partner_wrote_and_nothing_of_ours(site: SimpleNamespace) -> None:
    offer = published(site)
    assert set(Revision.objects.get().content) == {*WRITTEN, "pk"}
    assert set(offer.serializable_data()) == {*WRITTEN, "pk"}
