"""The style files: contrast in both displays, raw colours in one place, no physical sides."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static" / "css"
FILES = sorted(path.relative_to(CSS).as_posix() for path in CSS.rglob("*.css"))
HOLDS_COLOURS = {"tokens.css", "print.css"}

GROUNDS = ("paper", "surface", "sunk")
TEXTS = ("ink", "muted", "loom", "loom-deep", "clay", "plum", "sky", "ok", "err", "visited")
TINTS = ("loom", "clay", "marigold", "plum", "sky", "ok", "err")
PAIRS = (
    [(text, ground) for text in TEXTS for ground in GROUNDS]
    + [("ink", f"tint-{tint}") for tint in TINTS]
    + [("loom", "tint-loom"), ("loom-deep", "tint-loom"), ("muted", "tint-loom")]
    + [("ok", "tint-ok"), ("err", "tint-err")]
    + [("on-loom", "loom"), ("on-loom", "loom-deep"), ("surface", "err"), ("surface", "clay")]
)
BORDERS = [("edge", ground) for ground in GROUNDS] + [("loom", "surface"), ("err", "surface")]


def rules(text: str) -> list[tuple[str, str]]:
    """The innermost rules of a style: the selector and what it says."""
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.findall(r"([^{}]+)\{([^{}]*)\}", bare)


def colours(body: str) -> dict[str, str]:
    """The tokens of a rule that are colours."""
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})\b", body))


def displays() -> dict[str, dict[str, str]]:
    """The colours of each display; what the dark one does not say is as in the light one."""
    found = [colours(body) for _, body in rules((CSS / "tokens.css").read_text())]
    light, by_system, by_choice = [each for each in found if "paper" in each]
    return {"light": light, "system": light | by_system, "dark": light | by_choice}


DISPLAYS = displays()


def brightness(colour: str) -> float:
    """Relative luminance, as WCAG defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    low, high = sorted((brightness(first), brightness(second)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#000000", "#FFFFFF") == 21
    assert round(contrast("#767676", "#FFFFFF"), 2) == 4.54


@pytest.mark.parametrize("display", DISPLAYS)
def test_text_can_be_read(display: str) -> None:
    tokens = DISPLAYS[display]
    weak = {
        pair: round(contrast(tokens[pair[0]], tokens[pair[1]]), 2)
        for pair in PAIRS
        if contrast(tokens[pair[0]], tokens[pair[1]]) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("display", DISPLAYS)
def test_borders_of_controls_can_be_seen(display: str) -> None:
    tokens = DISPLAYS[display]
    assert [pair for pair in BORDERS if contrast(tokens[pair[0]], tokens[pair[1]]) < 3] == []


def test_dark_is_the_same_by_system_and_by_choice() -> None:
    assert DISPLAYS["system"] == DISPLAYS["dark"]
    assert set(DISPLAYS["dark"]) == set(DISPLAYS["light"])


@pytest.mark.parametrize("name", [name for name in FILES if name not in HOLDS_COLOURS])
def test_colours_come_from_tokens(name: str) -> None:
    for selector, body in rules((CSS / name).read_text()):
        raw = re.findall(
            r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|hwb|lab|lch|oklab|oklch|color)\("
            r"|(?<=[:\s])(?:white|black|red|green|blue|grey|gray|yellow|orange)(?=[;\s]|$)",
            body,
        )
        assert raw == [], selector


@pytest.mark.parametrize("name", FILES)
def test_no_physical_sides(name: str) -> None:
    physical = (
        r"(?:margin|padding|border)-(?:left|right)\b|(?<![\w-])(?:left|right)\s*:"
        r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b|border-(?:top|bottom)-(?:left|right)"
    )
    for selector, body in rules((CSS / name).read_text()):
        assert re.findall(physical, body) == [], selector


def test_every_token_that_is_used_is_there() -> None:
    text = "".join((CSS / name).read_text() for name in FILES)
    made = set(re.findall(r"(--[\w-]+)\s*:", text))
    used = set(re.findall(r"var\((--[\w-]+)", text))
    assert used - made == set()
