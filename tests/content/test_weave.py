"""The weave: what a word draws."""

import re
from xml.etree import ElementTree

import pytest

from content import weave

WORDS = [f"course-{number}" for number in range(300)]
LONG = "a-course-about-" + "very-" * 200 + "long-names"


def paths(svg: str) -> dict[str, str]:
    """The path of each colour in a picture."""
    return {
        path.attrib["class"].removeprefix("t-"): path.attrib["d"]
        for path in ElementTree.fromstring(svg)
    }


def pieces(path: str) -> list[tuple[int, int, int, int]]:
    """The rectangles of a path: left, top, width, height."""
    found = re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)h-\d+z", path)
    return [(int(left), int(top), int(wide), int(high)) for left, top, wide, high in found]


def rows_done(svg: str) -> int:
    """How many rows of a cloth have weft in them."""
    return len({top // weave.PITCH for _, top, _, _ in pieces(paths(svg).get("loom", ""))})


def test_same_word_same_cover() -> None:
    assert weave.cover("first-steps") == weave.cover("first-steps")
    assert weave.patch("Lena Ortiz") == weave.patch("Lena Ortiz")


def test_different_words_different_covers() -> None:
    assert len({weave.cover(word) for word in WORDS}) == len(WORDS)


@pytest.mark.parametrize("word", ["first-steps", LONG, "", "ñandú-٣", "a"])
def test_cover_is_small(word: str) -> None:
    assert len(weave.cover(word).encode()) < 1000


def test_every_cover_is_small_and_in_token_colours() -> None:
    for word in WORDS:
        svg = weave.cover(word)
        assert len(svg.encode()) < 1000
        assert set(paths(svg)) <= set(weave.COLOURS)
        assert len(paths(svg)) >= 2


def test_every_place_of_a_cover_is_covered_once() -> None:
    for word in WORDS[:60]:
        places: list[tuple[int, int]] = []
        for path in paths(weave.cover(word)).values():
            for left, top, wide, high in pieces(path):
                columns = range(left // weave.PITCH, (left + wide - 1) // weave.PITCH + 1)
                rows = range(top // weave.PITCH, (top + high - 1) // weave.PITCH + 1)
                places += [(column, row) for column in columns for row in rows]
        assert sorted(places) == [
            (column, row) for column in range(weave.WARP) for row in range(weave.ROWS)
        ]


@pytest.mark.parametrize(
    "word", ['"><script>alert(1)</script>', "' onload='x", "&<>\x00", "</svg>"]
)
def test_no_word_gets_into_the_picture(word: str) -> None:
    thread = r'<path class="t-[a-z-]+" d="[Mhvz0-9 -]*"/>'
    shape = rf'<svg class="weave weave-\w+" [\w="  .:-]+>({thread})+</svg>'
    for svg in (weave.cover(word), weave.patch(word)):
        assert re.fullmatch(shape, svg)


def test_pictures_are_hidden_from_screen_readers() -> None:
    for svg in (weave.cover("a"), weave.patch("a"), weave.cloth(1, 2)):
        assert 'aria-hidden="true"' in svg


@pytest.mark.parametrize(
    ("done", "total", "rows"),
    [(0, 7, 0), (1, 7, 1), (4, 7, 4), (7, 7, 7), (9, 7, 7), (-3, 7, 0), (1, 1, 1), (0, 1, 0)],
)
def test_cloth_grows_row_by_row(done: int, total: int, rows: int) -> None:
    assert rows_done(weave.cloth(done, total)) == rows


@pytest.mark.parametrize("total", [0, -2])
def test_cloth_of_nothing_is_bare(total: int) -> None:
    assert rows_done(weave.cloth(0, total)) == 0


def test_long_cloth_is_full_only_at_the_end() -> None:
    grown = [rows_done(weave.cloth(done, 40)) for done in range(41)]
    assert grown[0] == 0
    assert grown[1] == 1
    assert grown[39] == weave.MOST_ROWS - 1
    assert grown[40] == weave.MOST_ROWS
    assert grown == sorted(grown)


def test_cloth_stays_inside_its_picture() -> None:
    for total in range(1, 45):
        for done in (0, 1, total - 1, total):
            svg = weave.cloth(done, total)
            wide, high = map(int, re.search(r'viewBox="0 0 (\d+) (\d+)"', svg).groups())
            for path in paths(svg).values():
                for left, top, across, down in pieces(path):
                    assert left + across <= wide
                    assert top + down <= high


def test_cloth_grows_from_below() -> None:
    rows = pieces(paths(weave.cloth(1, 4))["loom"])
    assert {top // weave.PITCH for _, top, _, _ in rows} == {3}
