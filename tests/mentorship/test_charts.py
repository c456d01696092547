"""Bars drawn as SVG: as long as their number, small numbers as outlines, words escaped."""

import re
from xml.etree import ElementTree

from mentorship.charts import LONGEST, Bar, bar_chart, length_of, shortened


def widths(svg: str) -> list[int]:
    """The lengths of the bars."""
    return [int(one) for one in re.findall(r'<rect[^>]* width="(\d+)"', svg)]


def test_bars_are_as_long_as_their_numbers() -> None:
    svg = bar_chart([Bar("One", 20, "20"), Bar("Two", 10, "10"), Bar("None", 0, "0")], "Title")
    assert widths(svg) == [200, 100, 2]
    assert svg.startswith('<svg class="chart" viewBox="0 0 320 138" width="320" height="138"')


def test_a_small_number_is_an_outline_of_one_length() -> None:
    svg = bar_chart([Bar("Many", 8, "8"), Bar("Few", None, "fewer than 5")], "Title")
    assert widths(svg) == [200, 100]
    assert svg.count('class="chart-few"') == 1
    assert svg.count('class="chart-bar"') == 1


def test_the_words_are_escaped_and_the_chart_is_well_formed() -> None:
    svg = bar_chart([Bar("<b>A & B</b>", 5, '"5"')], 'The "title"')
    root = ElementTree.fromstring(svg)
    texts = [one.text for one in root if one.tag == "text"]
    assert texts == ["<b>A & B</b>", '"5"']
    assert (root.get("role"), root.get("aria-label")) == ("img", 'The "title"')


def test_nothing_is_styled_in_the_drawing() -> None:
    assert "style=" not in bar_chart([Bar("One", 1, "1")], "Title")


def test_no_bars() -> None:
    assert bar_chart([], "Title").count("<rect") == 0


def test_a_long_label_is_cut_with_a_sign() -> None:
    assert shortened("a" * LONGEST) == "a" * LONGEST
    assert shortened("a" * (LONGEST + 1)) == "a" * (LONGEST - 1) + "…"


def test_the_longest_bar_leaves_room_for_its_words() -> None:
    assert (length_of(7, 7), length_of(0, 7)) == (200, 2)
