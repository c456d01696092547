"""One-use codes: how they look and how they are made."""

from datetime import UTC, datetime, timedelta

from members.codes import LENGTH, LETTERS, digest, make_code, spaced, tidy

NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)


def test_a_code_is_eight_letters_without_look_alikes():
    code = make_code("secret", 7, NOW)
    assert len(code) == LENGTH == 8
    assert set(code) <= set(LETTERS)
    assert not set(LETTERS) & set("0O1IL5S")


def test_a_code_is_of_one_secret_one_member_and_one_moment():
    code = make_code("secret", 7, NOW)
    assert code == make_code("secret", 7, NOW)
    others = {
        make_code("other", 7, NOW),
        make_code("secret", 8, NOW),
        make_code("secret", 7, NOW + timedelta(microseconds=1)),
    }
    assert code not in others
    assert len(others) == 3


def test_typing_is_forgiven():
    assert tidy(" ab-cd 23 kq\n") == "ABCD23KQ"
    assert digest("s", 7, "abcd 23kq") == digest("s", 7, "ABCD23KQ")
    assert digest("s", 7, "ABCD23KQ") != digest("s", 8, "ABCD23KQ")
    assert digest("s", 7, "ABCD23KQ") != digest("t", 7, "ABCD23KQ")


def test_a_code_is_read_out_in_halves():
    assert spaced("ABCD23KQ") == "ABCD 23KQ"
