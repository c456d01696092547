"""Organisations apply, are entered and checked by a hub, keep their page, and leave."""

import uuid
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import IntegrityError

from content.models import Topic
from members.models import Consent, OutboxRow
from partners import actions, codes
from partners.actions.numbers import store
from partners.models import Colleague, Interest, Partner
from tests.partners.offers_cast import (
    DAY,
    NOW,
    TODAY,
    again,
    fresh,
    key,
    make_partner,
    make_site,
    published,
    refused,
    sent,
    told,
)

pytestmark = pytest.mark.django_db
NOT_RUN = "Only people who run this organisation can do this."
NOT_HUB = "Only people of the hub who are not from this organisation can do this."
NOT_REVIEW = "Only people who look after the partners of this hub can do this."
MEANWHILE = "This has changed meanwhile. Please look at it again."
FACTS: dict[str, Any] = {
    "name": " North College ",
    "kind": "college",
    "place": "North",
    "website": "https://www.north.example/about",
    "email": "post@north.example",
    "scheme": "charity",
    "number": "123",
}


@pytest.fixture
def site() -> SimpleNamespace:
    return make_site()


def apply(site: SimpleNamespace, one: int = 1, **values: Any) -> Partner:
    facts = {"member": site.outsider, "hub": site.hub, "now": NOW, **FACTS, **values}
    return actions.apply_partner(key=key(one), **facts)


def now_is(partner: Partner) -> Partner:
    return Partner.objects.get(pk=partner.pk)


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


def test_the_code_proves_the_address(site: SimpleNamespace, commit: Any) -> None:
    with commit():
        partner = apply(site)
    code = codes.email_code(settings.SECRET_KEY, partner.pk, partner.email, TODAY)
    [found] = [one for one in mail.outbox if one.to == ["post@north.example"]]
    assert found.subject == f"Your code for Weft: {code}"
    assert "North College" in found.body
    values = {"partner": partner, "now": NOW + 13 * DAY}
    wrong = ("This code is not right. Look at the mail once more.", "code")
    assert refused(actions.confirm_email, member=site.outsider, code="AAAA", **values) == wrong
    old = {"partner": partner, "now": NOW + 14 * DAY}
    assert refused(actions.confirm_email, member=site.outsider, code=code, **old) == wrong
    assert refused(actions.confirm_email, member=site.anna, code=code, **values)[0] == NOT_RUN
    for typed in (f" {code[:4].lower()} {code[4:]}", "anything"):
        row = actions.confirm_email(member=site.outsider, code=typed, **values)
        assert row.email_confirmed_at == NOW + 13 * DAY
    later = NOW + 20 * DAY
    assert not actions.send_email_code(member=site.outsider, partner=partner, now=later)
    assert OutboxRow.objects.filter(key__startswith="mail:partner-email:").count() == 1


def test_the_code_is_sent_again_once_a_day(site: SimpleNamespace) -> None:
    partner = apply(site)
    values: dict[str, Any] = {"member": site.outsider, "partner": partner}
    times = (NOW, NOW + timedelta(hours=1), NOW + DAY)
    assert [actions.send_email_code(**values, now=now) for now in times] == [False, False, True]
    assert OutboxRow.objects.filter(key__startswith="mail:partner-email:").count() == 2
    assert refused(actions.send_email_code, member=site.anna, partner=partner)[0] == NOT_RUN
    bare = make_partner(site.hub, "Bare", email="")
    Colleague.objects.create(partner=bare, member=site.anna, role="admin", joined_at=NOW)
    got = refused(actions.send_email_code, member=site.anna, partner=bare)
    assert got == ("Write the e-mail of your organisation first.", "email")
    empty = refused(actions.confirm_email, member=site.anna, partner=bare, code="")
    assert empty[1] == "code"


def test_confirm_is_one_tap_a_year(site: SimpleNamespace) -> None:
    assert refused(actions.confirm_partner, member=site.ed, partner=site.partner)[0] == NOT_RUN
    row = actions.confirm_partner(member=site.anna, partner=site.partner, now=NOW)
    assert row.confirmed_at == NOW
    partner = apply(site)
    got = refused(actions.confirm_partner, member=site.outsider, partner=partner)
    assert got[0] == "The hub has not approved your organisation yet."


def prove(site: SimpleNamespace, partner: Partner, **values: Any) -> Partner:
    facts = {"member": site.reviewer, "proof": "letter", "words": "Of 3 May.", **values}
    return actions.prove_partner(partner=partner, now=NOW, **facts)


def test_a_proof_is_noted_by_the_hub(site: SimpleNamespace) -> None:
    partner = apply(site)
    for _twice in range(2):
        row = prove(site, partner)
    assert (row.proof, row.proof_words, row.proof_by, row.proof_at) == (
        "letter",
        "Of 3 May.",
        site.reviewer,
        NOW,
    )
    for member in (site.outsider, site.other_reviewer, site.hub_editor):
        assert refused(prove, site=site, partner=partner, member=member)[0] == NOT_HUB
    assert refused(prove, site=site, partner=partner, proof="nose")[1] == "proof"
    assert refused(prove, site=site, partner=partner, words="")[1] == "words"


