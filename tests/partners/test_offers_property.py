"""Whatever partners and hubs do, in whatever order: what is on the site was read by a reviewer who
did not write it, except dates, seats and link."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from members.errors import Refused
from members.models import HubRole, Member
from partners import actions
from partners.models import Offer, OfferReview, Partner
from partners.offering import CLEAN_APPROVALS, changed, in_force, is_small
from partners.queries.drafts import read_draft, read_live, read_revision
from tests.partners.offers_cast import DAY, FULL, NOW, key, make_site
from tests.parts import examples

WRITERS = st.sampled_from(["ed", "ed", "anna", "reviewer", "vic"])
READERS = st.sampled_from(["reviewer", "coordinator", "vic", "other_reviewer", "ed"])
BIG = st.sampled_from(
    [
        {"title": "Bread"},
        {"title": "Butter"},
        {"amount": Decimal(3)},
        {"apply_by": "form"},
        {"contact": ""},
        {"contact": "Jo"},
        {"seats": 5, "learns": "More."},
    ]
)
SMALL = st.sampled_from(
    [
        {"seats": 2},
        {"seats": 3},
        {"apply_link": "https://a.example/x"},
        {"to_on": FULL["from_on"]},
        {"deadline_on": FULL["from_on"]},
    ]
)


class Offers(RuleBasedStateMachine):
    """One offer; anything may come after anything."""

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.now = NOW
        self.site = make_site()
        HubRole.objects.create(member=self.site.vic, hub=self.site.hub, role="reviewer")
        self.saves: list[int] = []
        self.sent: dict[int, tuple[dict[str, Any], int]] = {}
        self.read: list[dict[str, Any]] = []
        self.read_until = 0
        self.seen: dict[str, int] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        site = self.site
        self.offer = actions.begin_offer(
            member=site.ed, partner=site.partner, key=key(1), now=self.now
        )
        self.write("ed", FULL)
        self.send("ed")

    def act(self, action: Any, **values: Any) -> Any:
        """Do something; a refusal changes nothing."""
        self.now += DAY / 24
        try:
            with transaction.atomic():
                return action(**values, now=self.now)
        except Refused:
            return None

    def member(self, name: str) -> Member:
        return getattr(self.site, name)

    def row(self) -> Offer:
        return Offer.objects.select_related("partner__hub").get()

    def write(self, name: str, values: dict[str, Any]) -> None:
        before = read_draft(self.row())
        got = self.act(
            actions.save_offer, member=self.member(name), offer=self.offer, values=values
        )
        if got is not None and changed(before, read_draft(self.row())):
            self.saves.append(self.member(name).pk)

    @rule(name=WRITERS, values=BIG)
    def write_anything(self, name: str, values: dict[str, Any]) -> None:
        self.write(name, values)

    @rule(name=WRITERS, values=SMALL)
    def write_small(self, name: str, values: dict[str, Any]) -> None:
        self.write(name, values)

    @rule(name=WRITERS)
    def send(self, name: str) -> None:
        before = read_live(self.row())
        was_live = self.row().live
        trust = Partner.objects.get(pk=self.site.partner.pk).clean_approvals
        review = self.act(actions.send_offer, member=self.member(name), offer=self.offer)
        if review is None:
            return
        text = read_revision(review.revision, self.offer)
        self.sent.setdefault(review.revision_id, (text, len(self.saves)))
        changes = changed(before, read_live(self.row()))
        if changes:
            assert (is_small(changes), was_live) == (True, True)
            assert trust >= CLEAN_APPROVALS
            assert review.is_after_check

    @rule(name=WRITERS)
    def write_small_and_send(self, name: str) -> None:
        self.write(name, {"seats": len(self.saves) + 10})
        self.send(name)

    @rule(name=WRITERS)
    def withdraw(self, name: str) -> None:
        self.act(actions.withdraw_offer, member=self.member(name), offer=self.offer)

    @rule(name=READERS)
    def open_review(self, name: str) -> None:
        """A reviewer reads what waits; the answer may come much later."""
        review = OfferReview.objects.filter(is_after_check=False).order_by("-pk").first()
        if review is not None:
            self.seen[name] = review.pk

    def seen_by(self, name: str) -> OfferReview:
        key = self.seen.get(name)
        rows = OfferReview.objects.filter(pk=key) if key else OfferReview.objects.order_by("-pk")
        return rows[0]

    @precondition(lambda self: OfferReview.objects.exists())
    @rule(name=READERS)
    def publish(self, name: str) -> None:
        review = self.seen_by(name)
        was = review.state
        member = self.member(name)
        got = self.act(
            actions.publish_offer, member=member, review=review, revision_id=review.revision_id
        )
        if got is None or was == "published":
            return
        sent, until = self.sent[review.revision_id]
        text = in_force(sent)
        assert member.pk not in self.saves[self.read_until : until]
        assert name in ("reviewer", "coordinator")
        assert changed(read_live(self.row()), text) == ()
        self.read.append(text)
        self.read_until = until

    @precondition(lambda self: OfferReview.objects.exists())
    @rule(name=READERS, declines=st.booleans())
    def send_back(self, name: str, declines: bool) -> None:
        before = read_live(self.row())
        values = {"member": self.member(name), "review": self.seen_by(name)}
        if declines:
            self.act(actions.decline_offer, **values, reason="No.")
        else:
            self.act(actions.ask_change, **values, words="More.")
        assert read_live(self.row()) == before

    @precondition(lambda self: OfferReview.objects.waiting().filter(is_after_check=True).exists())
    @rule(name=READERS, is_fine=st.booleans())
    def look_after(self, name: str, is_fine: bool) -> None:
        review = OfferReview.objects.waiting().get(is_after_check=True)
        live = read_live(self.row())
        got = self.act(
            actions.settle_after_check,
            member=self.member(name),
            review=review,
            is_fine=is_fine,
            words="No.",
        )
        if got is not None and is_fine:
            self.read.append(live)
            self.read_until = self.sent[review.revision_id][1]
        elif got is not None:
            assert changed(read_live(self.row()), self.read[-1]) == ()

    @rule(name=WRITERS, act=st.sampled_from(["end_offer", "return_offer", "still_right"]))
    def keep(self, name: str, act: str) -> None:
        before = read_live(self.row())
        self.act(getattr(actions, act), member=self.member(name), offer=self.offer)
        assert read_live(self.row()) == before

    @rule(name=READERS)
    def take_down(self, name: str) -> None:
        self.act(
            actions.take_down_offer, member=self.member(name), offer=self.offer, reason="Unsafe."
        )

    @rule(is_kept=st.booleans(), clean=st.sampled_from([0, 4, 5, 6]))
    def trust(self, is_kept: bool, clean: int) -> None:
        Partner.objects.filter(pk=self.site.partner.pk).update(
            is_kept_by_hub=is_kept, clean_approvals=clean
        )

    @rule()
    def trusted_now(self) -> None:
        Partner.objects.filter(pk=self.site.partner.pk).update(clean_approvals=9)

    @invariant()
    def what_is_on_the_site_was_read(self) -> None:
        row = self.row()
        if not self.read:
            assert (row.live, row.first_published_at) == (False, None)
            return
        rest = changed(self.read[-1], read_live(row))
        assert is_small(rest)
        if rest and row.live:
            review = OfferReview.objects.waiting().get(is_after_check=True)
            assert review.revision_id == row.live_revision_id
        assert (row.ended_at is None) == row.live

    @invariant()
    def what_was_sent_never_changes(self) -> None:
        for review in OfferReview.objects.select_related("revision"):
            text, _until = self.sent[review.revision_id]
            assert read_revision(review.revision, self.offer) == text

    @invariant()
    def one_text_waits_at_most(self) -> None:
        for kind in (False, True):
            rows = OfferReview.objects.waiting().filter(is_after_check=kind)
            assert rows.count() <= 1

    @invariant()
    def what_was_taken_down_is_not_on_the_site(self) -> None:
        row = self.row()
        no = row.reviews.filter(state="declined", revision=row.live_revision_id)
        assert not (row.live and no.exists())


@pytest.mark.chance
@pytest.mark.usefixtures("db")
class TestOffers(Offers.TestCase):  # type: ignore[name-defined,misc]
    settings = settings(
        max_examples=examples(),
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
