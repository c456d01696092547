"""What stays of somebody who erases the account, and what goes; and what the export holds."""

from types import SimpleNamespace

import pytest

from members.actions import erase_member
from members.models import Member, Notice
from members.queries import sections_of
from partners import actions
from partners.models import (
    Colleague,
    Interest,
    Offer,
    OfferReport,
    OfferReview,
    Partner,
    PartnerInvitation,
    PartnerSuggestion,
    SavedOffer,
)
from partners.queries.personal import personal_sections
from tests.partners.offers_cast import (
    DAY,
    NOW,
    fresh,
    key,
    make_site,
    published,
    sent,
    told,
)

pytestmark = pytest.mark.django_db
NAMES = [
    "offer-interest",
    "offers-saved",
    "partner-roles",
    "partner-invitations",
    "offers-written",
    "offer-reviews",
    "partner-suggestions",
    "offer-reports",
    "partner-decisions",
    "partner-changes",
]


@pytest.fixture
def site() -> SimpleNamespace:
    return make_site()


def apply(member: Member, offer: Offer) -> Interest:
    """Somebody applied for an offer."""
    return Interest.objects.create(
        offer=offer,
        member=member,
        name="SECRET NAME",
        contact="SECRET CONTACT",
        message="SECRET MESSAGE",
        made_at=NOW,
        changed_at=NOW,
    )


def report(member: Member, offer: Offer, number: int, **values: object) -> OfferReport:
    """Somebody reported an offer."""
    return OfferReport.objects.create(
        offer=offer,
        hub=offer.partner.hub,
        member=member,
        key=key(number),
        kind="wrong",
        words=f"words {number}",
        made_at=NOW,
        **values,
    )


def test_a_learner_takes_the_words_along(site: SimpleNamespace) -> None:
    offer = published(site)
    mine, other = apply(site.outsider, offer), apply(site.otto, offer)
    SavedOffer.objects.create(member=site.outsider, offer=offer, saved_at=NOW)
    done = report(site.outsider, offer, 1, settled_at=NOW)
    waits = report(site.outsider, offer, 2)
    row = actions.suggest_partner(
        member=site.outsider, hub=site.hub, key=key(3), name="A", words="Mine", now=NOW
    )
    erase_member(member=site.outsider)
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.member, mine.name, mine.contact, mine.message) == (None, "", "", "")
    assert (mine.state, other.name) == ("withdrawn", "SECRET NAME")
    assert not SavedOffer.objects.exists()
    assert PartnerSuggestion.objects.values_list("member", "words").get(pk=row.pk) == (None, "")
    kept = OfferReport.objects.order_by("pk").values_list("pk", "member", "words")
    assert list(kept) == [(done.pk, None, ""), (waits.pk, None, "words 2")]


def test_offers_stay_and_the_partner_goes_on(site: SimpleNamespace) -> None:
    offer = published(site)
    erase_member(member=site.ed)
    row = fresh(offer)
    assert (row.live, row.made_by) == (True, None)
    assert OfferReview.objects.get().sent_by is None
    assert row.revisions.get().user is None
    site.partner.refresh_from_db()
    assert (site.partner.is_kept_by_hub, site.partner.state) == (False, "approved")


def test_a_partner_without_anybody_is_kept_by_its_hub(site: SimpleNamespace) -> None:
    erase_member(member=site.anna)
    site.partner.refresh_from_db()
    assert (site.partner.is_kept_by_hub, site.partner.state) == (True, "approved")
    words = "Nobody runs Harbour College any more. Please invite somebody, or look after it."
    assert told(site.reviewer) == told(site.coordinator) == [words]
    assert set(site.partner.colleagues.values_list("member", flat=True)) == {
        site.ed.pk,
        site.vic.pk,
    }


@pytest.mark.parametrize(
    ("before", "after"), [("waiting", "left"), ("declined", "declined"), ("paused", "paused")]
)
def test_one_that_the_hub_never_let_in_goes(site: SimpleNamespace, before: str, after: str) -> None:
    Partner.objects.filter(pk=site.other_partner.pk).update(state=before)
    erase_member(member=site.otto)
    row = Partner.objects.get(pk=site.other_partner.pk)
    assert (row.state, row.is_kept_by_hub) == (after, before == "paused")


def test_names_and_addresses_go_from_what_others_have(site: SimpleNamespace) -> None:
    site.outsider.email = "Out@college.example"
    site.outsider.save()
    _row, code = actions.invite_colleague(
        member=site.anna,
        partner=site.partner,
        email="out@college.example",
        role="editor",
        now=NOW,
    )
    actions.accept_invitation(member=site.outsider, code=code, now=NOW)
    _other, _code = actions.invite_colleague(
        member=site.anna, partner=site.partner, email="x@y.example", role="editor", now=NOW
    )
    assert told(site.anna) == ["Outsider now acts for Harbour College."]
    assert Member.objects.get(pk=site.anna.pk).unread_count == 1
    erase_member(member=site.outsider)
    assert told(site.anna) == []
    assert Member.objects.get(pk=site.anna.pk).unread_count == 0
    assert list(PartnerInvitation.objects.values_list("email", flat=True)) == ["x@y.example"]
    assert not Notice.objects.filter(text__contains="Outsider").exists()


def sections(member: Member) -> dict[str, list[tuple]]:
    found = personal_sections(member)
    for section in found:
        for row in section.rows:
            assert len(row) == len(section.columns)
    return {section.name: list(section.rows) for section in found}


