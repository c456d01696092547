"""Private words in every field of mentorship, and who may see each of them."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from members.actions import grant_role, join_hub
from members.models import Hub, Member
from mentorship import slots
from mentorship.models import (
    CaseEntry,
    Goal,
    Meeting,
    Mentor,
    MentorAsk,
    MentorCheck,
    Pairing,
    PairingMove,
    PairMessage,
    PairNote,
    Programme,
    SafetyCase,
)

from .places import Places, make_person
from .planted import EVERY_MEMBER, Canaries
from .words import Writer

DAY = timedelta(days=1)
WANTS: dict[str, Any] = {"languages": ("en",), "ways": ("phone",), "slots": ("mon-eve",)}
SPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "pairs.seed.weft")


@dataclass
class Two:
    """A planted pair, and how a word is planted in it."""

    canaries: Canaries
    hub: Hub
    mentor: Mentor
    mentee: Member
    now: datetime

    def word(self, what: str, *roles: str, people: tuple[Member, ...] = ()) -> str:
        """A new word that these people and the hub's people with the roles may see."""
        word = self.canaries.plant(what, self.hub, *roles)
        names = [person.username for person in people]
        self.canaries.words[-1]["seen_by"] = [*names, *self.canaries.words[-1]["seen_by"]]
        return word

    def key(self, what: str) -> uuid.UUID:
        """A key as a client would make it, the same for the same seed."""
        return uuid.uuid5(SPACE, f"{self.mentee.username} {what}")


def plant_mentorship(
    places: Places, canaries: Canaries, password: str, now: datetime
) -> list[dict[str, Any]]:
    """Plant a pair, a former pair and a safety case in every hub; gives the pairs' addresses."""
    writer, found = canaries.writer, []
    for number, hub in enumerate(places.hubs, 1):
        lead = make_person(f"bench-safety-{number}", writer, password)
        grant_role(member=places.admin, to=lead, hub=hub, role="safety")
        mentor = plant_mentor(number, hub, canaries, password, now)
        for name, plant in (("mentee", plant_pair), ("former", plant_former)):
            member = person(f"bench-planted-{name}-{number}", hub, writer, password, now)
            pairing = plant(Two(canaries, hub, mentor, member, now))
            found.append(facts_of(pairing, mentor, member))
    return found


def facts_of(pairing: Pairing, mentor: Mentor, mentee: Member) -> dict[str, Any]:
    """Where a pair is, and who it is."""
    return {
        "url": f"/mentorship/pairs/{pairing.pk}/",
        "state": pairing.state,
        "mentor": mentor.member.username,
        "mentee": mentee.username,
        "hub": pairing.hub.slug,
    }


def person(username: str, hub: Hub, writer: Writer, password: str, now: datetime) -> Member:
    """A member of a hub."""
    member = make_person(username, writer, password)
    join_hub(member=member, hub=hub, now=now)
    return member


def plant_mentor(number: int, hub: Hub, canaries: Canaries, password: str, now: datetime) -> Mentor:
    """A ready mentor with two seats, whose hello every member may come to see on a card."""
    member = person(f"bench-planted-mentor-{number}", hub, canaries.writer, password, now)
    ranges = slots.minutes_of(WANTS["slots"], "UTC", now.date())
    bits = dict(zip(("hours_a", "hours_b", "hours_c"), slots.week_bits(ranges), strict=True))
    mentor = Mentor.objects.create(
        member=member,
        hub=hub,
        state=Mentor.State.READY,
        capacity=2,
        hello=canaries.plant("hello of a mentor", hub, EVERY_MEMBER),
        check_level=1,
        applied_at=now,
        free_since=now,
        **WANTS,
        **bits,
    )
    MentorCheck.objects.create(mentor=mentor, level=1, seen_on=now.date(), made_at=now)
    return mentor


def ask_of(two: Two, what: str, *people: Member) -> MentorAsk:
    """An ask that found somebody: its words are for the desk and for some people."""
    words = two.word(what, "coordinator", people=people)
    at = two.now - 20 * DAY
    programme = Programme.objects.get(hub=two.hub)
    facts = {"state": MentorAsk.State.PAIRED, "ended_at": at, "asked_at": at, "made_at": at}
    return MentorAsk.objects.create(
        member=two.mentee,
        hub=two.hub,
        programme=programme,
        words=words,
        **WANTS,
        **facts,
    )


def both(two: Two) -> tuple[Member, Member]:
    """The two people."""
    return two.mentee, two.mentor.member


def pair_of(two: Two, ask: MentorAsk, state: str, **values: Any) -> Pairing:
    """A pairing of the two."""
    at = two.now - 20 * DAY
    return Pairing.objects.create(
        ask=ask,
        mentor=two.mentor,
        mentee=two.mentee,
        hub=two.hub,
        programme=ask.programme,
        state=state,
        seat=1,
        proposed_at=at,
        expires_at=at + 3 * DAY,
        answered_at=at,
        **{"origin": Pairing.Origin.MENTEE, **values},
    )


