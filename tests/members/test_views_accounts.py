"""Signing up and in."""

import re

import pytest
from allauth.account.signals import user_signed_up
from django.core import mail
from django.urls import reverse

from members.models import Hub, Member, Membership

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = {"name": "Nora  Bell", "username": "Nora", "password1": "seven slow trains"}
LOGIN = "/accounts/login/"


def visible_fields(response):
    return [field.name for field in response.context["form"].visible_fields()]


def test_sign_up_has_three_fields_and_no_token(client):
    response = client.get("/accounts/signup/")
    assert response.status_code == 200
    assert visible_fields(response) == ["name", "username", "password1"]
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert not response.cookies


def test_sign_up_makes_a_member_who_is_signed_in(client, hub, other_hub):
    heard = []

    def hear(user, **kwargs):
        heard.append(user)

    user_signed_up.connect(hear)
    response = client.post("/accounts/signup/", NEW | {"hub": "harbour", "next": "/hubs/"})
    user_signed_up.disconnect(hear)
    assert (response.status_code, response.url) == (302, "/hubs/")
    member = Member.objects.get()
    assert (member.username, member.name, member.email, member.language) == (
        "nora",
        "Nora Bell",
        "",
        "en",
    )
    assert member.check_password(NEW["password1"])
    assert not member.is_staff
    assert [row.hub for row in Membership.objects.all()] == [hub]
    assert heard == [member]
    assert int(client.session["_auth_user_id"]) == member.pk
    assert mail.outbox == []


def test_sign_up_keeps_the_hub_of_its_address(client, hub):
    html = client.get("/accounts/signup/?hub=harbour").content.decode()
    assert '<input type="hidden" name="hub" value="harbour"' in html


def test_sign_up_joins_the_hub_of_the_session(client, hub):
    session = client.session
    session["hub"] = "harbour"
    session.save()
    client.post("/accounts/signup/", NEW)
    assert Membership.objects.get().hub == hub


def test_sign_up_without_a_hub_joins_none(client, hub):
    client.post("/accounts/signup/", NEW | {"hub": "nowhere"})
    assert Member.objects.count() == 1
    assert Membership.objects.count() == 0


def test_sign_up_keeps_what_was_typed(client, learner):
    response = client.post("/accounts/signup/", NEW | {"username": "LENA", "password1": "tiny0"})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"username", "password1"}
    html = response.content.decode()
    assert "This user name is taken. Add a number or a word to it." in html
    assert 'value="Nora  Bell"' in html
    assert "tiny0" not in html
    assert Member.objects.count() == 1


@pytest.mark.parametrize("username", ["admin", "a b", "no@mail.org", "-x-"])
def test_sign_up_refuses_user_names_that_confuse(client, username):
    response = client.post("/accounts/signup/", NEW | {"username": username})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"username"}


def test_sign_up_of_two_with_one_name_tells_the_second(client, monkeypatch, learner):
    """The name was free when the form looked, and taken when it saved."""
    monkeypatch.setattr("members.forms.SignupForm.clean_username", lambda form: "lena")
    response = client.post("/accounts/signup/", NEW)
    assert response.status_code == 422
    assert "This user name is taken" in response.content.decode()
    assert Member.objects.count() == 1


@pytest.mark.parametrize(
    "login", ["lena", "LENA", " lena ", "lena@example.org", "Lena@Example.org"]
)
def test_sign_in_by_user_name_or_email(client, learner, login):
    Member.objects.filter(pk=learner.pk).update(email="lena@example.org")
    response = client.post(LOGIN, {"login": login, "password": PASSWORD})
    assert response.status_code == 302
    assert response.url == reverse("hub:me")
    assert int(client.session["_auth_user_id"]) == learner.pk
    assert not client.session.get_expire_at_browser_close()


def test_sign_in_page_needs_no_cookie(client):
    response = client.get(LOGIN)
    assert visible_fields(response) == ["login", "password", "not_mine"]
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert not response.cookies


def test_on_a_device_that_is_not_mine_the_session_ends_with_the_browser(client, learner):
    client.post(LOGIN, {"login": "lena", "password": PASSWORD, "not_mine": "on"})
    assert client.session.get_expire_at_browser_close()
    assert not client.cookies["sessionid"]["max-age"]


@pytest.mark.parametrize("values", [{"password": "wrong"}, {"login": "nobody"}])
def test_a_wrong_sign_in_says_so_and_keeps_the_name(client, learner, values):
    sent = {"login": "lena", "password": PASSWORD} | values
    response = client.post(LOGIN, sent)
    assert response.status_code == 422
    html = response.content.decode()
    assert "This user name and password do not fit." in html
    assert f'value="{sent["login"]}"' in html
    assert PASSWORD not in html


