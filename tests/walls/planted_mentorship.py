"""Private words planted in the mentorship of both hubs: what is asked, given, written, reported."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from courses.models import Course
from members.actions import give_consent, grant_role, join_hub
from members.models import Hub, Member, Notice
from mentorship import actions
from mentorship.actions.calendar import calendar_key
from mentorship.actions.meeting_asks import ask_about_meetings
from mentorship.actions.meetings import plan_meeting
from mentorship.actions.pairs import add_note, answer_pulse, meet_goal, send_message, set_goal
from mentorship.actions.safety import note_case, open_words, report_problem
from mentorship.models import Meeting, MemberBlock, Mentor, MentorAsk, MentorCheck, Pairing
from tests.factories import make_member, new_key
from tests.mentorship.factories import (
    make_absence,
    make_ask,
    make_mentor,
    make_pairing,
    make_programme,
)

DAY = timedelta(days=1)
# A pair in each hub: its mentee, its mentor, and the safety lead of the hub.
PAIRS = (
    ("hub", "learner", "mentor", "safety"),
    ("other_hub", "other_learner", "valley_mentor", "other_safety"),
)


def add_people(cast: SimpleNamespace) -> None:
    """The safety leads of both hubs, mentors, and others who ask and give."""
    for name in ("ex_mentor", "harbour_asker", "harbour_newcomer"):
        setattr(cast, name, make_member(name))
        join_hub(member=getattr(cast, name), hub=cast.hub)
    for name in ("valley_mentor", "valley_asker", "valley_newcomer"):
        setattr(cast, name, make_member(name))
        join_hub(member=getattr(cast, name), hub=cast.other_hub)
    for name, hub in (("safety", cast.hub), ("other_safety", cast.other_hub)):
        setattr(cast, name, make_member(name))
        grant_role(member=cast.admin, to=getattr(cast, name), hub=hub, role="safety")


def plant_mentorship(planted: Any) -> None:
    """Programmes, mentors, asks, pairs and cases of both hubs. A pair of the first hub is the
    first of all."""
    now = timezone.now()
    for at, mentee, mentor, lead in PAIRS:
        hub = getattr(planted.cast, at)
        make_programme(hub)
        closed = planted.word("programme that is closed", "", hub.slug)
        make_programme(hub, title=closed, summary=closed, is_open=False)
        pairing = plant_pair(planted, hub, mentee, mentor, now)
        plant_case(planted, pairing, mentee, lead)
        plant_newcomer(planted, hub)
    plant_words_opened(planted)
    plant_proposal(planted, now)
    plant_ex_mentor(planted, now)
    for at, _mentee, _mentor, lead in PAIRS:
        plant_case_about_lead(planted, getattr(planted.cast, at), lead, now)
    MemberBlock.objects.create(
        member=planted.cast.neighbour, blocked=planted.cast.ex_mentor, made_at=now
    )


def plant_mentor(planted: Any, name: str, hub: Hub, **values: Any) -> Mentor:
    """A mentor of a hub with a hello and a check, for that hub alone."""
    member = getattr(planted.cast, name)
    hello = planted.word("hello of a mentor", name, hub.slug)
    facts = {"hello": hello, "serves_all_hubs": False, "capacity": 4, **values}
    mentor = make_mentor(member, hub, **facts)
    today = timezone.localdate()
    MentorCheck.objects.create(
        mentor=mentor, level=1, seen_on=today - 9 * DAY, made_at=timezone.now()
    )
    return mentor


def plant_newcomer(planted: Any, hub: Hub) -> None:
    """Somebody who wants to be a mentor: no learner sees them yet."""
    plant_mentor(planted, f"{hub.slug}_newcomer", hub, state=Mentor.State.APPLIED)


def plant_ask(planted: Any, name: str, hub: Hub, **values: Any) -> MentorAsk:
    """Somebody asks for a mentor, in private words."""
    words = planted.word("why a mentor is asked for", name, hub.slug)
    return make_ask(getattr(planted.cast, name), hub, words=words, **values)


def plant_pair(planted: Any, hub: Hub, mentee: str, mentor: str, now: datetime) -> Pairing:
    """An active pair with everything that two people write."""
    cast, at = planted.cast, now - 20 * DAY
    giver = plant_mentor(planted, mentor, hub)
    make_absence(giver, now + 40 * DAY)
    course: Course = planted.courses[0]
    ask = plant_ask(planted, mentee, hub, asked_at=at, course=course, shares_progress=True)
    give_consent(member=ask.member, kind="mentor-progress", wording="Yes")
    pairing = make_pairing(ask, giver, "active", at=at)
    planted.show("why a mentor is asked for", mentee, mentor)
    planted.show("name", mentee, mentor)
    for name, other in ((mentee, mentor), (mentor, mentee)):
        plant_written(planted, pairing, name, other)
        plant_keys(planted, getattr(cast, name), name, hub)
    plant_goal(planted, pairing, mentee, mentor)
    plant_meetings(planted, pairing, mentee, mentor, now)
    plant_pulse(planted, pairing, mentee)
    return pairing


def plant_written(planted: Any, pairing: Pairing, name: str, *others: str) -> None:
    """A message, a note for both and a private one of one of the two."""
    slug = pairing.hub.slug
    values = {"member": getattr(planted.cast, name), "pairing": pairing}
    words = planted.word("message in a pair", name, slug, shown=others)
    send_message(key=new_key(), words=words, **values)
    words = planted.word("note for both", name, slug, shown=others)
    add_note(key=new_key(), words=words, **values)
    words = planted.word("note for oneself", name, slug)
    add_note(key=new_key(), words=words, is_private=True, **values)


def plant_goal(planted: Any, pairing: Pairing, mentee: str, *others: str) -> None:
    """Two goals of the mentee, one of them met."""
    values = {"member": getattr(planted.cast, mentee), "pairing": pairing}
    for number in (1, 2):
        words = planted.word("goal", mentee, pairing.hub.slug, shown=others)
        set_goal(number=number, words=words, **values)
    meet_goal(number=1, met=True, **values)


def plant_meetings(planted: Any, pairing: Pairing, name: str, other: str, now: datetime) -> None:
    """A meeting to come at a place, one that was held, and one that nobody has logged: both get
    a link that logs it."""
    member = getattr(planted.cast, name)
    place = planted.word("place of a meeting", name, pairing.hub.slug, shown=(other,))
    values = {"key": new_key(), "starts_at": now + 3 * DAY, "way": "video", "place": place}
    plan_meeting(member=member, pairing=pairing, **values)
    facts = {"pairing": pairing, "way": "phone", "made_at": now, "changed_at": now}
    held = {"state": Meeting.State.HELD, "starts_at": now - 9 * DAY}
    Meeting.objects.create(key=new_key(), **held, **facts)
    open_one = {"state": Meeting.State.PLANNED, "starts_at": now - 2 * timedelta(hours=1)}
    row = Meeting.objects.create(key=new_key(), **open_one, **facts)
    ask_about_meetings(now=now)
    for one in (name, other):
        notice = Notice.objects.get(
            member=getattr(planted.cast, one),
            key__startswith=f"pairing:{pairing.pk}:met:{row.pk}:",
        )
        token = notice.url.strip("/").rpartition("/")[2]
        planted.word("link that logs a meeting", one, pairing.hub.slug, token)


def plant_pulse(planted: Any, pairing: Pairing, mentee: str) -> None:
    """The mentee says that it goes badly; only the desk puts that beside a name."""
    member = getattr(planted.cast, mentee)
    answer_pulse(member=member, pairing=pairing, point="week_2", going=1)
    member.refresh_from_db(fields=["name"])
    planted.word("that it goes badly", mentee, pairing.hub.slug, f"{member.name} said")


def plant_keys(planted: Any, member: Member, name: str, hub: Hub) -> None:
    """The secret address of a calendar."""
    planted.word("address of a calendar", name, hub.slug, calendar_key(member=member).token)


def plant_case(planted: Any, pairing: Pairing, reporter: str, lead: str) -> None:
    """A report of the mentee, and a note of the safety lead, who reads the mentee's name."""
    slug = pairing.hub.slug
    case = report_problem(
        member=getattr(planted.cast, reporter),
        pairing=pairing,
        key=new_key(),
        kind="unkind",
        words=planted.word("report of a problem", reporter, slug),
    )
    words = planted.word("note in a case", lead, slug)
    note_case(member=getattr(planted.cast, lead), case=case, words=words)
    planted.show("name", reporter, lead)


