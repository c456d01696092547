"""What a person may do with courses. Pure: True, or a `Refused` with its reason is the answer.

A rule returns a bool where a denied thing must look like a missing one, and raises nothing.
"""

from members.models import Hub, Member

from .models import Ask, Certificate, Course, Enrolment, HandIn
from .models.work import STAFF_ROLES

ANYBODY = "everybody"


def may_read(member: Member | None, access: str) -> bool:
    """Whether a course with this access is open to the reader: everybody, or any member."""
    return access == ANYBODY or member is not None


def may_enrol(member: Member, missing: list[str]) -> bool:
    """Whether a member may start: no course that the editor asks for first is unfinished."""
    return not missing


def may_teach(member: Member, hub: Hub) -> bool:
    """Whether a member reads hand-ins and answers questions in a hub."""
    return member.has_role(hub, *STAFF_ROLES)


def may_see_learners(member: Member, hub: Hub) -> bool:
    """Whether a member sees names and progress of a hub's learners: its coordinators only."""
    return member.has_role(hub, "coordinator")


def may_review(member: Member, hand_in: HandIn) -> bool:
    """Whether a member accepts or sends back a hand-in. Nobody reviews their own."""
    return hand_in.enrolment.member_id != member.pk and may_teach(member, hand_in.enrolment.hub)


def may_answer_ask(member: Member, ask: Ask) -> bool:
    """Whether a member answers a question about a lesson."""
    return may_teach(member, ask.hub)


def may_confirm(member: Member, enrolment: Enrolment) -> bool:
    """Whether a member changes a learner's record: a coordinator, and never one's own."""
    return enrolment.member_id != member.pk and may_see_learners(member, enrolment.hub)


def may_edit_course(member: Member, course: Course) -> bool:
    """Whether a member decides about releases and marks of a course."""
    return member.has_role(course.hub, "editor")


def may_rename_certificate(member: Member, certificate: Certificate) -> bool:
    """Whether a member corrects the name on a certificate: the person named on it."""
    return certificate.member_id == member.pk


def may_withdraw_certificate(member: Member, certificate: Certificate) -> bool:
    """Whether a member withdraws a certificate: a coordinator of its hub, never one's own."""
    return certificate.member_id != member.pk and member.has_role(certificate.hub, "coordinator")
