"""A member suggests an organisation; the hub invites it, or says not now."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail

from members.models import OutboxRow
from partners import actions
from partners.models import PartnerSuggestion
from tests.partners.offers_cast import DAY, NOW, key, make_site, refused, told

pytestmark = pytest.mark.django_db
NOT_REVIEW = "Only people who look after the partners of this hub can do this."


@pytest.fixture
def site() -> SimpleNamespace:
    return make_site()


def suggest(site: SimpleNamespace, number: int = 1, **values: Any) -> PartnerSuggestion:
    facts = {"member": site.outsider, "hub": site.hub, "now": NOW, "name": "The Library", **values}
    return actions.suggest_partner(key=key(number), **facts)


def test_a_member_suggests_an_organisation(site: SimpleNamespace) -> None:
    values = {"place": "library.example", "words": "It is near."}
    for _twice in range(2):
        row = suggest(site, **values)
    assert PartnerSuggestion.objects.get() == row
    assert (row.name, row.place, row.words) == ("The Library", "library.example", "It is near.")
    assert (row.member, row.hub, row.made_at) == (site.outsider, site.hub, NOW)
    assert (
        told(site.reviewer)
        == told(site.coordinator)
        == ["A member suggests a partner: The Library."]
    )
    assert told(site.other_reviewer) == told(site.hub_editor) == []


def test_what_cannot_be_is_refused(site: SimpleNamespace) -> None:
    for name, value in (("name", " "), ("name", "x" * 121), ("place", "x" * 201)):
        assert refused(suggest, site=site, **{name: value})[1] == name
    assert refused(suggest, site=site, words="x" * 501)[1] == "words"
    site.outsider.is_active = False
    got = refused(suggest, site=site)
    assert got == ("Your account is off, so you cannot do this.", "")
    assert not PartnerSuggestion.objects.exists()


def test_the_same_key_of_another_member_is_another_suggestion(site: SimpleNamespace) -> None:
    one, other = suggest(site), suggest(site, member=site.vic, name="The School")
    assert (one.name, other.name, PartnerSuggestion.objects.count()) == (
        "The Library",
        "The School",
        2,
    )


def test_three_are_enough_for_a_day(site: SimpleNamespace) -> None:
    for number in range(1, 4):
        suggest(site, number, now=NOW - timedelta(hours=number))
    got = refused(suggest, site=site, number=4)
    assert got == ("Thank you, that is enough for today. Come back tomorrow.", "")
    assert suggest(site, 1).pk == PartnerSuggestion.objects.order_by("pk")[0].pk
    assert suggest(site, 4, member=site.vic).member == site.vic
    assert suggest(site, 5, now=NOW + timedelta(hours=12)).name == "The Library"


def test_not_now_is_told_once(site: SimpleNamespace) -> None:
    row = suggest(site)
    settle = {"suggestion": row, "answer": "We keep the name.", "now": NOW}
    for member in (site.outsider, site.other_reviewer, site.hub_editor, site.anna):
        assert refused(actions.settle_suggestion, member=member, **settle)[0] == NOT_REVIEW
    too_long = {**settle, "answer": "x" * 301}
    assert refused(actions.settle_suggestion, member=site.reviewer, **too_long)[1] == "answer"
    for _twice in range(2):
        found = actions.settle_suggestion(member=site.reviewer, **settle)
    assert (found.settled_at, found.answer) == (NOW, "We keep the name.")
    assert told(site.outsider) == ["Thank you for telling us of The Library. We keep the name."]


def test_a_suggestion_of_somebody_who_left_is_settled_too(site: SimpleNamespace) -> None:
    row = suggest(site, member=site.reviewer)
    assert told(site.reviewer) == []
    PartnerSuggestion.objects.filter(pk=row.pk).update(member=None)
    found = actions.settle_suggestion(member=site.coordinator, suggestion=row)
    assert found.settled_at is not None


def test_the_hub_invites_with_one_mail(site: SimpleNamespace, commit: Any) -> None:
    row = suggest(site)
    with commit():
        for email in (" Post@Library.example ", "other@library.example"):
            found = actions.invite_to_apply(
                member=site.reviewer, suggestion=row, email=email, now=NOW
            )
    assert (found.settled_at, found.answer) == (NOW, "")
    [sent] = [one for one in mail.outbox if "@library.example" in one.to[0]]
    assert sent.to == ["post@library.example"]
    assert sent.subject == "Harbour Hub would like to work with you"
    assert "A member of Harbour Hub told us of The Library." in sent.body
    assert "/partners/apply/" in sent.body
    assert "Outsider" not in sent.body
    assert told(site.outsider) == [
        "Thank you for telling us of The Library. Harbour Hub has asked them to come."
    ]


def test_who_may_not_invites_nobody(site: SimpleNamespace) -> None:
    row = suggest(site)
    values = {"suggestion": row, "email": "post@library.example"}
    for member in (site.outsider, site.other_reviewer, site.hub_editor, site.anna):
        assert refused(actions.invite_to_apply, member=member, **values)[0] == NOT_REVIEW
    wrong = {"suggestion": row, "email": "post"}
    assert refused(actions.invite_to_apply, member=site.reviewer, **wrong)[1] == "email"
    assert not OutboxRow.objects.filter(key__contains="partner-suggested").exists()
    assert PartnerSuggestion.objects.get().settled_at is None


def test_one_that_is_settled_is_not_invited_any_more(site: SimpleNamespace) -> None:
    row = suggest(site)
    actions.settle_suggestion(member=site.reviewer, suggestion=row, answer="Later.", now=NOW)
    actions.invite_to_apply(
        member=site.reviewer, suggestion=row, email="post@library.example", now=NOW + DAY
    )
    assert not OutboxRow.objects.filter(key__contains="partner-suggested").exists()
    assert PartnerSuggestion.objects.get().settled_at == NOW