def test_tries_are_limited(client, learner):
    for _try in range(5):
        client.post(LOGIN, {"login": "lena", "password": "wrong"})
    response = client.post(LOGIN, {"login": "lena", "password": PASSWORD})
    assert response.status_code == 422
    assert "Too many tries." in response.content.decode()


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_next_leads_nowhere_else(client, learner, url):
    response = client.post(LOGIN, {"login": "lena", "password": PASSWORD, "next": url})
    assert response.url == reverse("hub:me")


def test_an_account_switched_off_cannot_sign_in(client, learner):
    Member.objects.filter(pk=learner.pk).update(is_active=False)
    response = client.post(LOGIN, {"login": "lena", "password": PASSWORD}, follow=True)
    assert "This account is switched off" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_sign_in_statements(client, learner, django_assert_max_num_queries):
    with django_assert_max_num_queries(14) as seen:
        client.post(LOGIN, {"login": "lena", "password": PASSWORD})
    spoken = [q["sql"] for q in seen.captured_queries]
    real = [
        sql for sql in spoken if not sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))
    ]
    assert len(real) <= 10


def test_a_code_by_email(client, learner, django_capture_on_commit_callbacks):
    Member.objects.filter(pk=learner.pk).update(email="lena@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            "/accounts/login/code/", {"email": "lena@example.org", "not_mine": "on"}, follow=True
        )
    assert response.status_code == 200
    (message,) = mail.outbox
    assert message.to == ["lena@example.org"]
    code = re.match(r"(\S+) is your code", message.subject).group(1)
    response = client.post("/accounts/login/code/confirm/", {"code": code})
    assert response.status_code == 302
    assert int(client.session["_auth_user_id"]) == learner.pk
    assert client.session.get_expire_at_browser_close()


def test_a_code_by_email_tells_nobody_who_has_an_account(
    client, learner, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/accounts/login/code/", {"email": "x@example.org"}, follow=True)
    assert "If an account has the address x@example.org" in response.content.decode()
    assert mail.outbox == []


def test_a_new_password_by_email(client, learner, django_capture_on_commit_callbacks):
    Member.objects.filter(pk=learner.pk).update(email="lena@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/password/reset/", {"email": "lena@example.org"})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)
    page = client.get(link, follow=True)
    assert visible_fields(page) == ["password1"]
    url = page.redirect_chain[-1][0]
    assert client.post(url, {"password1": "password"}).status_code == 422
    client.post(url, {"password1": "nine blue cups"})
    learner.refresh_from_db()
    assert learner.check_password("nine blue cups")


def test_change_password(client, learner):
    client.force_login(learner)
    url = "/accounts/password/change/"
    assert visible_fields(client.get(url)) == ["oldpassword", "password1"]
    wrong = client.post(url, {"oldpassword": "no", "password1": "nine blue cups"})
    assert wrong.status_code == 422
    client.post(url, {"oldpassword": PASSWORD, "password1": "nine blue cups"})
    learner.refresh_from_db()
    assert learner.check_password("nine blue cups")
    assert "_auth_user_id" in client.session


def test_a_first_password(client, learner):
    learner.set_unusable_password()
    learner.save()
    client.force_login(learner)
    assert visible_fields(client.get("/accounts/password/set/")) == ["password1"]


def test_sign_out_asks_then_signs_out(client, learner):
    client.force_login(learner)
    assert client.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    response = client.post("/accounts/logout/")
    assert (response.status_code, response.url) == (302, "/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert "_auth_user_id" not in client.session


def test_only_signing_out_empties_the_browser(client, learner):
    signed_in = client.post(LOGIN, {"login": "lena", "password": PASSWORD})
    assert "Clear-Site-Data" not in signed_in
    client.force_login(learner)
    assert "Clear-Site-Data" not in client.get("/accounts/logout/")


def test_the_email_page_of_allauth_leads_to_the_details(client, learner):
    client.force_login(learner)
    assert client.get("/accounts/email/").url == reverse("members:details")


def test_passkey_sign_in(client, learner):
    response = client.get("/accounts/passkey/?next=/hubs/")
    assert response.status_code == 200
    assert '<input type="hidden" name="next" value="/hubs/">' in response.content.decode()
    client.force_login(learner)
    assert client.get("/accounts/passkey/").url == reverse("hub:me")


def test_pages_of_the_hub_do_not_change_by_reading(client, hub):
    client.get("/accounts/signup/")
    assert Hub.objects.count() == 1
    assert Member.objects.count() == 0


def test_too_many_sign_ups_from_one_place_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/m/ip"}
    client.post("/accounts/signup/", {})
    response = client.post("/accounts/signup/", {})
    assert response.status_code == 429
    assert "Please wait a minute" in response.content.decode()
