"""The address of an offer: words of its title and a short id. Pure."""

import re
import uuid
from typing import Protocol

from django.utils.text import slugify

ID_LENGTH = 12
MOST_WORDS = 60
ENDS_IN_ID = re.compile(r"(?:^|-)([0-9a-f]{12}|[0-9a-f]{32})\Z")
# What stands, or may stand, below /partners/ and /partners/desk/ beside the partners themselves:
# no partner is called so.
RESERVED = frozenset({"apply", "desk", "feed", "invitations", "new", "offers", "suggest"})


class Addressed(Protocol):
    """What an address is made of."""

    title: str
    uuid: uuid.UUID


def slug_of(offer: Addressed) -> str:
    """The part of the address that names an offer. Other words of the title lead there too."""
    words = slugify(offer.title)[:MOST_WORDS].strip("-")
    short = offer.uuid.hex[:ID_LENGTH]
    return f"{words}-{short}" if words else short


def span(slug: str) -> tuple[uuid.UUID, uuid.UUID] | None:
    """The lowest and the highest id that an address can mean; None where it names no offer."""
    found = ENDS_IN_ID.search(slug)
    if found is None:
        return None
    return uuid.UUID(found[1].ljust(32, "0")), uuid.UUID(found[1].ljust(32, "f"))
