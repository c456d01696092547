"""Signing in with a code of a hub."""

import pytest
from django.urls import reverse
from django.utils import timezone

from members.actions import code_of, issue_sign_in_code
from members.models import Member

pytestmark = pytest.mark.django_db
URL = "/accounts/code/"
NEXT = "/accounts/code/password/"


@pytest.fixture
def letters(coordinator, learner, hub):
    return code_of(issue_sign_in_code(member=coordinator, to=learner, hub=hub))


def test_code_sign_in_page_needs_no_cookie(client):
    response = client.get(URL)
    assert [field.name for field in response.context["form"]] == ["username", "code", "not_mine"]
    assert not response.cookies
    assert response["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_code_sign_in_leads_to_a_new_password(client, letters, learner):
    response = client.post(URL, {"username": "Lena", "code": letters.lower()})
    assert (response.status_code, response.url) == (303, NEXT)
    assert int(client.session["_auth_user_id"]) == learner.pk
    assert not client.session.get_expire_at_browser_close()
    assert client.get(NEXT).status_code == 200
    assert client.post(NEXT, {"password1": "1234"}).status_code == 422
    response = client.post(NEXT, {"password1": "four green doors"})
    assert (response.status_code, response.url) == (303, reverse("hub:me"))
    assert Member.objects.get(pk=learner.pk).check_password("four green doors")
    assert "_auth_user_id" in client.session
    assert client.get(NEXT).status_code == 404


def test_code_sign_in_goes_on_to_where_the_person_was_going(client, letters):
    way = "/accounts/code/?next=/hubs/%3Fa%3D1"
    page = client.get("/accounts/login/?next=/hubs/%3Fa%3D1").content.decode()
    assert f'href="{way}"' in page
    assert client.post(way, {"username": "lena", "code": letters}).url == NEXT
    assert '<a href="/hubs/?a=1">Not now</a>' in client.get(NEXT).content.decode()
    assert client.post(NEXT, {"password1": "four green doors"}).url == "/hubs/?a=1"


def test_code_sign_in_goes_on_to_no_other_site(client, letters):
    client.post(f"{URL}?next=https://elsewhere.example/", {"username": "lena", "code": letters})
    assert '<a href="/me/">Not now</a>' in client.get(NEXT).content.decode()


def test_code_sign_in_on_a_device_that_is_not_mine(client, letters):
    client.post(URL, {"username": "lena", "code": letters, "not_mine": "on"})
    assert client.session.get_expire_at_browser_close()


def test_code_sign_in_with_a_wrong_code_keeps_the_name(client, letters):
    response = client.post(URL, {"username": "lena", "code": "AAAAAAAA"})
    assert response.status_code == 422
    html = response.content.decode()
    assert "This user name and code do not fit." in html
    assert 'value="lena"' in html
    assert "_auth_user_id" not in client.session


def test_code_sign_in_with_an_empty_field(client):
    response = client.post(URL, {"username": "lena"})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"code"}


def test_code_sign_in_tries_are_limited(client, letters):
    for _try in range(10):
        client.post(URL, {"username": "lena", "code": "AAAAAAAA"})
    response = client.post(URL, {"username": "lena", "code": letters})
    assert response.status_code == 422
    assert "Too many tries." in response.content.decode()


def test_code_sign_in_when_signed_in(client, learner):
    client.force_login(learner)
    assert client.get(URL).url == reverse("hub:me")


def test_code_password_is_for_those_who_came_by_a_code(client, learner):
    assert client.get(NEXT).status_code == 302
    client.force_login(learner)
    assert client.get(NEXT).status_code == 404


def test_code_password_is_not_open_for_long(client, letters, learner):
    client.post(URL, {"username": "lena", "code": letters})
    session = client.session
    session["signed_in_by_code"] |= {"at": timezone.now().timestamp() - 31 * 60}
    session.save()
    assert client.get(NEXT).status_code == 404
