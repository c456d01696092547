"""How far the mentee of a pair is in the course in question, and whether the mentor sees it."""

from dataclasses import dataclass

from courses.models import Enrolment
from courses.queries import course_pack
from members.models import Consent, Member
from mentorship.models import Pairing

CONSENT = "mentor-progress"


@dataclass(frozen=True)
class Progress:
    """How far the mentee is in the course in question, and whether the mentor sees it."""

    title: str
    done: int
    of: int
    is_shown: bool


def progress_of(pairing: Pairing, *, is_mentor: bool) -> Progress | None:
    """How far the mentee is in the course in question; for the mentor nothing without a standing
    consent."""
    ask, mentee = pairing.ask, pairing.mentee
    if ask.course_id is None or mentee is None:
        return None
    is_shown = shows(pairing) and has_consent(mentee)
    row = Enrolment.objects.filter(member=mentee, course=ask.course_id).first()
    if row is None or (is_mentor and not is_shown):
        return None
    pack = course_pack(ask.course_id.hex)
    title = pack.title if pack else ask.course.title if ask.course else ""
    return Progress(title, row.required_done, row.required_count, is_shown)


def shows(pairing: Pairing) -> bool:
    """Whether the mentee wants the mentor to see the progress: as said on the page of the pair,
    before that with the ask."""
    said = pairing.shows_progress
    return pairing.ask.shares_progress if said is None else said


def has_consent(mentee: Member) -> bool:
    """Whether the consent to show progress stands."""
    given = Consent.objects.for_member(mentee).standing().filter(kind=CONSENT)
    return given.exists()
