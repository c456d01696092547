"""Who may do what for a partner."""

from types import SimpleNamespace

import pytest

from members.models import Member
from partners import rules
from partners.models import Partner
from tests.partners.offers_cast import make_site, sent

pytestmark = pytest.mark.django_db
PEOPLE = (
    "anna",
    "ed",
    "vic",
    "otto",
    "reviewer",
    "coordinator",
    "hub_editor",
    "other_reviewer",
    "outsider",
)


@pytest.fixture
def site() -> SimpleNamespace:
    return make_site()


def who(site: SimpleNamespace, rule: str) -> set[str]:
    """Who may, by name."""
    partner = Partner.objects.select_related("hub").get(pk=site.partner.pk)
    return {name for name in PEOPLE if getattr(rules, rule)(getattr(site, name), partner)}


HUB = {"reviewer", "coordinator"}


def test_for_a_partner_with_people_of_its_own(site: SimpleNamespace) -> None:
    assert who(site, "may_act") == {"anna", "ed", "vic"}
    assert who(site, "may_write") == {"anna", "ed"}
    assert who(site, "may_run") == who(site, "may_leave") == {"anna"}
    assert who(site, "may_see_interest") == {"anna", "ed"}
    assert who(site, "may_decide_partner") == HUB
    assert who(site, "may_keep") == set()


def test_for_a_partner_that_the_hub_keeps(site: SimpleNamespace) -> None:
    Partner.objects.update(is_kept_by_hub=True)
    assert who(site, "may_act") == {"anna", "ed", "vic", *HUB}
    assert who(site, "may_write") == {"anna", "ed", *HUB}
    assert who(site, "may_run") == {"anna", *HUB}
    assert who(site, "may_see_interest") == {"anna", "ed", *HUB}
    assert who(site, "may_keep") == HUB


@pytest.mark.parametrize("state", ["waiting", "declined", "paused", "left"])
def test_nobody_reads_who_applied_when_the_partner_is_not_in_the_directory(
    site: SimpleNamespace, state: str
) -> None:
    Partner.objects.update(is_kept_by_hub=True, state=state)
    assert who(site, "may_see_interest") == set()


def test_nobody_writes_or_runs_what_has_left(site: SimpleNamespace) -> None:
    Partner.objects.update(is_kept_by_hub=True, state="left")
    assert who(site, "may_write") == who(site, "may_run") == set()
    assert who(site, "may_leave") == {"anna"}
    assert who(site, "may_act") == {"anna", "ed", "vic", *HUB}


def test_an_account_that_is_off_does_nothing(site: SimpleNamespace) -> None:
    review = sent(site)
    Member.objects.update(is_active=False)
    for name in PEOPLE:
        setattr(site, name, Member.objects.get(pk=getattr(site, name).pk))
        assert not rules.may_apply(getattr(site, name))
        assert not rules.may_decide(getattr(site, name), review)
    for rule in ("may_act", "may_write", "may_run", "may_see_interest", "may_decide_partner"):
        assert who(site, rule) == set()


def test_anybody_with_an_account_applies(site: SimpleNamespace) -> None:
    assert rules.may_apply(site.outsider)
    assert not rules.may_review(site.hub_editor, site.hub)


def test_the_hub_takes_offers_down_but_not_its_own(site: SimpleNamespace) -> None:
    offer = sent(site).offer
    assert {name for name in PEOPLE if rules.may_take_down(getattr(site, name), offer)} == HUB
