"""Another name or number of an organisation that the hub has checked waits for the hub's yes."""

from types import SimpleNamespace
from typing import Any

import pytest

from members import outbox
from members.models import HubRole, OutboxRow
from partners import actions
from partners.actions import finding
from partners.models import Partner, PartnerChange
from partners.queries.listing import index_keys
from tests.partners.desk_cast import cost_of
from tests.partners.offers_cast import DAY, NOW, TODAY, key, make_site, published, refused, told

pytestmark = pytest.mark.django_db
NOT_RUN = "Only people who run this organisation can do this."
NOT_HUB = "Only people of the hub who are not from this organisation can do this."
MEANWHILE = "This has changed meanwhile. Please look at it again."


@pytest.fixture
def site() -> SimpleNamespace:
    return make_site()


def ask(site: SimpleNamespace, **values: Any) -> PartnerChange | None:
    facts = {
        "member": site.anna,
        "partner": site.partner,
        "name": "Port College",
        "kind": "college",
        "now": NOW,
        **values,
    }
    return actions.ask_identity(**facts)


def name_of(site: SimpleNamespace) -> str:
    return Partner.objects.get(pk=site.partner.pk).name


def test_a_new_name_waits_for_the_hub(site: SimpleNamespace) -> None:
    row = ask(site, scheme="charity", number="77")
    assert ask(site, scheme="charity", number="77", now=NOW + DAY) == row
    stored = PartnerChange.objects.get()
    assert (stored.state, stored.name, stored.kind) == ("waiting", "Port College", "college")
    assert (stored.scheme, stored.number, stored.sent_by) == ("charity", "77", site.anna)
    assert (stored.sent_at, stored.promised_on) == (NOW, TODAY + 5 * DAY)
    assert name_of(site) == "Harbour College"
    words = ["Harbour College wants to change its name or number. Please check it."]
    assert told(site.reviewer) == told(site.coordinator) == words
    assert told(site.other_reviewer) == told(site.hub_editor) == []
    assert str(stored) == "Port College"


def test_a_newer_wish_takes_the_place_of_an_older_one(site: SimpleNamespace) -> None:
    ask(site)
    ask(site, name="Pier College", now=NOW + DAY)
    rows = PartnerChange.objects.order_by("pk").values_list("name", "state", "decided_at")
    assert list(rows) == [
        ("Port College", "withdrawn", NOW + DAY),
        ("Pier College", "waiting", None),
    ]
    assert ask(site, name="Harbour College") is None
    assert not PartnerChange.objects.filter(state="waiting").exists()


def test_what_is_so_already_asks_for_nothing(site: SimpleNamespace) -> None:
    assert ask(site, name="Harbour College") is None
    assert not PartnerChange.objects.exists()
    assert told(site.reviewer) == []


def test_before_the_check_it_is_so_at_once(site: SimpleNamespace) -> None:
    Partner.objects.filter(pk=site.partner.pk).update(state="waiting")
    assert ask(site) is None
    assert ask(site) is None
    assert name_of(site) == "Port College"
    assert not PartnerChange.objects.exists()


def test_the_hub_names_a_partner_that_it_keeps(site: SimpleNamespace) -> None:
    Partner.objects.filter(pk=site.partner.pk).update(is_kept_by_hub=True)
    assert ask(site, member=site.reviewer) is None
    assert name_of(site) == "Port College"
    assert ask(site, name="Pier College").state == "waiting"


def test_what_cannot_be_is_refused(site: SimpleNamespace) -> None:
    for member in (site.ed, site.vic, site.otto, site.outsider, site.reviewer):
        assert refused(ask, site=site, member=member) == (NOT_RUN, "")
    for name, value in (("name", ""), ("name", "x" * 121), ("kind", "circus")):
        assert refused(ask, site=site, **{name: value})[1] == name
    assert refused(ask, site=site, scheme="charity")[1] == "number"
    assert refused(ask, site=site, number="5")[1] == "scheme"
    Partner.objects.filter(pk=site.other_partner.pk).update(scheme="company", number="9")
    got = refused(ask, site=site, scheme="company", number="9")
    assert got == (
        "An organisation with this number is here already. Ask its people to invite you.",
        "number",
    )
    assert not PartnerChange.objects.exists()
    assert name_of(site) == "Harbour College"


def settle(site: SimpleNamespace, change: PartnerChange, **values: Any) -> PartnerChange:
    facts = {"member": site.reviewer, "is_fine": True, "now": NOW, **values}
    return actions.settle_identity(change=change, **facts)


def test_a_yes_changes_it_and_tells_who_runs_it(site: SimpleNamespace) -> None:
    offer, row = published(site), ask(site, scheme="charity", number="77")
    for number in range(2):
        done = settle(site, row, now=NOW + number * DAY)
    assert (done.state, done.decided_by, done.decided_at) == ("done", site.reviewer, NOW)
    stored = Partner.objects.get(pk=site.partner.pk)
    assert (stored.name, stored.slug, stored.number) == ("Port College", "harbour-college", "77")
    words = "The hub said yes: your organisation is called Port College on the site now."
    assert told(site.anna)[-1] == words
    assert words not in told(site.ed)
    assert index_keys("port", TODAY, {}) == []
    owed = OutboxRow.objects.get(effect="partners.index_offers")
    assert outbox.run_row(owed.pk)
    assert index_keys("port", TODAY, {}) == [offer.pk]
    assert refused(settle, site=site, change=row, is_fine=False, reason="x") == (MEANWHILE, "")


