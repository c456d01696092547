"""The second step before the CMS."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import override_settings

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db
CMS = "/cms/"


@pytest.fixture(autouse=True)
def _required():
    with override_settings(WEFT_REQUIRE_SECOND_FACTOR=True):
        yield


def code_now(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.fixture
def secret(editor):
    secret = generate_totp_secret()
    TOTP.activate(editor, secret)
    return secret


def test_without_a_second_step_the_editor_is_led_to_set_one_up(client, editor):
    client.force_login(editor)
    for url in (CMS, "/cms/pages/"):
        response = client.get(url)
        assert (response.status_code, response.url) == (
            302,
            f"/accounts/2fa/?next={url.replace('/', '%2F')}",
        )
    page = client.get(response.url)
    assert "To open the editor you need a second step" in page.content.decode()


def test_a_session_without_the_step_is_led_to_take_it(client, editor, secret):
    client.force_login(editor)
    response = client.get(CMS)
    assert response.url == "/accounts/2fa/reauthenticate/?next=%2Fcms%2F"
    assert client.get(response.url).status_code == 200
    wrong = client.post(response.url, {"code": "000000", "next": CMS})
    assert wrong.status_code == 422
    right = client.post(response.url, {"code": code_now(secret), "next": CMS})
    assert right.url == CMS
    assert client.get(CMS).status_code == 200


def test_sign_in_with_both_steps_opens_the_cms(client, editor, secret):
    response = client.post("/accounts/login/", {"login": "edda", "password": PASSWORD})
    assert response.url.startswith("/accounts/2fa/authenticate/")
    assert "_auth_user_id" not in client.session
    assert client.get(response.url).status_code == 200
    client.post(response.url, {"code": code_now(secret)})
    assert client.get(CMS).status_code == 200


def test_a_code_of_the_hub_does_not_replace_the_second_step(client, admin, editor, secret, hub):
    from members.actions import code_of, issue_sign_in_code

    code = issue_sign_in_code(member=admin, to=editor, hub=hub)
    response = client.post("/accounts/code/", {"username": "edda", "code": code_of(code)})
    assert response.url.startswith("/accounts/2fa/authenticate/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["", "pages/", "images/"])
def test_the_cms_is_not_there_for_who_may_not_enter(client, coordinator, path):
    assert client.get(CMS + path).status_code == 302
    client.force_login(coordinator)
    assert client.get(CMS + path).status_code == 404


def test_the_demo_asks_for_no_second_step(client, editor):
    client.force_login(editor)
    with override_settings(WEFT_REQUIRE_SECOND_FACTOR=False):
        assert client.get(CMS).status_code == 200


def test_pages_of_the_second_step(client, editor, secret):
    Authenticator.objects.exclude(type="totp").delete()
    client.force_login(editor)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    for url in (
        "/accounts/2fa/",
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/webauthn/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/2fa/reauthenticate/",
        "/accounts/reauthenticate/",
    ):
        assert client.get(url).status_code == 200, url
    client.post("/accounts/2fa/recovery-codes/generate/")
    assert "10 codes are left." in client.get("/accounts/2fa/recovery-codes/").content.decode()
    client.post("/accounts/2fa/totp/deactivate/")
    page = client.get("/accounts/2fa/totp/activate/")
    assert "data:image/svg+xml" in page.content.decode()
