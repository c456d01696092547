"""What learners do with offers: it works, twice changes nothing, refused for the outsider."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from members.errors import Refused
from members.models import Consent, Notice
from partners.actions import (
    count_click,
    count_view,
    drop_saved,
    move_interest,
    report_offer,
    save_for_later,
    send_interest,
    settle_report,
    withdraw_interest,
)
from partners.actions.interest import consent_kind, forget_interest
from partners.models import Interest, Offer, OfferDay, OfferReport, Partner, SavedOffer
from tests.partners.edge_cast import (
    DAY,
    make_colleague,
    make_draft,
    make_interest,
    make_offer,
    make_partner,
    today,
)

pytestmark = pytest.mark.django_db
FACTS = {"name": " Lea ", "contact": "lea@example.org", "message": "Hello.", "agrees": True}


@pytest.fixture
def partner(cast: SimpleNamespace) -> Partner:
    return make_partner(cast.hub)


@pytest.fixture
def offer(partner: Partner) -> Offer:
    return make_offer(partner)


def told(*members: Any) -> list[str]:
    rows = Notice.objects.filter(member__in=members, kind="partners").order_by("pk")
    return list(rows.values_list("text", flat=True))


def refused(act: Callable[..., Any], **values: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as found:
        act(**values)
    return found.value.reason, found.value.field


# Save for later


def test_save_for_later_keeps_once(cast: SimpleNamespace, offer: Offer) -> None:
    first = save_for_later(member=cast.learner, offer=offer)
    assert save_for_later(member=cast.learner, offer=offer) == first
    save_for_later(member=cast.neighbour, offer=offer)
    assert SavedOffer.objects.count() == 2


def test_save_for_later_refuses_what_is_not_public(cast: SimpleNamespace, partner: Partner) -> None:
    reason = refused(save_for_later, member=cast.learner, offer=make_draft(partner))
    assert reason == ("This offer is not there any more.", "")


def test_save_for_later_refuses_more_than_a_hundred(
    cast: SimpleNamespace, partner: Partner, offer: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partners.actions.interest.MOST_SAVED", 1)
    save_for_later(member=cast.learner, offer=offer)
    save_for_later(member=cast.learner, offer=offer)
    reason, _field = refused(save_for_later, member=cast.learner, offer=make_offer(partner))
    assert reason.startswith("You have saved very many offers.")


def test_drop_saved_says_whether_there_was_one(cast: SimpleNamespace, offer: Offer) -> None:
    save_for_later(member=cast.learner, offer=offer)
    assert drop_saved(member=cast.neighbour, offer=offer) is False
    assert drop_saved(member=cast.learner, offer=offer) is True
    assert drop_saved(member=cast.learner, offer=offer) is False


# Apply


def test_send_interest_is_sent_once_with_a_consent(cast: SimpleNamespace, offer: Offer) -> None:
    make_colleague(offer.partner, cast.editor, "admin")
    make_colleague(offer.partner, cast.mentor, "viewer")
    first = send_interest(member=cast.learner, offer=offer, **FACTS)
    again = send_interest(member=cast.learner, offer=offer, **{**FACTS, "message": "Other."})
    assert first == again and Interest.objects.get().message == "Hello."
    assert (first.name, first.state) == ("Lea", "new")
    consent = Consent.objects.get(member=cast.learner, kind=consent_kind(offer))
    assert consent.wording == (
        "I agree that my name, how to reach me and my message go to City College, "
        "for this: Web skills."
    )
    assert told(cast.editor) == ["Somebody applies for your offer “Web skills”."]
    assert told(cast.mentor, cast.coordinator, cast.learner) == []


def test_send_interest_tells_the_hub_that_keeps_the_partner(cast: SimpleNamespace) -> None:
    kept = make_partner(cast.hub, "kept-one", is_kept_by_hub=True)
    row = send_interest(member=cast.learner, offer=make_offer(kept), **FACTS)
    assert told(cast.coordinator) == ["Somebody applies for your offer “Web skills”."]
    assert told(cast.other_coordinator) == []
    assert row.is_for_hub
    assert Consent.objects.get(member=cast.learner).wording == (
        "I agree that my name, how to reach me and my message go to Harbour Hub, which acts for "
        "Kept One until its own people do, for this: Web skills."
    )


def test_the_hub_does_not_move_what_was_sent_to_the_partner(cast: SimpleNamespace) -> None:
    partner = make_partner(cast.hub, "kept-one", is_kept_by_hub=True)
    offer = make_offer(partner)
    old, new = make_interest(offer, cast.learner), make_interest(offer, cast.neighbour)
    Interest.objects.filter(pk=new.pk).update(is_for_hub=True)
    found = refused(move_interest, member=cast.coordinator, interest=old, state="seen")
    assert found == ("You do not look after this offer.", "")
    assert move_interest(member=cast.coordinator, interest=new, state="seen").state == "seen"
    visible = Interest.objects.visible_to
    assert list(visible(cast.coordinator)) == [new]
    assert list(visible(cast.learner)) == [old]
    assert not visible(cast.other_coordinator).exists()


def test_send_interest_again_after_taking_it_back(cast: SimpleNamespace, offer: Offer) -> None:
    make_colleague(offer.partner, cast.editor)
    first = send_interest(member=cast.learner, offer=offer, **FACTS)
    withdraw_interest(member=cast.learner, interest=first)
    later = timezone.now() + DAY
    again = send_interest(
        member=cast.learner, offer=offer, **{**FACTS, "message": "Again."}, now=later
    )
    assert again.pk == first.pk and (again.state, again.message) == ("new", "Again.")
    assert Consent.objects.standing().filter(kind=consent_kind(offer)).count() == 1
    assert len(told(cast.editor)) == 2


def test_a_consent_for_one_offer_leaves_that_for_another(
    cast: SimpleNamespace, offer: Offer
) -> None:
    other = make_offer(make_partner(cast.hub, "other-college"))
    first = send_interest(member=cast.learner, offer=offer, **FACTS)
    send_interest(member=cast.learner, offer=other, **FACTS)
    withdraw_interest(member=cast.learner, interest=first)
    standing = Consent.objects.standing().filter(member=cast.learner)
    assert [row.kind for row in standing] == [consent_kind(other)]


@pytest.mark.parametrize(
    ("values", "facts", "reason", "field"),
    [
        ({"ends_on": today() - 5 * DAY}, {}, "This offer has ended.", ""),
        ({"live": False}, {}, "This offer has ended.", ""),
        ({"deadline_on": today() - 5 * DAY}, {}, "You can no longer apply: the last", ""),
        ({"open_until": today() - 5 * DAY}, {}, "You can no longer apply: the last", ""),
        ({"apply_by": "link"}, {}, "You cannot apply here.", ""),
        ({}, {"name": "  "}, "Write a few words first.", "name"),
        ({}, {"contact": ""}, "Write a few words first.", "contact"),
        ({}, {"contact": "x" * 201}, "This is too long.", "contact"),
        ({}, {"message": "x" * 1001}, "This is too long.", "message"),
        ({}, {"agrees": False}, "Tick that you agree.", "agrees"),
    ],
)
def test_send_interest_refuses(
    cast: SimpleNamespace,
    partner: Partner,
    values: dict[str, Any],
    facts: dict[str, Any],
    reason: str,
    field: str,
) -> None:
    offer = make_offer(partner, **values)
    found = refused(send_interest, member=cast.learner, offer=offer, **{**FACTS, **facts})
    assert found[0].startswith(reason) and found[1] == field
    assert not Interest.objects.exists() and not Consent.objects.exists()


def test_send_interest_refuses_an_account_that_is_off(cast: SimpleNamespace, offer: Offer) -> None:
    cast.learner.is_active = False
    assert refused(send_interest, member=cast.learner, offer=offer, **FACTS)[1] == ""
    assert not Interest.objects.exists()


def test_withdraw_interest_is_for_oneself(cast: SimpleNamespace, offer: Offer) -> None:
    interest = send_interest(member=cast.learner, offer=offer, **FACTS)
    reason = refused(withdraw_interest, member=cast.neighbour, interest=interest)
    assert reason == ("This is not yours.", "")
    for _time in range(2):
        withdraw_interest(member=cast.learner, interest=interest)
    row = Interest.objects.get()
    assert (row.state, row.name, row.contact, row.message) == ("withdrawn", "", "", "")


# What the partner says


def test_move_interest_tells_the_member_once(cast: SimpleNamespace, offer: Offer) -> None:
    make_colleague(offer.partner, cast.editor)
    interest = make_interest(offer, cast.learner)
    for state in ("seen", "answered", "answered", "started", "finished"):
        move_interest(member=cast.editor, interest=interest, state=state)
    assert Interest.objects.get().state == "finished"
    assert told(cast.learner) == [
        "City College has answered you: Web skills.",
        "City College notes that you have started: Web skills.",
    ]
    assert Notice.objects.filter(member=cast.learner, kind="partners")[0].url == "/offers/saved/"


def test_no_place_is_told_again_on_another_day(cast: SimpleNamespace, offer: Offer) -> None:
    """Not twice a day, whatever is pressed; a no that comes after a yes is a new one."""
    make_colleague(offer.partner, cast.editor)
    interest, now = make_interest(offer, cast.learner), timezone.now()
    steps = [(0, "no_place"), (0, "seen"), (0, "no_place"), (40, "seen"), (40, "no_place")]
    for days, state in steps:
        at = now + timedelta(days=days)
        move_interest(member=cast.editor, interest=interest, state=state, now=at)
    assert told(cast.learner) == ["City College has no place for you this time: Web skills."] * 2


def test_move_interest_of_somebody_who_has_left(cast: SimpleNamespace, offer: Offer) -> None:
    make_colleague(offer.partner, cast.editor)
    interest = make_interest(offer, cast.learner)
    Interest.objects.update(member=None)
    assert move_interest(member=cast.editor, interest=interest, state="no_place").state == (
        "no_place"
    )
    assert told(cast.learner) == []


@pytest.mark.parametrize("state", ["new", "withdrawn", "unknown", ""])
def test_move_interest_refuses_other_states(
    cast: SimpleNamespace, offer: Offer, state: str
) -> None:
    make_colleague(offer.partner, cast.editor)
    interest = make_interest(offer, cast.learner)
    found = refused(move_interest, member=cast.editor, interest=interest, state=state)
    assert found == ("Choose one of these.", "state")


def test_move_interest_refuses_what_was_taken_back(cast: SimpleNamespace, offer: Offer) -> None:
    make_colleague(offer.partner, cast.editor)
    interest = make_interest(offer, cast.learner, state="withdrawn")
    found = refused(move_interest, member=cast.editor, interest=interest, state="seen")
    assert found == ("This person has taken it back.", "")


def test_move_interest_refuses_whoever_does_not_write(cast: SimpleNamespace, offer: Offer) -> None:
    make_colleague(offer.partner, cast.mentor, "viewer")
    make_colleague(make_partner(cast.hub, "other-college"), cast.other_hub_editor, "admin")
    interest = make_interest(offer, cast.learner)
    for member in (cast.learner, cast.mentor, cast.other_hub_editor, cast.coordinator):
        found = refused(move_interest, member=member, interest=interest, state="seen")
        assert found == ("You do not look after this offer.", "")
    assert Interest.objects.get().state == "new"


# Reports


def report(offer: Offer, **values: Any) -> OfferReport:
    facts = {"member": None, "key": uuid.UUID(int=1), "kind": "link", "words": "Gone."}
    return report_offer(offer=offer, **{**facts, **values})


def test_report_offer_tells_the_hub_once(cast: SimpleNamespace, offer: Offer) -> None:
    assert report(offer) == report(offer)
    assert report(offer, words="Something else.") != report(offer)
    assert report(offer, member=cast.learner).member == cast.learner
    words = "Somebody says that something is wrong with the offer “Web skills”."
    assert told(cast.coordinator) == [words] * 3
    assert told(cast.other_coordinator, cast.editor) == []


def test_report_offer_is_not_told_to_the_partners_own_people(
    cast: SimpleNamespace, offer: Offer
) -> None:
    make_colleague(offer.partner, cast.coordinator)
    report(offer)
    assert told(cast.coordinator) == []


def test_report_offer_refuses(
    cast: SimpleNamespace, partner: Partner, offer: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused(report, offer=offer, kind="odd") == ("Choose one of these.", "kind")
    assert refused(report, offer=offer, words="x" * 501)[1] == "words"
    reason = refused(report, offer=make_draft(partner))[0]
    assert reason == "This offer is not there any more."
    monkeypatch.setattr("partners.actions.interest.MOST_OPEN", 1)
    report(offer)
    assert refused(report, offer=offer, words="More.")[0].startswith("The hub knows already")
    assert report(offer, words="Mine.", member=cast.learner).words == "Mine."


def test_settle_report_is_for_the_hubs_people(cast: SimpleNamespace, offer: Offer) -> None:
    row = report(offer)
    for member in (cast.learner, cast.editor, cast.other_coordinator):
        found = refused(settle_report, member=member, report=row)
        assert found == ("You do not look after the partners of this hub.", "")
    assert refused(settle_report, member=cast.coordinator, report=row, answer="x" * 501)[1] == (
        "answer"
    )
    first = settle_report(member=cast.coordinator, report=row, answer="They mended it.")
    later = {"now": timezone.now() + DAY, "answer": "Other words."}
    again = settle_report(member=cast.coordinator, report=row, **later)
    assert first.settled_by == cast.coordinator and again.settled_at == first.settled_at
    assert again.answer == "They mended it."


def test_who_reported_is_told_what_came_of_it(
    cast: SimpleNamespace, partner: Partner, offer: Offer
) -> None:
    row = report(offer, member=cast.learner)
    colleague = make_colleague(partner, cast.coordinator)
    found = refused(settle_report, member=cast.coordinator, report=row)
    assert found == ("You do not look after the partners of this hub.", "")
    colleague.delete()
    for _twice in range(2):
        settle_report(member=cast.coordinator, report=row, answer="They mended it.")
    told = Notice.objects.filter(member=cast.learner, key__startswith="offer-report")
    words = (
        f"Harbour Hub has looked at “{offer.title}”, which you reported. Thank you. They mended it."
    )
    assert [notice.text for notice in told] == [words]


# Counts of a day


def test_counts_are_daily_and_of_nobody(
    offer: Offer, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_num_queries(1):
        count_view(offer=offer, today=today())
    count_view(offer=offer, today=today())
    count_click(offer=offer, today=today())
    count_click(offer=offer, today=today() + timedelta(days=1))
    rows = OfferDay.objects.order_by("on").values_list("views", "clicks")
    assert list(rows) == [(2, 1), (0, 1)]


def test_words_are_forgotten_also_of_somebody_who_has_gone(
    partner: Partner, offer: Offer, learner: Any
) -> None:
    row = make_interest(offer, learner, name="N", contact="C", message="M")
    Interest.objects.filter(pk=row.pk).update(member=None)
    forget_interest(partner=partner, now=timezone.now())
    assert list(Interest.objects.values_list("name", "contact", "message")) == [("", "", "")]