def plant_pair(two: Two) -> Pairing:
    """A pair that meets: goals, a meeting, notes, messages, and a case about the mentor."""
    at, met = two.now - 20 * DAY, two.now - 10 * DAY
    pairing = pair_of(
        two,
        ask_of(two, "words of an ask", *both(two)),
        Pairing.State.ACTIVE,
        origin=Pairing.Origin.STAFF,
        staff_reason=two.word("reason of the desk for a pair", "coordinator", people=both(two)),
        accepted_at=at,
        meet_by=at + 14 * DAY,
        first_met_at=met,
        last_sign_at=met,
        term_ends_at=at + 84 * DAY,
        closes_at=at + 98 * DAY,
    )
    PairingMove.objects.create(
        pairing=pairing,
        actor=Member.objects.get(roles__hub=two.hub, roles__role="coordinator"),
        verb="accept",
        before=Pairing.State.PROPOSED,
        after=Pairing.State.ACCEPTED,
        is_staff=True,
        reason=two.word("reason of the desk for a move", "coordinator", people=both(two)),
        made_at=at,
    )
    for plant in INSIDE:
        plant(two, pairing)
    return pairing


def plant_goal(two: Two, pairing: Pairing) -> None:
    """A goal in the mentee's words."""
    words = two.word("goal of a pair", people=both(two))
    Goal.objects.create(pairing=pairing, number=1, words=words, made_at=two.now)


def plant_meeting(two: Two, pairing: Pairing) -> None:
    """A meeting that is to come, with its place."""
    Meeting.objects.create(
        pairing=pairing,
        key=two.key("meeting"),
        state=Meeting.State.PLANNED,
        starts_at=two.now + 7 * DAY,
        way="phone",
        place=two.word("place of a meeting", people=both(two)),
        made_by=two.mentee,
        made_at=two.now,
        changed_at=two.now,
    )


def plant_notes(two: Two, pairing: Pairing) -> None:
    """A note for both, and one of each for nobody else."""
    for author, readers, is_private in (
        (two.mentee, both(two), False),
        (two.mentee, (two.mentee,), True),
        (two.mentor.member, (two.mentor.member,), True),
    ):
        what = "private note in a pair" if is_private else "shared note of a pair"
        PairNote.objects.create(
            pairing=pairing,
            key=two.key(f"{author.username} {is_private}"),
            author=author,
            words=two.word(what, people=readers),
            is_private=is_private,
            made_at=two.now,
        )


def plant_messages(two: Two, pairing: Pairing) -> None:
    """A message each way."""
    for author in both(two):
        PairMessage.objects.create(
            pairing=pairing,
            key=two.key(author.username),
            author=author,
            words=two.word("message in a pair", people=both(two)),
            made_at=two.now,
        )


def plant_case(two: Two, pairing: Pairing) -> None:
    """The mentee reports a problem: the safety lead reads it, the mentor never does."""
    case = SafetyCase.objects.create(
        hub=two.hub,
        pairing=pairing,
        reporter=two.mentee,
        subject=two.mentor.member,
        key=two.key("case"),
        kind=SafetyCase.Kind.OTHER,
        words=two.word("words of a safety case", "safety", people=(two.mentee,)),
        opened_at=two.now,
    )
    CaseEntry.objects.create(
        case=case, actor=two.mentee, kind=CaseEntry.Kind.REPORTED, made_at=two.now
    )
    CaseEntry.objects.create(
        case=case,
        actor=Member.objects.get(roles__hub=two.hub, roles__role="safety"),
        kind=CaseEntry.Kind.NOTE,
        words=two.word("note in a safety case", "safety"),
        made_at=two.now,
    )


INSIDE: tuple[Callable[[Two, Pairing], None], ...] = (
    plant_goal,
    plant_meeting,
    plant_notes,
    plant_messages,
    plant_case,
)


def plant_former(two: Two) -> Pairing:
    """A mentor said no, with words that the learner never sees; later the two were a pair, which
    is over: the mentor has no access any more."""
    ask = ask_of(two, "words of an old ask", two.mentee)
    pair_of(
        two,
        ask,
        Pairing.State.DECLINED,
        ended_at=two.now - 17 * DAY,
        decline_words=two.word("words of a no", "coordinator", people=(two.mentor.member,)),
    )
    ended = two.now - DAY
    return pair_of(
        two,
        ask,
        Pairing.State.CLOSED,
        accepted_at=two.now - 20 * DAY,
        first_met_at=two.now - 10 * DAY,
        closes_at=ended,
        ended_at=ended,
        end_reason=Pairing.Reason.DONE,
        achieved=two.word("what a pair achieved", people=(two.mentee,)),
        thanks=two.word("thanks of a pair", people=(two.mentee,)),
        next_step=two.word("next step after a pair", people=(two.mentee,)),
    )
