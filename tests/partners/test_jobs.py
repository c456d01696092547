"""What the clock owes partners: reminders once, and what is forgotten."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from hub import clock
from members.models import Member
from partners import actions, jobs
from partners.models import Interest, Offer, Partner, PartnerInvitation
from tests.partners.offers_cast import (
    DAY,
    FULL,
    NOW,
    fresh,
    key,
    make_partner,
    make_site,
    published,
    sent,
    told,
)

pytestmark = pytest.mark.django_db
END = datetime.combine(FULL["to_on"], NOW.timetz())
WORDS = (
    "“Welding for beginners” ends on 30 June 2026. Give it new dates, or use it again next time."
)


@pytest.fixture
def site() -> SimpleNamespace:
    return make_site()


def tick(now: datetime) -> list[str]:
    """Run all jobs twice but the one that asks the web; what the first run gave."""
    mine = [job for job in jobs.JOBS if job is not jobs.check_links]
    got = [str(job(now)) for job in mine]
    for job in mine:
        job(now)
    return got


def ending(member: Member) -> int:
    """How often somebody was told that the offer ends."""
    return told(member).count(WORDS)


def test_the_clock_knows_the_jobs() -> None:
    names = [f"{job.__module__}.{job.__name__}" for job in clock.jobs()]
    assert [name for name in names if name.startswith("partners.")] == [
        "partners.jobs.remind",
        "partners.jobs.new_day",
        "partners.jobs.check_links",
    ]


def test_fourteen_and_three_days_before_the_end(site: SimpleNamespace) -> None:
    published(site)
    counts = []
    for days in (16, 15, 14, 10, 4, 3, 1, 0, -1, -9):
        tick(END - days * DAY)
        counts.append(ending(site.ed))
    assert counts == [0, 0, 1, 1, 1, 2, 2, 2, 2, 2]
    assert ending(site.anna) == 2
    assert ending(site.vic) == ending(site.otto) == ending(site.reviewer) == 0


def test_a_clock_that_stood_still_tells_late_and_never_after_the_end(
    site: SimpleNamespace,
) -> None:
    published(site)
    tick(END - 2 * DAY)
    assert ending(site.ed) == 1
    Offer.objects.update(ends_on=END.date() + 40 * DAY)
    tick(END - 1 * DAY)
    assert len(told(site.ed)) == 2


def test_whoever_has_looked_lately_is_left_alone(site: SimpleNamespace) -> None:
    offer = published(site)
    actions.still_right(member=site.ed, offer=offer, now=END - 13 * DAY)
    tick(END - 12 * DAY)
    assert ending(site.ed) == 0
    tick(END - 3 * DAY)
    assert ending(site.ed) == 1
    actions.end_offer(member=site.ed, offer=offer, now=END)
    Offer.objects.update(ends_on=END.date() + 9 * DAY)
    tick(END)
    assert ending(site.ed) == 1


def test_the_hub_is_reminded_of_what_it_keeps(site: SimpleNamespace) -> None:
    offer = published(site)
    Partner.objects.filter(pk=site.partner.pk).update(is_kept_by_hub=True)
    tick(END - 14 * DAY)
    assert (ending(site.reviewer), ending(site.ed)) == (1, 1)
    assert fresh(offer).live


def test_once_a_year_partners_are_asked(site: SimpleNamespace) -> None:
    Partner.objects.update(confirmed_at=NOW)
    kept = make_partner(site.hub, "Kept", is_kept_by_hub=True, confirmed_at=NOW)
    ask = "Is all that is written about Harbour College still right? One tap is enough."
    late = "Harbour College has not said for over a year that all is still right."
    seen = []
    for days in (334, 335, 360, 395, 396, 420):
        tick(NOW + days * DAY)
        seen.append((told(site.anna).count(ask), told(site.reviewer).count(late)))
    assert seen == [(0, 0), (1, 0), (1, 0), (1, 0), (1, 1), (1, 1)]
    assert told(site.ed) == []
    actions.confirm_partner(member=site.anna, partner=site.partner, now=NOW + 420 * DAY)
    tick(NOW + 500 * DAY)
    assert told(site.anna).count(ask) == 1
    assert kept.name not in " ".join(told(site.reviewer))


def test_a_promise_that_has_passed_is_told_once(site: SimpleNamespace) -> None:
    review = sent(site)
    actions.apply_partner(
        member=site.outsider,
        key=key(5),
        hub=site.hub,
        name="North",
        kind="college",
        place="North",
        now=NOW - 2 * DAY,
    )
    offer_words = "Harbour College still waits for your answer about “Welding for beginners”."
    own_words = "North still waits for your answer about “North”."
    seen = []
    for days in (3, 4, 5, 9):
        tick(NOW + days * DAY)
        found = told(site.reviewer)
        seen.append((found.count(offer_words), found.count(own_words)))
    assert seen == [(0, 0), (1, 1), (1, 1), (1, 1)]
    assert offer_words not in told(site.other_reviewer) + told(site.ed)
    actions.decline_offer(member=site.reviewer, review=review, reason="No.", now=NOW)
    assert tick(NOW + 10 * DAY)[0] == "0 ending, 0 to confirm, 1 late"


def test_a_name_that_waits_too_long_is_told_once(site: SimpleNamespace) -> None:
    change = actions.ask_identity(
        member=site.anna, partner=site.partner, name="Port College", kind="college", now=NOW
    )
    assert change is not None
    words = "Harbour College still waits for your answer about “Port College”."
    seen = []
    for days in (5, 6, 9):
        tick(NOW + days * DAY)
        seen.append(told(site.reviewer).count(words))
    assert seen == [0, 1, 1]
    assert words not in told(site.other_reviewer) + told(site.anna)
    actions.settle_identity(member=site.reviewer, change=change, is_fine=True, now=NOW)
    assert tick(NOW + 10 * DAY)[0] == "0 ending, 0 to confirm, 0 late"


def apply(member: Member, offer: Offer) -> Interest:
    return Interest.objects.create(
        offer=offer,
        member=member,
        name="N",
        contact="C",
        message="M",
        state="started",
        made_at=NOW,
        changed_at=NOW,
    )


def test_names_are_forgotten_a_year_after_the_end(site: SimpleNamespace) -> None:
    by_date, by_hand = published(site, 1), published(site, 2)
    actions.end_offer(member=site.ed, offer=by_hand, now=END - 40 * DAY)
    dated, ended = apply(site.outsider, by_date), apply(site.outsider, by_hand)

    def names() -> list[tuple[str, str, str]]:
        rows = Interest.objects.filter(pk__in=[dated.pk, ended.pk]).order_by("pk")
        return list(rows.values_list("name", "contact", "message"))

    assert tick(END + 300 * DAY)[1] == "0 people, 0 invitations"
    assert names() == [("N", "C", "M")] * 2
    assert tick(END + 330 * DAY)[1] == "1 people, 0 invitations"
    assert names() == [("N", "C", "M"), ("", "", "")]
    tick(END + 365 * DAY)
    assert names()[0] == ("N", "C", "M")
    tick(END + 366 * DAY)
    assert names() == [("", "", "")] * 2
    rows = Interest.objects.values_list("state", "member")
    assert list(rows) == [("started", site.outsider.pk)] * 2


def test_old_invitations_go_with_their_addresses(site: SimpleNamespace) -> None:
    values = {"member": site.anna, "partner": site.partner, "role": "editor", "now": NOW}
    actions.invite_colleague(email="a@x.example", **values)
    _row, code = actions.invite_colleague(email="b@x.example", **values)
    actions.accept_invitation(member=site.outsider, code=code, now=NOW)

    def left() -> list[str]:
        rows = PartnerInvitation.objects.order_by("email")
        return list(rows.values_list("email", flat=True))

    tick(NOW + 29 * DAY)
    assert left() == ["a@x.example", "b@x.example"]
    tick(NOW + 30 * DAY)
    assert left() == ["a@x.example"]
    tick(NOW + 44 * DAY + timedelta(seconds=1))
    assert left() == []


def test_tidying_is_done_once_a_day(site: SimpleNamespace) -> None:
    assert jobs.new_day(NOW) == "0 people, 0 invitations"
    assert jobs.new_day(NOW + timedelta(hours=1)) == "nothing new"
