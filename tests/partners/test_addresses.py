"""The address of an offer: words and a short id."""

import uuid
from types import SimpleNamespace

import pytest

from partners import addresses
from partners.urls import urlpatterns

KEY = uuid.UUID("3f2a9c81-d04e-4c1e-9b1a-0123456789ab")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Web skills for work", "web-skills-for-work-3f2a9c81d04e"),
        ("Señales & más", "senales-mas-3f2a9c81d04e"),
        ("بالعربية", "3f2a9c81d04e"),
        ("x" * 120, f"{'x' * 60}-3f2a9c81d04e"),
    ],
)
def test_an_address_has_words_and_an_id(title: str, slug: str) -> None:
    assert addresses.slug_of(SimpleNamespace(title=title, uuid=KEY)) == slug


@pytest.mark.parametrize("slug", ["web-3f2a9c81d04e", "3f2a9c81d04e", f"old-words-{KEY.hex}"])
def test_the_id_alone_decides(slug: str) -> None:
    ends = addresses.span(slug)
    assert ends is not None and ends[0] <= KEY <= ends[1]


@pytest.mark.parametrize("slug", ["web-skills", "x3f2a9c81d04e", "3f2a9c81d0", "web-3F2A9C81D04E"])
def test_what_has_no_id_is_no_offer(slug: str) -> None:
    assert addresses.span(slug) is None


def test_no_partner_is_called_like_a_page() -> None:
    """Whatever stands in the place of a partner's name is reserved."""
    parts = [str(one.pattern).split("/") for one in urlpatterns]
    below = {one[1] for one in parts if one[0] == "partners"}
    below |= {one[2] for one in parts if one[:2] == ["partners", "desk"]}
    words = {word for word in below if word and not word.startswith("<")}
    assert words == {"apply", "desk", "invitations", "offers", "suggest"}
    assert words <= addresses.RESERVED
