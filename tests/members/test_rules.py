"""What a person may do with people, roles and records."""

import pytest

from members import rules
from members.actions import grant_role, join_hub
from members.models import Member

pytestmark = pytest.mark.django_db


def test_only_the_network_admin_grants_roles(admin, coordinator):
    assert rules.may_grant_roles(admin)
    assert not rules.may_grant_roles(coordinator)
    admin.is_active = False
    assert not rules.may_grant_roles(admin)


def test_who_enters_the_cms(admin, editor, coordinator, learner):
    assert rules.has_cms_access(admin)
    assert rules.has_cms_access(editor)
    assert not rules.has_cms_access(coordinator)
    assert not rules.has_cms_access(learner)


def test_a_group_alone_opens_the_cms_too(hub, editor, learner):
    learner.groups.add(editor.groups.get())
    assert rules.has_cms_access(Member.objects.get(pk=learner.pk))


def test_only_coordinators_see_members(coordinator, other_coordinator, editor, learner, hub):
    assert rules.may_see_members(coordinator, hub)
    for person in (other_coordinator, editor, learner):
        assert not rules.may_see_members(person, hub)
    coordinator.is_active = False
    assert not rules.may_see_members(coordinator, hub)


def test_a_coordinator_gives_a_learner_of_the_hub_a_code(coordinator, learner, hub):
    assert rules.may_issue_code(coordinator, learner, hub)


def test_nobody_else_does(learner, editor, other_coordinator, make_member, hub):
    friend = make_member("fred", hub=hub)
    for person in (learner, editor, other_coordinator):
        assert not rules.may_issue_code(person, friend, hub)


def test_not_to_people_outside_the_hub(coordinator, outsider, hub):
    assert not rules.may_issue_code(coordinator, outsider, hub)


def test_not_to_staff_of_any_hub(coordinator, editor, other_coordinator, admin, hub):
    for person in (editor, other_coordinator, admin):
        join_hub(member=person, hub=hub)
        assert not rules.may_issue_code(coordinator, person, hub)


def test_not_to_who_enters_the_cms_without_a_role(coordinator, learner, hub):
    learner.is_staff = True
    assert not rules.may_issue_code(coordinator, learner, hub)


def test_not_to_oneself_nor_to_an_account_switched_off(coordinator, learner, admin, hub):
    assert not rules.may_issue_code(coordinator, coordinator, hub)
    learner.is_active = False
    assert not rules.may_issue_code(admin, learner, hub)


def test_the_network_admin_gives_staff_a_code(admin, editor, make_member, hub):
    assert rules.may_issue_code(admin, editor, hub)
    second = make_member("abel", hub=hub, is_superuser=True)
    assert not rules.may_issue_code(admin, second, hub)


def test_the_last_admin_stays(admin, learner):
    assert not rules.may_erase(admin, False)
    assert rules.may_erase(admin, True)
    assert rules.may_erase(learner, False)


def test_who_changes_accounts(admin, coordinator, learner):
    assert rules.may_change_account(admin, learner)
    assert not rules.may_change_account(admin, admin)
    assert not rules.may_change_account(coordinator, learner)


def test_roles_of_two_hubs_do_not_mix(admin, coordinator, outsider, other_hub):
    grant_role(member=admin, to=coordinator, hub=other_hub, role="reviewer")
    assert not rules.may_see_members(coordinator, other_hub)
