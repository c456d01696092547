"""Codes of invitations and addresses: made anew, never guessed."""

from datetime import date, timedelta

import pytest

from partners import codes
from tests.partners.offers_cast import NOW, TODAY


def test_an_invitation_has_one_code() -> None:
    made = codes.invitation_code("secret", 1, "a@x.example", NOW)
    assert codes.invitation_code("secret", 1, "a@x.example", NOW) == made
    assert len(made) == 32
    others = {
        codes.invitation_code("other", 1, "a@x.example", NOW),
        codes.invitation_code("secret", 2, "a@x.example", NOW),
        codes.invitation_code("secret", 1, "b@x.example", NOW),
        codes.invitation_code("secret", 1, "a@x.example", NOW + timedelta(microseconds=1)),
        codes.digest(made),
    }
    assert len(others - {made}) == 5
    assert codes.digest(f" {made}\n") == codes.digest(made)


def test_the_code_of_an_address_lasts_two_weeks() -> None:
    code = codes.email_code("secret", 1, "a@x.example", TODAY)
    assert len(code) == 8
    assert set(code) <= set(codes.LETTERS)

    def is_good(typed: str, day: date = TODAY, partner: int = 1) -> bool:
        return codes.is_email_code("secret", partner, "a@x.example", typed, day)

    assert is_good(code)
    assert is_good(f" {code[:4]}-{code[4:].lower()} ", TODAY + timedelta(days=13))
    assert not is_good(code, TODAY + timedelta(days=14))
    assert not is_good(code, TODAY - timedelta(days=1))
    assert not is_good(code, partner=2)
    assert not is_good("")
    assert not is_good("éééééééé")


@pytest.mark.parametrize(
    ("email", "host", "found"),
    [
        ("a@north.example", "north.example", True),
        ("a@north.example", "www.North.example", True),
        ("a@mail.north.example", "www.north.example", True),
        ("a@north.example", "library.north.example", True),
        ("a@xnorth.example", "north.example", False),
        ("a@example", "north.example", False),
        ("a@north.example", "", False),
        ("", "north.example", False),
    ],
)
def test_mail_at_the_domain(email: str, host: str, found: bool) -> None:
    assert codes.is_at(email, host) is found
