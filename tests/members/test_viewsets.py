"""The staff edge in the CMS: for the network admin only."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group

from members.models import Hub, HubRole, Member
from members.viewsets import refuse_bulk

pytestmark = pytest.mark.django_db
HUB = {
    "slug": "new-hub",
    "name": "New Hub",
    "place": "Newtown",
    "time_zone": "Europe/Madrid",
    "colour": "sky",
}
PAGES = ["/cms/hubs/", "/cms/hubs/new/", "/cms/hub-roles/", "/cms/hub-roles/new/", "/cms/users/"]


@pytest.fixture
def cms(client, admin):
    client.force_login(admin)
    return client


@pytest.mark.parametrize("url", PAGES)
def test_the_admin_sees_it(cms, editor, learner, url):
    assert cms.get(url).status_code == 200


@pytest.mark.parametrize("url", PAGES)
def test_an_editor_does_not(client, editor, url):
    client.force_login(editor)
    assert client.get(url).status_code == 404


def test_a_hub_is_made_with_its_groups(cms):
    assert cms.post("/cms/hubs/new/", HUB).status_code == 302
    hub = Hub.objects.get()
    assert (hub.slug, hub.time_zone, hub.colour) == ("new-hub", "Europe/Madrid", "sky")
    assert Group.objects.filter(name__startswith="new-hub: ").count() == 2


def test_the_word_of_a_hub_is_chosen_once(cms, hub):
    response = cms.post(f"/cms/hubs/edit/{hub.pk}/", HUB)
    assert response.status_code == 302
    hub.refresh_from_db()
    assert (hub.slug, hub.name) == ("harbour", "New Hub")


def test_a_hub_is_not_deleted(cms, hub):
    assert cms.post(f"/cms/hubs/delete/{hub.pk}/").url == "/cms/"
    assert Hub.objects.count() == 1


def test_a_role_is_given_by_user_name(cms, learner, hub):
    sent = {"username": " LENA ", "hub": hub.pk, "role": "editor"}
    assert cms.post("/cms/hub-roles/new/", sent).status_code == 302
    assert HubRole.objects.get().member == learner
    assert Member.objects.get(pk=learner.pk).is_staff


def test_a_role_for_nobody_is_refused(cms, hub):
    sent = {"username": "nobody", "hub": hub.pk, "role": "editor"}
    response = cms.post("/cms/hub-roles/new/", sent)
    assert response.status_code == 200
    assert "Nobody has this user name." in response.content.decode()


def test_a_role_is_taken(cms, editor):
    held = editor.roles.get()
    assert cms.get(f"/cms/hub-roles/delete/{held.pk}/").status_code == 200
    assert cms.post(f"/cms/hub-roles/delete/{held.pk}/").status_code == 302
    assert HubRole.objects.count() == 0
    assert not Member.objects.get(pk=editor.pk).is_staff


def test_an_account_is_switched_off(cms, learner):
    url = f"/cms/users/edit/{learner.pk}/"
    assert cms.get(url).status_code == 200
    assert cms.post(url, {}).status_code == 302
    assert not Member.objects.get(pk=learner.pk).is_active


def test_nobody_switches_their_own_account(cms, admin):
    response = cms.post(f"/cms/users/edit/{admin.pk}/", {})
    assert response.status_code == 200
    assert "You cannot change this account." in response.content.decode()
    assert Member.objects.get(pk=admin.pk).is_superuser


def test_accounts_are_neither_made_nor_deleted_here(cms, learner):
    assert cms.get("/cms/users/new/").url == "/cms/"
    assert cms.post(f"/cms/users/delete/{learner.pk}/").url == "/cms/"
    assert Member.objects.filter(pk=learner.pk).exists()


def test_other_things_are_changed_in_bulk(rf):
    assert refuse_bulk(rf.post("/"), "publish", [], SimpleNamespace(models=[Hub])) is None


@pytest.mark.parametrize("action", ["delete", "assign_role", "set_active_state"])
def test_accounts_are_changed_one_by_one(cms, editor, learner, action):
    url = f"/cms/bulk/members/member/{action}/?id={learner.pk}"
    role = editor.groups.get().pk
    response = cms.post(url, {"role": role, "mark_as_active": "False"}, follow=True)
    assert "Accounts are changed one by one." in response.content.decode()
    member = Member.objects.get(pk=learner.pk)
    assert member.is_active
    assert member.groups.count() == 0


def test_the_first_page_and_the_own_account_of_the_cms(cms, client, editor):
    assert cms.get("/cms/").status_code == 200
    client.force_login(editor)
    assert client.get("/cms/").status_code == 200
    page = client.get("/cms/account/")
    assert page.status_code == 200
    assert "Last Name" not in page.content.decode()