def test_a_learner_reads_what_is_stored(site: SimpleNamespace) -> None:
    offer = published(site)
    apply(site.outsider, offer)
    apply(site.otto, offer)
    SavedOffer.objects.create(member=site.outsider, offer=offer, saved_at=NOW)
    report(site.outsider, offer, 1)
    actions.suggest_partner(
        member=site.outsider,
        hub=site.hub,
        key=key(3),
        name="A",
        place="There",
        words="Mine",
        now=NOW,
    )
    found = sections(site.outsider)
    assert list(found) == NAMES
    title = "Welding for beginners"
    assert found["offer-interest"] == [
        (
            NOW,
            title,
            "Harbour College",
            "New",
            "SECRET NAME",
            "SECRET CONTACT",
            "SECRET MESSAGE",
        )
    ]
    assert found["offers-saved"] == [(NOW, title, "Harbour College")]
    reported = ("Something is wrong or out of date", "words 1", None, "")
    assert found["offer-reports"] == [(NOW, title, *reported)]
    assert found["partner-suggestions"] == [(NOW, "A", "There", "Mine", None, "")]
    assert [found[name] for name in NAMES[2:6]] == [[], [], [], []]
    assert found["partner-decisions"] == found["partner-changes"] == []


def test_colleagues_and_staff_read_what_is_stored(site: SimpleNamespace) -> None:
    review = sent(site)
    actions.ask_change(member=site.reviewer, review=review, words="Longer.", now=NOW)
    actions.invite_colleague(
        member=site.anna, partner=site.partner, email="ED@college.example", role="admin", now=NOW
    )
    actions.prove_partner(
        member=site.reviewer, partner=site.other_partner, proof="letter", words="Old", now=NOW
    )
    actions.pause_partner(member=site.reviewer, partner=site.other_partner, reason="Why", now=NOW)
    title = "Welding for beginners"
    found = sections(site.ed)
    assert found["partner-roles"] == [(NOW, "Harbour College", "Writes offers")]
    invited = (NOW, "Harbour College", "ed@college.example", "Runs it: people, page and offers")
    assert found["partner-invitations"] == [(*invited, None)]
    assert sections(site.anna)["partner-invitations"] == [(*invited, None)]
    assert sections(site.vic)["partner-invitations"] == []
    assert found["offers-written"] == [(NOW - 9 * DAY, title, "Harbour College")]
    state = "A change is asked for"
    assert found["offer-reviews"] == [(NOW - 2 * DAY, title, "You sent it", state, "", NOW)]
    found = sections(site.reviewer)
    assert found["offer-reviews"] == [(NOW - 2 * DAY, title, "You decided", state, "Longer.", NOW)]
    assert found["partner-decisions"] == [
        (NOW, "Valley School", "A letter", "Old"),
        (NOW, "Valley School", "Paused by the hub", "Why"),
    ]


def test_titles_are_those_that_one_wrote_sent_or_read(site: SimpleNamespace) -> None:
    """Neither who left nor the hub reads the title of a draft that was written since."""
    review = sent(site)
    actions.ask_change(member=site.reviewer, review=review, words="Longer.", now=NOW)
    newer = {"title": "SECRET NEXT"}
    actions.save_offer(member=site.anna, offer=review.offer, values=newer, now=NOW)
    ed = site.partner.colleagues.get(member=site.ed)
    actions.drop_colleague(member=site.anna, partner=site.partner, colleague=ed)
    written = (NOW - 9 * DAY, "Welding for beginners", "Harbour College")
    assert sections(site.ed)["offers-written"] == [written]
    for member in (site.ed, site.reviewer):
        titles = [row[1] for row in sections(member)["offer-reviews"]]
        assert titles == ["Welding for beginners"], member


def test_an_offer_on_the_site_has_the_title_that_it_has_there(site: SimpleNamespace) -> None:
    offer = published(site)
    actions.save_offer(
        member=site.anna, offer=offer, values={"title": "SECRET DRAFT"}, now=NOW - DAY
    )
    assert [row[1] for row in sections(site.ed)["offers-written"]] == ["Welding for beginners"]
    review = actions.send_offer(member=site.anna, offer=offer, now=NOW)
    actions.publish_offer(
        member=site.reviewer, review=review, revision_id=review.revision_id, now=NOW
    )
    assert [row[1] for row in sections(site.ed)["offers-written"]] == ["SECRET DRAFT"]
    assert [row[1] for row in sections(site.anna)["offer-reviews"]] == ["SECRET DRAFT"]
    assert [row[1] for row in sections(site.reviewer)["offer-reviews"]] == [
        "Welding for beginners",
        "SECRET DRAFT",
    ]


def test_who_asks_for_a_name_and_who_decides_read_it(site: SimpleNamespace) -> None:
    row = actions.ask_identity(
        member=site.anna, partner=site.partner, name="Port", kind="college", now=NOW
    )
    assert row is not None
    actions.settle_identity(member=site.reviewer, change=row, is_fine=False, reason="Why?", now=NOW)
    asked = (NOW, "Harbour College", "Port", "You sent it", "Declined", "")
    decided = (NOW, "Harbour College", "Port", "You decided", "Declined", "Why?")
    assert sections(site.anna)["partner-changes"] == [asked]
    assert sections(site.reviewer)["partner-changes"] == [decided]
    assert sections(site.ed)["partner-changes"] == []


def test_the_export_has_these_sections(site: SimpleNamespace) -> None:
    names = [section.name for section in sections_of(site.outsider)]
    assert [name for name in names if name in NAMES] == NAMES


def test_forgetting_twice_changes_nothing_more(site: SimpleNamespace) -> None:
    for _twice in range(2):
        actions.forget_partner_member(member=site.vic, now=NOW)
    assert not Colleague.objects.filter(member=site.vic).exists()
    site.partner.refresh_from_db()
    assert not site.partner.is_kept_by_hub
