"""The demo's password: everybody knows it, so a real site takes it neither as new nor as old."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client, override_settings

from members.rules import is_known_password

from .conftest import PASSWORD

DEMO = "weft-demo-1"


def sign_in(password: str) -> int:
    """The answer to a sign-in form."""
    form = {"login": "learner", "password": password}
    return Client().post("/accounts/login/", form).status_code


@pytest.mark.parametrize(("is_demo", "status"), [(True, 302), (False, 422)])
def test_the_password_of_the_demo_signs_in_there_only(
    make_member, is_demo: bool, status: int
) -> None:
    make_member("learner", password=DEMO)
    with override_settings(WEFT_DEMO=is_demo):
        assert sign_in(DEMO) == status


@override_settings(WEFT_DEMO=False)
def test_other_passwords_sign_in_on_a_real_site(make_member) -> None:
    make_member("learner")
    assert sign_in(PASSWORD) == 302


@override_settings(WEFT_DEMO=False)
def test_nobody_takes_it_on_a_real_site() -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(DEMO)
    assert refused.value.error_list[0].code == "password_too_common"
    validate_password(PASSWORD)


def test_the_demo_takes_it() -> None:
    validate_password(DEMO)
    assert not is_known_password(DEMO)


@pytest.mark.parametrize("password", ["weft2026!", "W-e-f-t-12345", "Coordinator1", "Our Hub 2026"])
def test_a_word_of_the_site_is_no_password(password: str) -> None:
    with override_settings(WAGTAIL_SITE_NAME="Our Hub"), pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert [error.code for error in refused.value.error_list] == ["password_too_common"]


@pytest.mark.parametrize("password", ["weft of nine blue cups", "two mentors walk", "x" * 128])
def test_a_word_among_others_may_be_one(password: str) -> None:
    validate_password(password)
