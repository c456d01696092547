"""Organisations apply, are entered by a hub, and keep their page."""

import uuid
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError

from content.models import Topic
from members.models import OutboxRow
from partners import actions
from partners.actions.numbers import store
from partners.models import Partner
from tests.partners.offers_cast import NOW, key, make_site, refused, told
from tests.partners.organisation_cast import FACTS, NOT_RUN, apply

pytestmark = pytest.mark.django_db
NOT_REVIEW = "Only people who look after the partners of this hub can do this."


@pytest.fixture
def site() -> SimpleNamespace:
    return make_site()


def test_apply_makes_one_organisation_that_waits(site: SimpleNamespace) -> None:
    partner = apply(site)
    assert apply(site, name="Other") == partner
    stored = Partner.objects.get(slug="north-college")
    assert (stored.name, stored.kind, stored.place) == ("North College", "college", "North")
    assert (stored.state, stored.hub, stored.is_kept_by_hub) == ("waiting", site.hub, False)
    assert (stored.applied_at, stored.promised_on) == (NOW, date(2026, 5, 9))
    assert (stored.language, stored.email_confirmed_at, stored.proof) == ("en", None, "")
    assert list(stored.colleagues.values_list("member", "role")) == [(site.outsider.pk, "admin")]
    words = ["North College wants to post training offers. Please check who they are."]
    assert told(site.reviewer) == told(site.coordinator) == words
    assert told(site.other_reviewer) == told(site.hub_editor) == []
    assert OutboxRow.objects.filter(key__startswith="mail:partner-email:").count() == 1


def test_an_address_may_be_as_long_as_can_be_kept(site: SimpleNamespace) -> None:
    longest = f"{'n' * 238}@college.example"
    assert apply(site, email=longest).email == longest
    (row,) = OutboxRow.objects.filter(key__startswith="mail:partner-email:")
    assert row.payload["to"] == longest
    assert len(row.key) <= OutboxRow._meta.get_field("key").max_length


def test_apply_with_the_least(site: SimpleNamespace) -> None:
    least = {"website": "", "email": "", "scheme": "", "number": ""}
    partner = apply(site, **least)
    assert partner.state == "waiting"
    assert not OutboxRow.objects.filter(key__startswith="mail:partner-email:").exists()


def test_a_key_of_somebody_else_is_refused(site: SimpleNamespace) -> None:
    apply(site)
    got = refused(apply, site=site, member=site.otto)
    assert got == ("Somebody else has sent this already. Please begin again.", "")
    assert Partner.objects.filter(name="North College").count() == 1