@pytest.mark.parametrize("count", [1, 5])
def test_another_name_costs_the_same_for_any_number_of_offers(
    site: SimpleNamespace, count: int
) -> None:
    """A worker lets the search find them, some at a time; twice changes nothing more."""
    keys = [published(site, number).pk for number in range(1, count + 1)]
    kept = Partner.objects.get(pk=site.partner.pk)
    kept.name = "Port College"
    assert cost_of(lambda: finding.owe_index(kept, NOW)) == 3
    kept.save(update_fields=["name"])
    for _twice in range(2):
        outbox.effects["partners.index_offers"].run({"partner": kept.pk})
        assert sorted(index_keys("port", TODAY, {})) == keys
    outbox.effects["partners.index_offers"].run({"partner": 0})


def test_some_are_indexed_at_a_time(site: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "AT_ONCE", 2)
    keys = [published(site, number).pk for number in range(1, 6)]
    Partner.objects.filter(pk=site.partner.pk).update(name="Port College")
    assert actions.index_offers(partner=site.partner) == 5
    assert sorted(index_keys("port", TODAY, {})) == keys


def test_each_new_name_is_owed_and_another_number_is_not(site: SimpleNamespace) -> None:
    published(site)
    Partner.objects.filter(pk=site.partner.pk).update(is_kept_by_hub=True)

    def owed() -> int:
        return OutboxRow.objects.filter(effect="partners.index_offers").count()

    for number, name in enumerate(["Port College", "Pier College", "Port College"], 1):
        ask(site, member=site.reviewer, name=name, now=NOW + number * DAY)
        assert owed() == number
    ask(site, member=site.reviewer, scheme="company", number="9", now=NOW + 5 * DAY)
    assert owed() == 3


def test_nothing_to_find_is_nothing_owed(site: SimpleNamespace) -> None:
    Partner.objects.filter(pk=site.partner.pk).update(is_kept_by_hub=True)
    ask(site, member=site.reviewer)
    assert name_of(site) == "Port College"
    assert not OutboxRow.objects.filter(effect="partners.index_offers").exists()


def test_a_no_has_a_reason(site: SimpleNamespace) -> None:
    row = ask(site)
    assert refused(settle, site=site, change=row, is_fine=False, reason=" ")[1] == "reason"
    for reason in ("We do not find it.", "Never said."):
        done = settle(site, row, is_fine=False, reason=reason)
    assert (done.state, done.reason) == ("declined", "We do not find it.")
    assert name_of(site) == "Harbour College"
    assert told(site.anna) == ["Harbour Hub cannot change your name or number: We do not find it."]
    assert refused(settle, site=site, change=row) == (MEANWHILE, "")


def test_nobody_settles_their_own(site: SimpleNamespace) -> None:
    row = ask(site)
    HubRole.objects.create(member=site.vic, hub=site.hub, role="reviewer")
    for member in (site.anna, site.vic, site.outsider, site.other_reviewer, site.hub_editor):
        assert refused(settle, site=site, change=row, member=member) == (NOT_HUB, "")
    PartnerChange.objects.filter(pk=row.pk).update(sent_by=site.reviewer)
    assert refused(settle, site=site, change=row) == (NOT_HUB, "")
    assert settle(site, row, member=site.coordinator).state == "done"


def test_a_number_that_two_take_at_once_is_refused(
    site: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have looked before either has stored."""
    number = {"scheme": "company", "number": "9"}
    Partner.objects.filter(pk=site.other_partner.pk).update(**number)
    monkeypatch.setattr("partners.actions.organisations.refuse_number", lambda partner: None)
    taken = (
        "An organisation with this number is here already. Ask its people to invite you.",
        "number",
    )
    own = {"name": "Harbour College", "kind": "college", **number}
    change = actions.ask_identity(member=site.anna, partner=site.partner, **own)
    assert refused(settle, site=site, change=change) == taken
    Partner.objects.filter(pk=site.partner.pk).update(state="waiting")
    facts = {"member": site.anna, "partner": site.partner}
    assert refused(actions.ask_identity, **facts, **own) == taken
    assert refused(actions.change_partner, **facts, **number) == taken
    new = {"key": key(7), "hub": site.hub, "place": "Port", **own}
    assert refused(actions.apply_partner, member=site.outsider, **new) == taken
    Partner.objects.filter(pk=site.partner.pk).update(state="declined", **number)
    facts["member"] = site.reviewer
    assert refused(actions.approve_partner, **facts) == taken
    assert Partner.objects.get(pk=site.partner.pk).state == "declined"


def test_a_number_that_was_taken_meanwhile_is_refused(site: SimpleNamespace) -> None:
    row = ask(site, scheme="company", number="9")
    Partner.objects.filter(pk=site.other_partner.pk).update(scheme="company", number="9")
    assert refused(settle, site=site, change=row)[1] == "number"
    assert PartnerChange.objects.get().state == "waiting"
