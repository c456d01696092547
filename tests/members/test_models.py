"""What the database holds about people and hubs, and who sees which rows."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from members.models import (
    Consent,
    Hub,
    HubRole,
    Member,
    Membership,
    Notice,
    OutboxRow,
    RecordEntry,
    SignInCode,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def refused(model, **values):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**values)


def test_user_names_are_one_whatever_their_case(learner):
    refused(Member, username="LENA", name="Another")


def test_user_names_are_kept_small():
    member = Member.objects.create_user(" Zoë ", name="Zoë")
    assert member.username == "zoë"
    assert Member.objects.get_by_natural_key("ZOË") == member


@pytest.mark.parametrize("name", ["a@b.org", "ab", "-lena", "le na", "x" * 31])
def test_user_names_that_would_confuse_are_refused(name):
    with pytest.raises(ValidationError) as caught:
        Member(username=name, name="N", password="x").full_clean()
    assert set(caught.value.message_dict) == {"username"}


def test_email_is_one_where_set(make_member):
    make_member("anna", email="a@example.org")
    make_member("bert", email="")
    make_member("cleo", email="")
    refused(Member, username="dora", name="D", email="A@example.org")


def test_a_member_is_called_by_name(learner):
    assert (str(learner), learner.get_full_name(), learner.get_short_name()) == ("Lena",) * 3
    assert learner.first_name is None


def test_has_role(coordinator, admin, outsider, hub, other_hub):
    assert coordinator.has_role(hub)
    assert coordinator.has_role(hub, "editor", "coordinator")
    assert not coordinator.has_role(hub, "editor")
    assert not coordinator.has_role(other_hub)
    assert not outsider.has_role(hub)
    assert admin.has_role(hub, "safety")


def test_hubs_for_staff(coordinator, editor, outsider, admin, hub, other_hub):
    def slugs(*args):
        return list(Hub.objects.for_staff(*args).values_list("slug", flat=True))

    assert slugs(coordinator) == ["harbour"]
    assert slugs(coordinator, "editor") == []
    assert slugs(editor, "editor", "reviewer") == ["harbour"]
    assert slugs(outsider) == []
    assert slugs(admin, "editor") == ["harbour", "mill"]


def test_hubs_are_public(outsider, hub, other_hub):
    assert list(Hub.objects.visible_to(None)) == list(Hub.objects.visible_to(outsider))
    assert Hub.objects.visible_to(None).count() == 2


def test_hubs_for_member(learner, hub, other_hub):
    assert list(Hub.objects.for_member(learner)) == [hub]


def test_members_visible_to(learner, coordinator, outsider, admin, hub):
    def names(member):
        return sorted(Member.objects.visible_to(member).values_list("username", flat=True))

    assert names(learner) == ["lena"]
    assert names(outsider) == ["otto"]
    assert names(coordinator) == ["cora", "lena"]
    assert names(admin) == ["ada", "cora", "lena", "otto"]


def test_memberships_visible_to(learner, coordinator, outsider):
    assert Membership.objects.visible_to(learner).count() == 1
    assert Membership.objects.visible_to(outsider).count() == 1
    assert Membership.objects.visible_to(coordinator).count() == 2


def test_search(learner, outsider):
    assert list(Member.objects.search("LEN")) == [learner]


@pytest.mark.parametrize(
    "words", ["élodie", "ÉLODIE", "Élodie", "žofie", "lodie É", "Élodie žOFIE"]
)
def test_search_knows_the_case_of_every_letter(learner, outsider, words):
    learner.name = "Élodie Žofie Énard"
    learner.save()
    found = list(Member.objects.search(words))
    assert found == ([] if words == "lodie É" else [learner])


def test_once_in_a_hub(learner, hub):
    refused(Membership, member=learner, hub=hub, joined_at=NOW)


def test_a_role_is_held_once_and_is_known(coordinator, hub):
    refused(HubRole, member=coordinator, hub=hub, role="coordinator")
    refused(HubRole, member=coordinator, hub=hub, role="king")


def test_a_hub_with_people_is_not_deleted(learner, hub):
    with pytest.raises(IntegrityError):
        hub.delete()


def test_hub_facts_are_checked(hub):
    refused(Hub, slug="x", name="X", place="X", colour="pink")
    hub.time_zone = "Moon/Base"
    with pytest.raises(ValidationError) as caught:
        hub.full_clean()
    assert set(caught.value.message_dict) == {"time_zone"}


def test_group_names(hub):
    assert hub.group_name("editor") == "harbour: editors"
    assert hub.group_name("reviewer") == "harbour: reviewers"


def test_one_consent_stands(learner):
    values = {"member": learner, "kind": "photo", "wording": "Yes", "given_at": NOW}
    consent = Consent.objects.create(**values)
    refused(Consent, **values)
    refused(Consent, **values | {"withdrawn_at": NOW - timedelta(days=1)})
    assert list(Consent.objects.standing()) == [consent]


def test_one_notice_for_a_key(learner, outsider):
    values = {"key": "k", "kind": "x", "text": "Hello", "made_at": NOW}
    notice = Notice.objects.create(member=learner, **values)
    Notice.objects.create(member=outsider, **values)
    refused(Notice, member=learner, **values)
    assert list(Notice.objects.for_member(learner).unread()) == [notice]


def test_one_open_code(learner, coordinator, hub):
    values = {
        "member": learner,
        "hub": hub,
        "issued_by": coordinator,
        "digest": "x",
        "made_at": NOW,
        "expires_at": NOW + timedelta(hours=1),
    }
    SignInCode.objects.create(**values, used_at=NOW)
    SignInCode.objects.create(**values)
    refused(SignInCode, **values)
    refused(SignInCode, **values | {"expires_at": NOW, "used_at": NOW})


def test_words_for_lists(learner, coordinator, hub, admin):
    row = OutboxRow(effect="e", key="k")
    code = SignInCode(member=learner, made_at=NOW)
    assert str(row) == "e k"
    assert str(code) == f"{learner.pk} {NOW}"
    assert str(hub) == "Harbour Hub"
    assert str(Membership(member=learner, hub=hub)) == f"{learner.pk} {hub.pk}"
    assert str(coordinator.roles.get()) == "Cora coordinator Harbour Hub"
    assert str(Consent(member=learner, kind="photo")) == f"{learner.pk} photo"
    assert str(Notice(member=learner, key="k")) == f"{learner.pk} k"
    assert str(RecordEntry(member=learner, verb="look")) == f"{learner.pk} look"
    assert RecordEntry.objects.for_member(coordinator).get().verb == "grant_role"
