"""Links that log a meeting: who, which, how long, and nobody else's."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from mentorship.signed import SALT, MeetingLink, meeting_token, read_token

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


def test_a_token_says_who_and_what() -> None:
    token = meeting_token(member=3, pairing=7, meeting=9, now=NOW)
    assert read_token(token, NOW) == MeetingLink(3, 7, 9, int(NOW.timestamp()))
    assert read_token(meeting_token(member=3, pairing=7, now=NOW), NOW) == MeetingLink(
        3, 7, 0, int(NOW.timestamp())
    )


@pytest.mark.parametrize(
    ("after", "works"),
    [
        (timedelta(days=-1), True),
        (timedelta(days=7), True),
        (timedelta(days=7, seconds=1), False),
    ],
)
def test_it_lives_seven_days(after: timedelta, works: bool) -> None:
    token = meeting_token(member=3, pairing=7, now=NOW)
    assert (read_token(token, NOW + after) is not None) is works


def test_a_changed_or_broken_token_says_nothing() -> None:
    token = meeting_token(member=3, pairing=7, now=NOW)
    payload, _colon, signature = token.partition(":")
    other = meeting_token(member=4, pairing=7, now=NOW).partition(":")[0]
    for broken in ("", "x", token[:-1], f"{other}:{signature}", payload, f"{payload}:"):
        assert read_token(broken, NOW) is None
    elsewhere = signing.Signer(salt="other").sign_object([3, 7, 0, int(NOW.timestamp())])
    assert read_token(elsewhere, NOW) is None
    assert SALT == "mentorship.meeting"


def test_one_link_has_one_key() -> None:
    first = read_token(meeting_token(member=3, pairing=7, now=NOW), NOW)
    again = read_token(meeting_token(member=3, pairing=7, now=NOW), NOW)
    other = read_token(meeting_token(member=4, pairing=7, now=NOW), NOW)
    assert first and again and other
    assert first.key == again.key
    assert first.key != other.key


@given(st.text(max_size=80))
def test_no_text_breaks_it(text: str) -> None:
    assert read_token(text, NOW) is None