def test_mail_at_the_domain_is_a_proof_once_confirmed(site: SimpleNamespace) -> None:
    partner = apply(site)
    values = {"site": site, "partner": partner, "proof": "domain", "words": ""}
    assert refused(prove, **values) == ("They have not confirmed their e-mail yet.", "proof")
    Partner.objects.filter(pk=partner.pk).update(email_confirmed_at=NOW, email="a@mail.example")
    assert refused(prove, **values) == (
        "Their e-mail is not at the domain of their website.",
        "proof",
    )
    Partner.objects.filter(pk=partner.pk).update(email="a@north.example")
    assert prove(**values).proof == "domain"


def test_approve_needs_a_proof_and_tells_the_people(site: SimpleNamespace) -> None:
    partner = apply(site)
    values = {"partner": partner, "now": NOW}
    got = refused(actions.approve_partner, member=site.reviewer, **values)
    assert got == ("Note first how you know that they are what they say.", "proof")
    prove(site, partner)
    for member in (site.outsider, site.other_reviewer, site.hub_editor, site.anna):
        assert refused(actions.approve_partner, member=member, **values)[0] == NOT_HUB
    for _twice in range(2):
        row = actions.approve_partner(member=site.coordinator, **values)
    assert (row.state, row.decided_by, row.confirmed_at) == ("approved", site.coordinator, NOW)
    assert told(site.outsider) == [
        "Harbour Hub has approved North College. Your offers can be published now."
    ]


def test_nobody_lets_their_own_organisation_in(site: SimpleNamespace) -> None:
    partner = apply(site, member=site.reviewer)
    assert refused(prove, site=site, partner=partner)[0] == NOT_HUB
    got = refused(actions.approve_partner, member=site.reviewer, partner=partner)
    assert got[0] == NOT_HUB
    assert told(site.reviewer) == []


def test_decline_has_a_reason_and_is_not_the_last_word(site: SimpleNamespace) -> None:
    partner = apply(site)
    values = {"member": site.reviewer, "partner": partner}
    assert refused(actions.decline_partner, **values, reason="")[1] == "reason"
    for reason in ("We do not know you.", "Never said."):
        row = actions.decline_partner(**values, reason=reason, now=NOW)
    assert (row.state, row.reason) == ("declined", "We do not know you.")
    assert told(site.outsider) == ["Harbour Hub cannot take North College in: We do not know you."]
    prove(site, partner)
    row = actions.approve_partner(**values, now=NOW + DAY)
    assert (row.state, row.reason) == ("approved", "")
    got = refused(actions.decline_partner, **values, reason="Late.")
    assert got == (MEANWHILE, "")


def test_pause_takes_all_off_the_site_and_return_puts_it_back(site: SimpleNamespace) -> None:
    from partners.models import Offer

    offer = published(site)
    values = {"member": site.reviewer, "partner": site.partner}
    assert refused(actions.pause_partner, **values, reason=" ")[1] == "reason"
    for number in range(2):
        actions.pause_partner(**values, reason="A complaint.", now=NOW + number * DAY)
    assert not Offer.objects.public().exists()
    assert told(site.anna)[-1] == (
        "Harbour Hub has taken Harbour College off the site for now: A complaint."
    )
    assert refused(actions.approve_partner, **values) == (MEANWHILE, "")
    for number in range(2):
        actions.return_partner(**values, now=NOW + number * DAY)
    assert list(Offer.objects.public()) == [offer]
    assert told(site.anna)[-1] == "Harbour College is on the site again."
    assert told(site.vic) == []
    waiting = {"member": site.reviewer, "partner": apply(site)}
    assert refused(actions.pause_partner, **waiting, reason="x") == (MEANWHILE, "")
    assert refused(actions.return_partner, **waiting) == (MEANWHILE, "")
    for member in (site.anna, site.other_reviewer):
        other = {"member": member, "partner": site.partner}
        assert refused(actions.pause_partner, **other, reason="x")[0] == NOT_HUB
        assert refused(actions.return_partner, **other)[0] == NOT_HUB


def test_leave_ends_the_offers_and_what_waits(site: SimpleNamespace) -> None:
    offer, review = published(site, apply_by="form"), sent(site, 2)
    words = {"name": "Lea", "contact": "lea@home.example", "message": "Hello.", "agrees": True}
    actions.send_interest(member=site.outsider, offer=offer, **words, now=NOW)
    asked = {"member": site.anna, "partner": site.partner, "kind": "college", "now": NOW}
    change = actions.ask_identity(**asked, name="Port")
    assert change is not None
    for member in (site.ed, site.otto, site.reviewer):
        got = refused(actions.leave_partner, member=member, partner=site.partner)
        assert got[0] == NOT_RUN
    for number in range(2):
        row = actions.leave_partner(member=site.anna, partner=site.partner, now=NOW + number * DAY)
    assert row.state == "left"
    assert (fresh(offer).live, fresh(offer).ended_at) == (False, NOW)
    assert again(review).state == "withdrawn"
    change.refresh_from_db()
    assert (change.state, change.decided_at) == ("withdrawn", NOW)
    assert told(site.reviewer)[-1] == "Harbour College has left. All of its offers have ended."
    applied = Interest.objects.get()
    assert (applied.state, applied.name, applied.contact, applied.message) == ("new", "", "", "")
    assert not Consent.objects.standing().filter(member=site.outsider).exists()
    assert refused(actions.leave_partner, member=site.otto, partner=site.partner)[0] == NOT_RUN


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
