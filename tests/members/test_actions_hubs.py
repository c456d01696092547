"""Joining a hub; giving and taking roles."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group

from members.actions import grant_role, join_hub, leave_hub, sync_groups, withdraw_role
from members.errors import Refused
from members.models import HubRole, Member, Membership, Notice, RecordEntry
from members.signals import roles_changed

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)


@pytest.fixture
def heard():
    """The hubs of which `roles_changed` spoke."""
    hubs = []

    def hear(hub, **kwargs):
        hubs.append(hub)

    roles_changed.connect(hear)
    yield hubs
    roles_changed.disconnect(hear)


def fresh(member):
    return Member.objects.get(pk=member.pk)


def test_join_hub_once(outsider, hub):
    membership = join_hub(member=outsider, hub=hub, now=NOW)
    assert membership.joined_at == NOW
    assert join_hub(member=outsider, hub=hub) == membership
    assert Membership.objects.filter(member=outsider, hub=hub).count() == 1


def test_leave_hub_once(outsider, hub):
    join_hub(member=outsider, hub=hub)
    assert leave_hub(member=outsider, hub=hub) is True
    assert leave_hub(member=outsider, hub=hub) is False
    assert not Membership.objects.filter(member=outsider, hub=hub).exists()


def test_staff_do_not_leave_their_hub(admin, outsider, hub):
    grant_role(member=admin, to=outsider, hub=hub, role="editor")
    with pytest.raises(Refused, match="You work for this hub"):
        leave_hub(member=outsider, hub=hub)
    assert Membership.objects.filter(member=outsider, hub=hub).exists()


def test_grant_role_makes_an_editor(admin, outsider, hub, heard):
    held = grant_role(member=admin, to=outsider, hub=hub, role="editor", now=NOW)
    assert (held.member, held.hub, held.role) == (outsider, hub, "editor")
    member = fresh(outsider)
    assert (member.is_staff, member.is_on_desk) == (True, True)
    assert outsider.is_staff is True
    assert member.has_perm("wagtailadmin.access_admin")
    assert [group.name for group in member.groups.all()] == ["harbour: editors"]
    assert Membership.objects.filter(member=outsider, hub=hub).count() == 1
    assert heard == [hub]
    entry = RecordEntry.objects.get(member=outsider)
    assert (entry.actor, entry.hub, entry.verb, entry.made_at) == (admin, hub, "grant_role", NOW)
    assert entry.words == "You now have the role “Editor” in Harbour Hub."
    assert Notice.objects.get(member=outsider).text == entry.words


@pytest.mark.parametrize("role", ["coordinator", "safety"])
def test_grant_role_opens_no_cms_to_a_coordinator(admin, learner, hub, role):
    grant_role(member=admin, to=learner, hub=hub, role=role)
    member = fresh(learner)
    assert (member.is_staff, member.is_on_desk) == (False, True)
    assert not member.has_perm("wagtailadmin.access_admin")


def test_grant_role_twice_changes_nothing_more(admin, learner, hub, heard):
    first = grant_role(member=admin, to=learner, hub=hub, role="reviewer")
    assert grant_role(member=admin, to=learner, hub=hub, role="reviewer") == first
    assert HubRole.objects.count() == 1
    assert RecordEntry.objects.count() == 1
    assert heard == [hub]
    assert fresh(learner).unread_count == 1


def test_grant_role_is_refused_for_all_but_the_admin(coordinator, editor, learner, hub):
    for person in (coordinator, editor, learner):
        with pytest.raises(Refused) as refused:
            grant_role(member=person, to=learner, hub=hub, role="editor")
        assert str(refused.value) == "Only the network admin can change roles."
    assert HubRole.objects.filter(member=learner).count() == 0


def test_grant_role_knows_four_roles(admin, learner, hub):
    with pytest.raises(Refused) as refused:
        grant_role(member=admin, to=learner, hub=hub, role="king")
    assert refused.value.field == "role"


def test_withdraw_role_takes_what_followed(admin, editor, hub, heard):
    assert withdraw_role(member=admin, to=editor, hub=hub, role="editor", now=NOW) is True
    member = fresh(editor)
    assert (member.is_staff, member.is_on_desk) == (False, False)
    assert list(member.groups.all()) == []
    assert heard == [hub]
    entry = RecordEntry.objects.filter(member=editor, verb="withdraw_role").get()
    assert entry.words == "You no longer have the role “Editor” in Harbour Hub."


def test_withdraw_role_twice_changes_nothing_more(admin, editor, hub, heard):
    withdraw_role(member=admin, to=editor, hub=hub, role="editor")
    assert withdraw_role(member=admin, to=editor, hub=hub, role="editor") is False
    assert RecordEntry.objects.filter(member=editor, verb="withdraw_role").count() == 1
    assert heard == [hub]


def test_withdraw_role_is_refused_for_all_but_the_admin(coordinator, editor, hub):
    with pytest.raises(Refused):
        withdraw_role(member=coordinator, to=editor, hub=hub, role="editor")
    assert HubRole.objects.filter(member=editor).count() == 1


def test_one_role_taken_leaves_the_others(admin, editor, hub, other_hub):
    grant_role(member=admin, to=editor, hub=other_hub, role="reviewer")
    withdraw_role(member=admin, to=editor, hub=hub, role="editor")
    member = fresh(editor)
    assert (member.is_staff, member.is_on_desk) == (True, True)
    assert [group.name for group in member.groups.all()] == ["mill: reviewers"]


def test_sync_groups_mends_what_was_changed_by_hand(editor, learner, hub):
    group = Group.objects.get(name="harbour: editors")
    group.user_set.set([learner])
    group.permissions.clear()
    sync_groups(hub=hub)
    assert list(group.user_set.all()) == [editor]
    assert group.permissions.filter(codename="access_admin").count() == 1
    assert Group.objects.get(name="harbour: reviewers").user_set.count() == 0


def test_an_admin_stays_staff(admin, hub):
    grant_role(member=admin, to=admin, hub=hub, role="coordinator")
    withdraw_role(member=admin, to=admin, hub=hub, role="coordinator")
    assert fresh(admin).is_staff is True