def test_an_account_that_is_off_does_not_apply(site: SimpleNamespace) -> None:
    site.outsider.is_active = False
    assert refused(apply, site=site)[0] == "Your account is off, so you cannot apply."
    got = refused(actions.suggest_partner, member=site.outsider, hub=site.hub, key=key(1), name="X")
    assert got[0] == "Your account is off, so you cannot do this."


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"kind": "circus"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"place": ""}, "place"),
        ({"website": "nothing"}, "website"),
        ({"website": "http://localhost/"}, "website"),
        ({"email": "jo"}, "email"),
        ({"scheme": ""}, "scheme"),
        ({"number": ""}, "number"),
        ({"scheme": "nonsense"}, "scheme"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_the_field(
    site: SimpleNamespace, values: dict[str, Any], field: str
) -> None:
    assert refused(apply, site=site, **values)[1] == field
    assert not Partner.objects.filter(applied_at=NOW).exists()


def test_a_number_is_of_one_organisation(site: SimpleNamespace) -> None:
    first = apply(site)
    got = refused(apply, site=site, one=2, name="Copy")
    assert got == (
        "An organisation with this number is here already. Ask its people to invite you.",
        "number",
    )
    for state in ("declined", "left"):
        Partner.objects.filter(pk=first.pk).update(state=state)
    assert apply(site, 2).number == "123"


def test_addresses_are_words_of_the_name_and_never_taken_ones(site: SimpleNamespace) -> None:
    least = {"scheme": "", "email": "", "website": ""}

    def slug(number: int, name: str) -> str:
        facts = {**FACTS, **least, "number": "", "name": name}
        return actions.apply_partner(
            member=site.outsider, hub=site.hub, key=key(number), now=NOW, **facts
        ).slug

    assert slug(1, "North College") == "north-college"
    assert slug(2, "North College") == f"north-college-{key(2).hex[-8:]}"
    assert slug(3, "Desk") == f"desk-{key(3).hex[-8:]}"
    assert slug(5, "Feed") == f"feed-{key(5).hex[-8:]}"
    same = uuid.UUID(int=key(2).int + 2**64)
    facts = {**FACTS, **least, "number": "", "key": same, "now": NOW}
    third = actions.apply_partner(member=site.outsider, hub=site.hub, **facts)
    assert third.slug == f"north-college-{same.hex}"
    assert slug(4, "Академия") == "partner"


def test_enter_makes_an_approved_one_that_the_hub_keeps(site: SimpleNamespace) -> None:
    values = {"hub": site.hub, "key": key(1), "now": NOW, **FACTS}
    for member in (site.outsider, site.other_reviewer, site.hub_editor, site.anna):
        assert refused(actions.enter_partner, member=member, **values)[0] == NOT_REVIEW
    for _twice in range(2):
        partner = actions.enter_partner(member=site.reviewer, words="We met.", **values)
    assert (partner.state, partner.is_kept_by_hub, partner.proof) == ("approved", True, "known")
    assert partner.proof_words == "We met."
    assert (partner.decided_by, partner.confirmed_at) == (site.reviewer, NOW)
    assert not partner.colleagues.exists()
    assert Partner.objects.filter(name="North College").count() == 1


def test_a_key_of_another_hub_enters_nothing(site: SimpleNamespace) -> None:
    values = {"key": key(1), "now": NOW, **FACTS}
    actions.enter_partner(member=site.reviewer, hub=site.hub, **values)
    other = {"member": site.other_reviewer, "hub": site.other_hub}
    got = refused(actions.enter_partner, **other, **values)
    assert got == ("Somebody else has sent this already. Please begin again.", "")
    too_long = {"member": site.reviewer, "hub": site.hub, "words": "x" * 301}
    assert refused(actions.enter_partner, **too_long, **{**values, "key": key(2)})[1] == "words"


def test_the_page_is_the_partners_own(site: SimpleNamespace) -> None:
    topic = Topic.objects.create(slug="metal", name="Metal")
    values = {"partner": site.partner, "about": " We weld. ", "gives": "Rooms.", "topics": [topic]}
    for member in (site.ed, site.vic, site.otto, site.reviewer, site.outsider):
        assert refused(actions.change_partner, member=member, **values)[0] == NOT_RUN
    for _twice in range(2):
        partner = actions.change_partner(member=site.anna, **values)
    assert (partner.about, partner.gives, list(partner.topics.all())) == (
        "We weld.",
        "Rooms.",
        [topic],
    )
    got = refused(actions.change_partner, member=site.anna, partner=site.partner, about="x" * 1201)
    assert got[1] == "about"
    with pytest.raises(TypeError):
        actions.change_partner(member=site.anna, partner=site.partner, state="approved")


def test_who_somebody_is_changes_only_before_the_hub_has_checked(site: SimpleNamespace) -> None:
    partner = apply(site)
    changed = actions.change_partner(
        member=site.outsider, partner=partner, name="North School", email="new@north.example"
    )
    assert (changed.name, changed.slug) == ("North School", "north-college")
    Partner.objects.filter(pk=partner.pk).update(state="approved")
    values = {"member": site.outsider, "partner": partner}
    for name, value in (("name", "A bank"), ("kind", "library")):
        got = refused(actions.change_partner, **values, **{name: value})
        assert got[0] == "The hub has to say yes to another name, kind or number."
    number = {"scheme": "company", "number": "7"}
    got = refused(actions.change_partner, **values, **number)
    assert got[0] == "The hub has to say yes to another name, kind or number."
    assert actions.change_partner(**values, name="North School", place="South").place == "South"
    Partner.objects.filter(pk=partner.pk).update(is_kept_by_hub=True)
    kept = actions.change_partner(member=site.reviewer, partner=partner, name="North")
    assert kept.name == "North"


def test_a_new_email_has_to_be_confirmed_anew(site: SimpleNamespace) -> None:
    partner = apply(site)
    Partner.objects.filter(pk=partner.pk).update(email_confirmed_at=NOW)
    changed = actions.change_partner(
        member=site.outsider, partner=partner, email="new@north.example", now=NOW
    )
    assert changed.email_confirmed_at is None
    rows = OutboxRow.objects.filter(key__startswith="mail:partner-email:")
    assert rows.count() == 2


def test_another_email_is_told_to_the_hub_that_relied_on_it(site: SimpleNamespace) -> None:
    values = {"member": site.anna, "partner": site.partner, "now": NOW}
    assert actions.change_partner(**values, email="new@college.example").email_confirmed_at is None
    assert told(site.reviewer) == []
    Partner.objects.filter(pk=site.partner.pk).update(proof="domain", email_confirmed_at=NOW)
    for _twice in range(2):
        row = actions.change_partner(**values, email="jo@mail.example")
    assert (row.email, row.email_confirmed_at) == ("jo@mail.example", None)
    assert told(site.reviewer) == [
        "Harbour College has another e-mail. Its old one was your proof: please check again."
    ]
    assert told(site.other_reviewer) == []


def test_confirm_is_one_tap_a_year(site: SimpleNamespace) -> None:
    assert refused(actions.confirm_partner, member=site.ed, partner=site.partner)[0] == NOT_RUN
    row = actions.confirm_partner(member=site.anna, partner=site.partner, now=NOW)
    assert row.confirmed_at == NOW
    partner = apply(site)
    got = refused(actions.confirm_partner, member=site.outsider, partner=partner)
    assert got[0] == "The hub has not approved your organisation yet."


def test_the_language_of_the_page_is_chosen(site: SimpleNamespace) -> None:
    """It is one that the site knows by name; a mail goes out in it where the site speaks it."""
    values: dict[str, Any] = {"member": site.anna, "partner": site.partner, "now": NOW}
    for wrong in ("klingon", "xx", ""):
        assert refused(actions.change_partner, **values, language=wrong)[1] == "language"
    for number, (code, subject) in enumerate(
        (("es", "Tu código para Weft"), ("eu", "Your code for Weft"), ("ar", "Your code for Weft"))
    ):
        row = actions.change_partner(**values, language=code, email=f"{number}@college.example")
        assert row.language == code
        mails = OutboxRow.objects.filter(payload__to=f"{number}@college.example")
        assert mails.get().payload["subject"].startswith(subject), mails.get().payload
    invitation, _code = actions.invite_colleague(
        member=site.anna, partner=row, email="new@college.example", role="editor", now=NOW
    )
    assert invitation.is_mailed
    entered = {"hub": site.hub, "key": key(1), "now": NOW, **FACTS}
    got = refused(actions.enter_partner, member=site.reviewer, language="xx", **entered)
    assert got[1] == "language"
    made = actions.enter_partner(member=site.reviewer, language="eu", **entered)
    assert made.language == "eu"
    Partner.objects.filter(pk=site.partner.pk).update(language="eu")
    again, _code = actions.invite_colleague(
        member=site.anna, partner=site.partner, email="more@college.example", role="editor"
    )
    text = OutboxRow.objects.get(payload__to=again.email).payload["text"]
    assert "http://testserver/partners/invitations/" in text


def test_only_a_number_that_is_taken_is_said(site: SimpleNamespace) -> None:
    """What else cannot be stored is not called a number."""
    partner = site.partner
    partner.slug, partner.number = site.other_partner.slug, ""
    with pytest.raises(IntegrityError):
        store(partner)