def plant_words_opened(planted: Any) -> None:
    """In the other hub the safety lead has opened what the two wrote to each other."""
    _at, mentee, mentor, lead = PAIRS[1]
    member, slug = getattr(planted.cast, lead), planted.cast.other_hub.slug
    case = planted.cast.other_hub.safety_cases.get()
    reason = planted.word("why words were opened", mentee, slug)
    open_words(member=member, case=case, reason=reason)
    for kind in ("message in a pair", "note for both", "note for oneself"):
        planted.show(kind, mentee, lead)
        planted.show(kind, mentor, lead)


def plant_case_about_lead(planted: Any, hub: Hub, lead: str, now: datetime) -> None:
    """The safety lead mentors too, and somebody reports that: no lead of the hub reads it."""
    name = f"{hub.slug}_asker"
    giver = plant_mentor(planted, lead, hub, capacity=1)
    waiting = getattr(planted.cast, name).mentor_asks.waiting().first()
    ask = waiting or plant_ask(planted, name, hub)
    pairing = make_pairing(ask, giver, "active", at=now - DAY)
    planted.show("why a mentor is asked for", name, lead)
    plant_written(planted, pairing, name, lead)
    member = getattr(planted.cast, name)
    words = planted.word("report about the safety lead", name, hub.slug)
    report_problem(member=member, pairing=pairing, key=new_key(), kind="money", words=words)
    # A calendar that whoever knows its address may read: no private place is in it.
    values = {"key": new_key(), "starts_at": now + 2 * DAY, "way": "video"}
    plan_meeting(member=member, pairing=pairing, **values)
    plant_keys(planted, member, name, hub)


