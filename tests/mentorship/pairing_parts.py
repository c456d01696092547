"""A pair that met, for tests: its dates, and moves by staff."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from mentorship import actions
from mentorship.actions.moves import make_move
from mentorship.models import Pairing
from tests.mentorship.factories import make_ask, make_mentor
from tests.mentorship.story import DAY, NOON, fresh


def make_met(cast: SimpleNamespace) -> Pairing:
    """A pair that met, with the dates that a yes gives."""
    mentor = make_mentor(cast.mentor, cast.hub)
    ask = make_ask(cast.learner, cast.hub, asked_at=NOON - 10 * DAY)
    asked = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    pair = actions.accept_pairing(member=cast.mentor, pairing=asked, now=NOON)
    make_move(pair, "meet", actor=cast.learner, side="mentee", now=NOON + DAY)
    return fresh(pair)


def dates(pairing: Pairing) -> tuple[datetime | None, datetime | None]:
    """When the term ends, and when the pair closes."""
    row = fresh(pairing)
    return row.term_ends_at, row.closes_at


def staff(cast: SimpleNamespace, pairing: Pairing, verb: str, **more: Any) -> Pairing:
    """Move a pairing as the coordinator."""
    facts = {"reason": "They rang us.", "now": NOON + 2 * DAY, **more}
    return actions.move_pairing(member=cast.coordinator, pairing=pairing, verb=verb, **facts)
