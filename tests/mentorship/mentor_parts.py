"""A mentor for tests of what mentors do: an offer, a move by staff, people around one."""

from types import SimpleNamespace
from typing import Any

from mentorship import actions
from mentorship.models import Mentor
from tests.factories import make_member
from tests.mentorship.factories import make_ask, make_mentor, make_pairing, make_topic
from tests.mentorship.story import DAY, NOON

TODAY = NOON.date()


def offer(cast: SimpleNamespace, **values: Any) -> Mentor:
    """Offer as the mentor of the cast."""
    facts: dict[str, Any] = {
        "member": cast.mentor,
        "hub": cast.hub,
        "topics": [make_topic()],
        "languages": ["en"],
        "ways": ["video", "phone"],
        "slots": ["mon-eve"],
        "traits": ["woman"],
        "time_zone": "Europe/Madrid",
        "capacity": 2,
        "serves_all_hubs": False,
        "hello": " Hello. ",
        "is_adult": True,
        "now": NOON,
        **values,
    }
    return actions.offer_mentoring(**facts)


def make_busy(cast: SimpleNamespace) -> SimpleNamespace:
    """A mentor with a proposal, a pair that met, one in its closing step, and one more mentor."""
    mentor = make_mentor(cast.mentor, cast.hub, capacity=4)
    people = [cast.learner, cast.neighbour, cast.partner]
    asks = [make_ask(one, cast.hub, asked_at=NOON - 30 * DAY) for one in people]
    asked = make_pairing(asks[0], mentor, "proposed", at=NOON)
    active = make_pairing(asks[1], mentor, "active", at=NOON)
    closing = make_pairing(asks[2], mentor, "closing", at=NOON)
    second = make_mentor(make_member("second"), cast.hub)
    return SimpleNamespace(
        mentor=mentor, asks=asks, asked=asked, active=active, closing=closing, second=second
    )


def move(cast: SimpleNamespace, mentor: Mentor, to: str, reason: str = "We met.") -> Mentor:
    """Move a mentor as the coordinator."""
    return actions.move_mentor(
        member=cast.coordinator, mentor=mentor, to=to, reason=reason, now=NOON
    )
