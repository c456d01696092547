"""The demo's partners: an offer in every state, told by the actions, and quick to load."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from hub.demo import load_community, load_courses, load_learners, load_partners
from members.models import Member, Notice, OutboxRow
from partners.models import (
    Agreement,
    Colleague,
    Interest,
    Offer,
    OfferReport,
    OfferReview,
    OfferUpload,
    Partner,
    PartnerInvitation,
    PartnerSuggestion,
    SavedOffer,
)
from partners.queries.desk import offer_row

STATES = {
    "university-of-the-firth": {"live": 5, "live_waiting": 1, "draft": 1},
    "leith-sailmakers-college": {
        "live": 1,
        "waiting": 1,
        "changes": 1,
        "declined": 1,
        "ended": 1,
    },
    "kisumu-public-job-centre": {"live": 2, "ended": 1},
    "biblioteca-del-telar": {"live": 1, "waiting": 1},
    "gorgie-sewing-co-op": {"waiting": 1},
}
MODELS = (
    Agreement,
    Colleague,
    Interest,
    Notice,
    Offer,
    OfferReport,
    OfferReview,
    OfferUpload,
    PartnerInvitation,
    PartnerSuggestion,
    SavedOffer,
)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[datetime]:
    """The demo, loaded once for all tests of this file; gives the moment of loading."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_community()
        load_courses()
        load_learners()
        now = timezone.now()
        load_partners(now)
        yield now
        transaction.set_rollback(True)


@pytest.fixture
def now(loaded: datetime, db: None) -> datetime:
    """The moment of loading; what a test changes is undone."""
    return loaded


def test_offers_are_there_in_every_state(now: datetime) -> None:
    found: dict[str, Counter[str]] = {}
    for offer in Offer.objects.select_related("partner"):
        row = offer_row(offer, now.date())
        found.setdefault(offer.partner.slug, Counter())[row.state] += 1
    assert found == STATES


def test_partners_are_who_the_readme_says(now: datetime) -> None:
    rows = Partner.objects.order_by("slug").values_list("slug", "kind", "state", "is_kept_by_hub")
    assert list(rows) == [
        ("biblioteca-del-telar", "library", "approved", True),
        ("gorgie-sewing-co-op", "coop", "waiting", False),
        ("kisumu-public-job-centre", "employment", "approved", False),
        ("leith-sailmakers-college", "college", "approved", False),
        ("university-of-the-firth", "university", "approved", False),
    ]
    people = Colleague.objects.order_by("member__username").values_list("member__username", "role")
    assert list(people) == [
        ("isla", "admin"),
        ("partner", "admin"),
        ("partner2", "admin"),
        ("partner3", "admin"),
        ("tariq", "editor"),
    ]


def test_what_else_is_told(now: datetime) -> None:
    assert OfferReview.objects.waiting().filter(is_after_check=True).count() == 1
    assert Counter(Interest.objects.values_list("state", flat=True)) == {
        "new": 3,
        "answered": 2,
        "seen": 1,
        "finished": 1,
    }
    assert SavedOffer.objects.count() == 3
    assert Agreement.objects.filter(confirmed_at__isnull=True).count() == 1
    assert OfferReport.objects.filter(settled_at__isnull=True).count() == 1
    assert not Notice.objects.filter(made_at__gt=now).exists()


def test_tables_are_checked_and_not_written(now: datetime) -> None:
    rows = OfferUpload.objects.order_by("made_at").values_list("name", "state", "total", "wrong")
    assert list(rows) == [
        ("summer-evenings.csv", "checked", 2, 0),
        ("autumn-evenings.csv", "checked", 3, 2),
    ]
    wrong = OfferUpload.objects.latest("made_at").rows.filter(step="wrong").order_by("number")
    assert [sorted(row.errors) for row in wrong] == [["kind", "learns"], ["from_on"]]
    assert not Offer.objects.filter(reference__startswith="UF-1").exclude(reference="UF-101")


def test_an_organisation_is_suggested(now: datetime) -> None:
    rows = PartnerSuggestion.objects.values_list("name", "hub__slug", "member__username")
    assert list(rows) == [("Granton Tool Library", "harbour", "amina")]


def test_somebody_is_invited_by_a_code_that_is_known(now: datetime, client: Client) -> None:
    client.force_login(Member.objects.get(username="duc"))
    page = client.get("/partners/invitations/weft-demo-invitation/")
    assert page.status_code == 200
    assert "Act for Leith Sailmakers College" in page.content.decode()


def test_nobody_decides_their_own(now: datetime) -> None:
    decided = OfferReview.objects.filter(decided_by__isnull=False)
    assert decided.count() == 15
    assert not [row for row in decided if row.decided_by_id == row.sent_by_id]


def test_loading_again_changes_nothing(now: datetime) -> None:
    before = [model._default_manager.count() for model in MODELS]
    load_partners()
    assert [model._default_manager.count() for model in MODELS] == before


def test_nobody_gets_a_mail_about_what_is_told(now: datetime) -> None:
    mails = OutboxRow.objects.filter(effect="members.send_mail")
    assert mails.exists()
    assert not mails.filter(done_at=None).exists()


def test_the_pages_show_it(now: datetime, client: Client) -> None:
    offers = client.get("/offers/").content.decode()
    assert "Spreadsheets 1, in six evenings" in offers
    for words in ("Statistics without fear", "Get rich", "Joinery", "Sew a bag", "510 pounds"):
        assert words not in offers
    client.force_login(Member.objects.get(username="partner"))
    desk = client.get("/partners/desk/university-of-the-firth/").content.decode()
    assert "On the site, a change waits for the hub" in desk