def plant_proposal(planted: Any, now: datetime) -> None:
    """A proposal that the hub has made by hand and that is still out."""
    cast = planted.cast
    ask = plant_ask(planted, "neighbour", cast.hub, asked_at=now - DAY)
    reason = planted.word("why the hub paired the two", "neighbour", cast.hub.slug)
    actions.pair_by_hand(member=cast.coordinator, ask=ask, mentor=cast.mentor.mentor, reason=reason)
    for kind in ("why a mentor is asked for", "why the hub paired the two", "name"):
        planted.show(kind, "neighbour", "mentor")


def plant_ex_mentor(planted: Any, now: datetime) -> None:
    """Somebody who said no, closed a pair, left another one, and reads nothing of them any more.

    Who got the no waits and has the card of the other mentor.
    """
    cast = planted.cast
    giver = plant_mentor(planted, "ex_mentor", cast.hub)
    plant_closed_pair(planted, giver, now)
    plant_no(planted, giver, now)
    ask = plant_ask(planted, "harbour_asker", cast.hub, asked_at=now - 30 * DAY)
    make_pairing(ask, giver, "active", at=now - 20 * DAY)
    reason = planted.word("why a mentor stopped", "ex_mentor", cast.hub.slug)
    actions.leave_mentoring(member=cast.ex_mentor, reason=reason)


def plant_closed_pair(planted: Any, giver: Mentor, now: datetime) -> None:
    """A pair that has closed: the mentee keeps its words, the mentor only the own ones."""
    cast = planted.cast
    ask = plant_ask(planted, "learner", cast.hub, asked_at=now - 60 * DAY)
    pairing = make_pairing(ask, giver, "closing", at=now - 5 * DAY)
    plant_written(planted, pairing, "learner")
    plant_written(planted, pairing, "ex_mentor", "learner")
    plant_goal(planted, pairing, "learner")
    for owner, other in (("learner", "ex_mentor"), ("ex_mentor", "learner")):
        shown = {"achieved": (), "thanks": (other,), "next_step": ()}
        if owner == "ex_mentor":
            shown = dict.fromkeys(shown, (other,))
        said = {
            name: planted.word("words at the end", owner, cast.hub.slug, shown=readers)
            for name, readers in shown.items()
        }
        actions.close_pairing(member=getattr(cast, owner), pairing=pairing, **said)


def plant_no(planted: Any, giver: Mentor, now: datetime) -> None:
    """A mentor said no, with a word to the hub, and the time of the question is over."""
    cast = planted.cast
    ask = plant_ask(planted, "partner", cast.hub, asked_at=now - 5 * DAY)
    pairing = make_pairing(ask, giver, "proposed", at=now - 5 * DAY)
    words = planted.word("word to the hub at a no", "ex_mentor", cast.hub.slug)
    actions.decline_pairing(member=cast.ex_mentor, pairing=pairing, words=words, now=now - 4 * DAY)
    planted.show("hello of a mentor", "mentor", "partner")
