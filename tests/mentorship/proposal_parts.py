"""Proposals for tests: what is told of a no, and one more mentor."""

from types import SimpleNamespace

from mentorship.models import Mentor
from tests.factories import make_member
from tests.mentorship.factories import make_mentor
from tests.mentorship.story import NOON

CHOOSE, LOOK = "Please choose another one.", "We look for the next one for you."
NOT_NOW = f"Mentor cannot be your mentor at the moment. {CHOOSE} You keep your place."
GONE = r"^This mentor is not free any more\.$"


def other_mentor(cast: SimpleNamespace, name: str = "second", **values: object) -> Mentor:
    """One more mentor of the hub."""
    return make_mentor(make_member(name), cast.hub, applied_at=NOON, **values)
