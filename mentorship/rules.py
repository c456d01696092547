"""Who may do what in mentorship. Pure: each answers yes or no."""

from members.models import Hub, Member

from . import life
from .life import MENTEE, MENTOR
from .models import Mentor, MentorAsk, Pairing, Programme, SafetyCase


def may_offer(member: Member, is_adult: bool) -> bool:
    """Whether a member gives time to others: adults only, for now, as for those who ask."""
    return member.is_active and is_adult


def may_ask(member: Member, is_adult: bool) -> bool:
    """Whether a member asks for a mentor: adults only, for now."""
    return member.is_active and is_adult


def side_of(member: Member, pairing: Pairing) -> str:
    """On which side of a pairing a member is: mentor, mentee, or neither (an empty text).

    Somebody who has left mentoring is no mentor any more.
    """
    if pairing.mentee_id == member.pk:
        return MENTEE
    mentor = pairing.mentor
    if mentor is None or mentor.member_id != member.pk or mentor.state == Mentor.State.LEFT:
        return ""
    return MENTOR


def may_answer(member: Member, pairing: Pairing) -> bool:
    """Whether a member says yes or no to a proposal: the mentor who was asked."""
    return side_of(member, pairing) == MENTOR


def may_take_back(member: Member, ask: MentorAsk) -> bool:
    """Whether a member chooses for an ask or takes it back: who asked."""
    return ask.member_id == member.pk


def is_one_of(member: Member, pairing: Pairing) -> bool:
    """Whether a member is one of the two, or was: staff never decide about themselves."""
    mentor = pairing.mentor
    return member.pk in (pairing.mentee_id, mentor.member_id if mentor else None)


def may_report(member: Member, pairing: Pairing) -> bool:
    """Whether a member reports a problem in a pairing or blocks the other one: one of the two,
    also when it is over."""
    return is_one_of(member, pairing)


def may_move(member: Member, pairing: Pairing) -> bool:
    """Whether a member moves a pairing for its hub: a coordinator who is not one of the two."""
    return may_see_desk(member, pairing.hub) and not is_one_of(member, pairing)


def may_pair(member: Member, ask: MentorAsk, mentor: Mentor) -> bool:
    """Whether a member pairs two people by hand: a coordinator who is neither of them."""
    return may_see_desk(member, ask.hub) and member.pk not in (ask.member_id, mentor.member_id)


def may_check(member: Member, mentor: Mentor) -> bool:
    """Whether a member checks a mentor and moves them: a coordinator, and never oneself."""
    return may_see_desk(member, mentor.hub) and mentor.member_id != member.pk


def may_run_programme(member: Member, hub: Hub) -> bool:
    """Whether a member writes the programmes of a hub: its coordinators."""
    return may_see_desk(member, hub)


def may_change_programme(member: Member, programme: Programme, hub: Hub) -> bool:
    """Whether a member changes a programme in the name of a hub: it must be the hub's own."""
    return programme.hub_id == hub.pk and may_run_programme(member, hub)


def may_read_case(member: Member, case: SafetyCase) -> bool:
    """Whether a member reads a case: the safety lead of the hub, never about oneself; a network
    admin where no other safety lead is left; a coordinator where no other admin is either."""
    return member.is_active and SafetyCase.objects.visible_to(member).filter(pk=case.pk).exists()


def may_protect(member: Member, hub: Hub) -> bool:
    """Whether a member sees what was reported in a hub: its safety lead, and whoever has to read
    a case there."""
    stands_in = SafetyCase.objects.visible_to(member).filter(hub=hub)
    return member.is_active and (member.has_role(hub, "safety") or stands_in.exists())


def may_see_desk(member: Member, hub: Hub) -> bool:
    """Whether a member sees the mentorship desk of a hub: its coordinators."""
    return member.is_active and member.has_role(hub, "coordinator")


def may_extend(pairing: Pairing, state: str = "") -> bool:
    """Whether a pair may take more time: together and not at its end (in its state now, where that
    is known better), once, and where the programme has an extension."""
    is_open = (state or pairing.state) in life.TOGETHER - {life.CLOSING}
    return is_open and pairing.extended_at is None and bool(pairing.programme.extension_weeks)
