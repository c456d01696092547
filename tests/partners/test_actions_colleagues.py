"""Who acts for a partner: invitations, roles, and one who runs it always stays."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail

from members.models import Member, OutboxRow
from partners import actions
from partners.models import Colleague, Partner, PartnerInvitation
from tests.factories import make_member
from tests.partners.offers_cast import (
    DAY,
    NOW,
    fresh,
    key,
    make_partner,
    make_site,
    published,
    refused,
    told,
)

pytestmark = pytest.mark.django_db
NOT_RUN = "Only people who run this organisation can do this."
NOT_GOOD = "This invitation is not good any more. Ask for a new one."
LAST = "Somebody has to run the organisation. Give this role to another one first."


@pytest.fixture
def site() -> SimpleNamespace:
    return make_site()


def invite(site: SimpleNamespace, **values: Any) -> tuple[PartnerInvitation, str]:
    facts = {
        "member": site.anna,
        "partner": site.partner,
        "email": "new@college.example",
        "role": "editor",
        "now": NOW,
        **values,
    }
    return actions.invite_colleague(**facts)


def roles(partner: Partner) -> dict[str, str]:
    rows = Colleague.objects.filter(partner=partner)
    return dict(rows.values_list("member__username", "role"))


def colleague(site: SimpleNamespace, name: str) -> Colleague:
    return Colleague.objects.get(partner=site.partner, member__username=name)


def test_an_invitation_goes_out_by_mail_once(site: SimpleNamespace, commit: Any) -> None:
    with commit():
        invitation, code = invite(site, email=" New@College.example ")
        second, same = invite(site, role="viewer", now=NOW + DAY)
    assert (second.pk, same) == (invitation.pk, code)
    assert (invitation.is_mailed, second.is_mailed) == (True, False)
    stored = PartnerInvitation.objects.get()
    assert (stored.email, stored.role, stored.made_by) == (
        "new@college.example",
        "viewer",
        site.anna,
    )
    assert stored.expires_at == NOW + 14 * DAY
    assert code not in stored.digest
    assert [one.to for one in mail.outbox] == [["new@college.example"]]
    assert mail.outbox[0].subject == "Harbour College invites you to Weft"
    assert f"http://testserver/partners/invitations/{code}/" in mail.outbox[0].body
    renewed, other = invite(site, now=NOW + 14 * DAY)
    assert (other != code, PartnerInvitation.objects.get() == renewed) == (True, True)
    assert OutboxRow.objects.filter(key__startswith="mail:partner-invitation:").count() == 2


def test_only_who_runs_the_partner_invites(site: SimpleNamespace) -> None:
    for member in (site.ed, site.vic, site.otto, site.reviewer, site.outsider):
        assert refused(invite, site=site, member=member) == (NOT_RUN, "")
    assert refused(invite, site=site, email="nobody")[1] == "email"
    assert refused(invite, site=site, role="king")[1] == "role"
    assert not PartnerInvitation.objects.exists()


def test_an_address_is_as_long_as_can_be_kept(site: SimpleNamespace) -> None:
    got = refused(invite, site=site, email=f"{'n' * 239}@college.example")
    assert got == ("This is too long. Please keep it under 254 letters.", "email")
    longest = f"{'n' * 238}@college.example"
    assert invite(site, email=longest)[0].email == longest
    assert PartnerInvitation.objects.get().email == longest


def test_an_invitation_is_taken_back(site: SimpleNamespace) -> None:
    invitation, code = invite(site)
    got = refused(actions.drop_invitation, member=site.ed, invitation=invitation)
    assert got == (NOT_RUN, "")
    assert actions.drop_invitation(member=site.anna, invitation=invitation) is True
    assert actions.drop_invitation(member=site.anna, invitation=invitation) is False
    got = refused(actions.accept_invitation, member=site.outsider, code=code, now=NOW)
    assert got == (NOT_GOOD, "")


def test_a_code_works_once_for_one_member(site: SimpleNamespace) -> None:
    _invitation, code = invite(site)
    for _twice in range(2):
        row = actions.accept_invitation(member=site.outsider, code=f" {code} ", now=NOW)
    assert (row.partner, row.role, row.joined_at) == (site.partner, "editor", NOW)
    assert told(site.anna) == ["Outsider now acts for Harbour College."]
    assert told(site.ed) == told(site.reviewer) == []
    got = refused(actions.accept_invitation, member=site.otto, code=code, now=NOW)
    assert got == (NOT_GOOD, "")
    assert roles(site.partner)["outsider"] == "editor"


def test_codes_that_are_not_good(site: SimpleNamespace) -> None:
    _invitation, code = invite(site)
    values: dict[str, Any] = {"member": site.outsider}
    assert refused(actions.accept_invitation, **values, code="x", now=NOW) == (NOT_GOOD, "")
    late = NOW + timedelta(days=14)
    assert refused(actions.accept_invitation, **values, code=code, now=late) == (NOT_GOOD, "")
    site.outsider.is_active = False
    assert refused(actions.accept_invitation, **values, code=code, now=NOW) == (NOT_GOOD, "")
    site.outsider.is_active = True
    Partner.objects.filter(pk=site.partner.pk).update(state="left")
    assert refused(actions.accept_invitation, **values, code=code, now=NOW) == (NOT_GOOD, "")
    assert "outsider" not in roles(site.partner)


def test_an_invitation_never_lowers_a_role(site: SimpleNamespace) -> None:
    _one, low = invite(site, role="viewer")
    actions.accept_invitation(member=site.ed, code=low, now=NOW)
    _two, high = invite(site, email="other@college.example", role="admin")
    assert roles(site.partner)["ed"] == "editor"
    actions.accept_invitation(member=site.ed, code=high, now=NOW)
    assert roles(site.partner)["ed"] == "admin"
    assert told(site.anna) == []


def test_the_first_one_takes_a_kept_partner_over(site: SimpleNamespace) -> None:
    kept = make_partner(site.hub, "Old Library", is_kept_by_hub=True, clean_approvals=7)
    offer = actions.begin_offer(member=site.reviewer, partner=kept, key=key(9), now=NOW)
    values = {"member": site.reviewer, "partner": kept}
    got = refused(invite, site=site, **values)
    assert got == ("The first one to come has to run the organisation.", "role")
    _row, code = invite(site, **values, role="admin")
    actions.accept_invitation(member=site.outsider, code=code, now=NOW + DAY)
    kept.refresh_from_db()
    assert (kept.is_kept_by_hub, kept.confirmed_at) == (False, NOW + DAY)
    assert kept.clean_approvals == 0
    assert not fresh(offer).is_on_behalf
    assert (
        told(site.reviewer) == told(site.coordinator) == ["Old Library now writes its own offers."]
    )
    assert refused(invite, site=site, **values, role="admin") == (NOT_RUN, "")
    got = refused(actions.save_offer, member=site.reviewer, offer=offer, values={"title": "x"})
    assert got[0] == "Only people who write offers for this organisation can do this."


def test_the_hub_calls_somebody_when_the_last_admin_is_off(site: SimpleNamespace) -> None:
    values = {"site": site, "member": site.reviewer, "role": "admin"}
    assert refused(invite, **values) == (NOT_RUN, "")
    Member.objects.filter(pk=site.anna.pk).update(is_active=False)
    got = refused(invite, **{**values, "role": "editor"})
    assert got == ("The first one to come has to run the organisation.", "role")
    for name in ("ed", "vic", "otto", "other_reviewer", "hub_editor", "outsider"):
        got = refused(invite, **{**values, "member": getattr(site, name)})
        assert got == (NOT_RUN, ""), name
    _row, code = invite(**values)
    actions.accept_invitation(member=site.outsider, code=code, now=NOW)
    assert roles(site.partner)["outsider"] == "admin"
    assert refused(invite, **values) == (NOT_RUN, "")
    site.partner.refresh_from_db()
    assert (site.partner.is_kept_by_hub, site.partner.state) == (False, "approved")


@pytest.mark.parametrize("state", ["declined", "left"])
def test_nobody_is_called_for_what_is_gone(site: SimpleNamespace, state: str) -> None:
    Member.objects.filter(pk=site.anna.pk).update(is_active=False)
    Partner.objects.update(state=state)
    assert refused(invite, site=site, member=site.reviewer, role="admin") == (NOT_RUN, "")


def test_one_person_is_in_several_organisations(site: SimpleNamespace) -> None:
    _row, code = invite(site)
    actions.accept_invitation(member=site.otto, code=code, now=NOW)
    assert set(site.otto.partner_roles.values_list("partner__name", "role")) == {
        ("Valley School", "admin"),
        ("Harbour College", "editor"),
    }


def test_roles_are_given_by_who_runs_it(site: SimpleNamespace) -> None:
    values = {"partner": site.partner, "colleague": colleague(site, "ed")}
    for member in (site.ed, site.otto, site.reviewer):
        got = refused(actions.set_role, member=member, **values, role="admin")
        assert got == (NOT_RUN, "")
    assert refused(actions.set_role, member=site.anna, **values, role="king")[1] == "role"
    for _twice in range(2):
        actions.set_role(member=site.anna, **values, role="admin")
    assert roles(site.partner) == {"anna": "admin", "ed": "admin", "vic": "viewer"}
    foreign = Colleague.objects.get(member=site.otto)
    got = refused(
        actions.set_role, member=site.anna, partner=site.partner, colleague=foreign, role="viewer"
    )
    assert got[0] == "This person does not act for the organisation any more."


def test_one_who_runs_it_always_stays(site: SimpleNamespace) -> None:
    anna = colleague(site, "anna")
    values = {"member": site.anna, "partner": site.partner}
    got = refused(actions.set_role, **values, colleague=anna, role="viewer")
    assert got[0] == "Somebody has to run the organisation. Give this role to another."
    assert refused(actions.drop_colleague, **values, colleague=anna) == (LAST, "")
    assert refused(actions.leave_colleagues, **values) == (LAST, "")
    actions.set_role(**values, colleague=colleague(site, "ed"), role="admin")
    Member.objects.filter(pk=site.ed.pk).update(is_active=False)
    assert refused(actions.leave_colleagues, **values) == (LAST, "")
    Member.objects.filter(pk=site.ed.pk).update(is_active=True)
    assert actions.leave_colleagues(**values) is True
    assert actions.leave_colleagues(**values) is False
    assert roles(site.partner) == {"ed": "admin", "vic": "viewer"}


def test_a_colleague_is_taken_out(site: SimpleNamespace) -> None:
    vic = colleague(site, "vic")
    values = {"partner": site.partner, "colleague": vic}
    for member in (site.ed, site.otto, site.reviewer):
        assert refused(actions.drop_colleague, member=member, **values) == (NOT_RUN, "")
    assert actions.drop_colleague(member=site.anna, **values) is True
    assert actions.drop_colleague(member=site.anna, **values) is False
    foreign = Colleague.objects.get(member=site.otto)
    assert not actions.drop_colleague(member=site.anna, partner=site.partner, colleague=foreign)
    assert Colleague.objects.filter(pk=foreign.pk).exists()


def test_offers_stay_when_their_writer_goes(site: SimpleNamespace) -> None:
    offer = published(site)
    actions.drop_colleague(member=site.anna, partner=site.partner, colleague=colleague(site, "ed"))
    assert fresh(offer).live
    assert make_member("newcomer").partner_roles.count() == 0
