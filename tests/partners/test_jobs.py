"""What the clock owes partners: reminders once, and what is forgotten."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from hub import clock
from members.models import Member, Notice
from partners import actions, jobs
from partners.actions import reminders
from partners.models import (
    Interest,
    Offer,
    OfferUpload,
    Partner,
    PartnerInvitation,
    UploadRow,
)
from partners.queries.desk import is_due
from tests.partners.desk_cast import client_of, cost_of, text_of
from tests.partners.desk_cast import place as at
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
# The last day on which people can apply, and the last day of all.
END = datetime.combine(FULL["from_on"], NOW.timetz())
LAST = datetime.combine(FULL["to_on"], NOW.timetz())
WORDS = (
    "People can apply for “Welding for beginners” until 1 June 2026. Give it new dates, or use it "
    "again next time."
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
    """How often somebody was told that the offer closes."""
    return told(member).count(WORDS)


def test_the_clock_knows_the_jobs() -> None:
    names = [f"{job.__module__}.{job.__name__}" for job in clock.jobs()]
    assert [name for name in names if name.startswith("partners.")] == [
        "partners.jobs.remind",
        "partners.jobs.remind_daily",
        "partners.jobs.new_day",
        "partners.jobs.check_links",
    ]


def test_fourteen_and_three_days_before_it_closes(site: SimpleNamespace) -> None:
    published(site)
    counts = []
    for days in (16, 15, 14, 10, 4, 3, 1, 0, -1, -9):
        tick(END - days * DAY)
        counts.append(ending(site.ed))
    assert counts == [0, 0, 1, 1, 1, 2, 2, 2, 2, 2]
    assert ending(site.anna) == 2
    assert ending(site.vic) == ending(site.otto) == ending(site.reviewer) == 0


def test_the_deadline_is_the_day_before_which_people_are_reminded(site: SimpleNamespace) -> None:
    published(site, deadline_on=date(2026, 6, 20))
    words = WORDS.replace("1 June", "20 June")
    seen = []
    for days in (15, 14, 4, 3, 0, -1):
        tick(END + timedelta(days=19 - days))
        seen.append(told(site.ed).count(words))
    assert (seen, ending(site.ed)) == ([0, 1, 1, 2, 2, 2], 0)


def test_a_clock_that_stood_still_tells_late_and_never_after_the_end(
    site: SimpleNamespace,
) -> None:
    published(site)
    tick(END - 2 * DAY)
    assert ending(site.ed) == 1
    Offer.objects.update(open_until=END.date() + 40 * DAY)
    tick(END - 1 * DAY)
    assert len(told(site.ed)) == 2


def test_only_what_is_due_is_looked_at(site: SimpleNamespace) -> None:
    """One statement finds it; what was told, and what was checked lately, costs nothing more."""
    for number in (1, 2):
        published(site, number)
    checked = published(site, 3)
    actions.still_right(member=site.ed, offer=checked, now=END - 13 * DAY)
    found = [actions.remind_offers(now=END - days * DAY) for days in (15, 14, 14, 13, 4, 3, 3, 0)]
    assert found == [0, 3, 0, 0, 0, 3, 0, 0]
    assert ending(site.ed) == 5
    later = END.date() + 20 * DAY
    Offer.objects.filter(pk=checked.pk).update(ends_on=later, open_until=later)
    assert actions.remind_offers(now=END + 8 * DAY) == 1
    for now in (END + 8 * DAY, END + 9 * DAY):
        assert cost_of(lambda now=now: actions.remind_offers(now=now)) == 1


def test_what_is_for_any_time_is_kept_by_one_tap(site: SimpleNamespace) -> None:
    offer = published(site, 1, is_any_time=True, from_on=None, to_on=None)
    assert offer.open_until is not None
    now = NOW.replace(year=offer.open_until.year, month=offer.open_until.month)
    now = now.replace(day=offer.open_until.day) - 3 * DAY
    assert actions.remind_offers(now=now) == 1
    day = date_format(offer.open_until, "DATE_FORMAT")
    assert told(site.ed)[-1] == (
        f"“Welding for beginners” leaves the site on {day}. If it goes on, one tap on "
        "“Still right” keeps it."
    )


def test_the_rest_of_very_many_comes_the_next_time(
    site: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "AT_ONCE", 2)
    for number in range(1, 4):
        published(site, number)
    found = [actions.remind_offers(now=END - 3 * DAY) for _tick in range(3)]
    assert (found, ending(site.ed)) == ([2, 1, 0], 3)


def test_each_job_has_its_time(site: SimpleNamespace) -> None:
    """Once an hour, once a day; a tick between finds nothing to do and asks nothing."""
    hour = timedelta(hours=1)
    assert [jobs.remind(NOW + at) for at in (0 * hour, hour / 2, hour)] == [
        "0 ending",
        "nothing new",
        "0 ending",
    ]
    assert [jobs.remind_daily(NOW + at) for at in (0 * hour, hour, 24 * hour)] == [
        "0 to confirm, 0 late, 0 over",
        "nothing new",
        "0 to confirm, 0 late, 0 over",
    ]
    later = NOW + 24 * hour
    jobs.remind(later)
    assert cost_of(lambda: jobs.remind(later)) == cost_of(lambda: jobs.remind_daily(later)) == 0


def test_what_failed_is_done_again_at_the_next_tick(
    site: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(site)

    def fail(now: datetime) -> int:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(actions, "remind_offers", fail)
        with pytest.raises(RuntimeError):
            jobs.remind(END - 3 * DAY)
    assert (jobs.remind(END - 3 * DAY), ending(site.ed)) == ("1 ending", 1)


def test_whoever_has_looked_lately_is_left_alone(site: SimpleNamespace) -> None:
    offer = published(site)
    actions.still_right(member=site.ed, offer=offer, now=END - 13 * DAY)
    tick(END - 12 * DAY)
    assert ending(site.ed) == 0
    tick(END - 3 * DAY)
    assert ending(site.ed) == 1
    actions.end_offer(member=site.ed, offer=offer, now=END)
    Offer.objects.update(open_until=END.date() + 9 * DAY)
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


def test_the_hub_is_asked_about_those_that_it_keeps(site: SimpleNamespace) -> None:
    """It is not told that it is silent itself."""
    Partner.objects.update(confirmed_at=NOW + 999 * DAY)
    kept = make_partner(site.hub, "Old Library", is_kept_by_hub=True, confirmed_at=NOW)
    ask = "Is all that is written about Old Library still right? One tap is enough."
    seen = []
    for days in (334, 335, 360, 396, 420):
        jobs.remind_daily(NOW + days * DAY)
        seen.append([told(one) for one in (site.reviewer, site.coordinator)])
    assert seen == [[[], []], *[[[ask], [ask]]] * 4]
    assert told(site.other_reviewer) == told(site.hub_editor) == told(site.anna) == []
    assert Notice.objects.filter(member=site.reviewer).get().url == at("partner_home", kept.slug)
    later = NOW + 340 * DAY
    actions.confirm_partner(member=site.reviewer, partner=kept, now=later)
    tick(later + 335 * DAY)
    assert told(site.reviewer) == [ask, ask]


def test_a_hub_taps_once_for_one_that_it_keeps(site: SimpleNamespace) -> None:
    kept = make_partner(site.hub, "Old Library", is_kept_by_hub=True)
    client, home = client_of(site.reviewer), at("partner_home", kept.slug)
    Partner.objects.update(confirmed_at=timezone.now() - 300 * DAY)
    assert "Is all of it still right?" not in text_of(client.get(home))
    Partner.objects.update(confirmed_at=timezone.now() - 335 * DAY)
    assert "Is all of it still right?" in text_of(client.get(home))
    client.post(at("partner_confirm", kept.slug))
    assert "Is all of it still right?" not in text_of(client.get(home))


@pytest.mark.parametrize(("days", "is_asked"), [(334, False), (335, True)])
def test_the_desk_and_the_clock_ask_on_the_same_day(
    site: SimpleNamespace, days: int, is_asked: bool
) -> None:
    Partner.objects.update(confirmed_at=NOW)
    now = NOW + days * DAY
    tick(now)
    assert is_due(Partner.objects.get(pk=site.partner.pk), now) is is_asked
    assert bool(told(site.anna)) is is_asked


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
    assert tick(NOW + 10 * DAY)[1] == "0 to confirm, 1 late, 0 over"


def test_both_sides_hear_that_an_agreement_has_ended(site: SimpleNamespace) -> None:
    """The day after its last one, once; one that was never confirmed says nothing."""
    values = {"member": site.anna, "partner": site.partner, "hub": site.hub, "now": NOW}
    row = actions.propose_agreement(
        kind="rooms", words="Room 3.", until_on=NOW.date() + 2 * DAY, **values
    )
    actions.propose_agreement(
        kind="rooms", words="Room 4.", until_on=NOW.date() + 2 * DAY, **values
    )
    actions.confirm_agreement(member=site.reviewer, agreement=row, now=NOW)
    words = "Harbour College and Harbour Hub: “Room 3.” This agreement has ended."
    seen = []
    for days in (1, 2, 3, 4, 9):
        tick(NOW + days * DAY)
        seen.append([told(one).count(words) for one in (site.reviewer, site.anna)])
    assert seen == [[0, 0], [0, 0], [1, 1], [1, 1], [1, 1]]
    others = [site.ed, site.other_reviewer, site.otto, site.hub_editor]
    assert "Room 4.” This agreement has ended." not in " ".join(told(site.anna))
    assert [told(one).count(words) for one in others] == [0, 0, 0, 0]


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
    assert tick(NOW + 10 * DAY)[1] == "0 to confirm, 0 late, 0 over"


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
    actions.end_offer(member=site.ed, offer=by_hand, now=LAST - 40 * DAY)
    dated, ended = apply(site.outsider, by_date), apply(site.outsider, by_hand)

    def names() -> list[tuple[str, str, str]]:
        rows = Interest.objects.filter(pk__in=[dated.pk, ended.pk]).order_by("pk")
        return list(rows.values_list("name", "contact", "message"))

    assert tick(LAST + 300 * DAY)[2] == "0 people, 0 invitations, 0 tables"
    assert names() == [("N", "C", "M")] * 2
    assert tick(LAST + 330 * DAY)[2] == "1 people, 0 invitations, 0 tables"
    assert names() == [("N", "C", "M"), ("", "", "")]
    tick(LAST + 365 * DAY)
    assert names()[0] == ("N", "C", "M")
    tick(LAST + 366 * DAY)
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


def test_old_tables_go_and_their_offers_stay(site: SimpleNamespace) -> None:
    values = {"member": site.ed, "partner": site.partner, "name": "x.csv"}
    cells = {name: str(FULL.get(name, "")) for name in ("title", "kind", "mode")}
    for number, now in enumerate((NOW, NOW + DAY), 50):
        data = f"reference,{','.join(cells)}\nA{number},{','.join(cells.values())}\n"
        actions.start_upload(data=data.encode(), key=key(number), now=now, **values)
    offer = published(site)
    first, second = OfferUpload.objects.order_by("pk")
    first.rows.update(offer=offer)

    def left() -> list[tuple[int, int]]:
        rows = OfferUpload.objects.order_by("pk")
        return [(one.pk, one.rows.count()) for one in rows]

    assert tick(NOW + 29 * DAY)[2] == "0 people, 0 invitations, 0 tables"
    assert left() == [(first.pk, 1), (second.pk, 1)]
    assert tick(NOW + 30 * DAY)[2] == "0 people, 0 invitations, 1 tables"
    assert left() == [(second.pk, 1)]
    assert fresh(offer).live
    tick(NOW + 31 * DAY)
    assert (left(), UploadRow.objects.count()) == ([], 0)


def test_tidying_is_done_once_a_day(site: SimpleNamespace) -> None:
    assert jobs.new_day(NOW) == "0 people, 0 invitations, 0 tables"
    assert jobs.new_day(NOW + timedelta(hours=1)) == "nothing new"
