"""What a learner and the mentors of the demo do with each other, by the actions of mentorship."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from content.models import Topic
from courses.models import Lesson
from members.models import Hub, HubRole, Member
from mentorship import actions
from mentorship.models import Mentor, MentorAsk, Pairing, SafetyCase

from .courses import SPACE, key_of
from .days import Days

EARLY = 9  # by the clock of the hub
Row = dict[str, Any]
Event = tuple[datetime, Callable[[datetime], object]]


class PairStory:
    """One learner's story: an ask, and what came of it. Each verb of the file is a method."""

    def __init__(self, row: Row, now: datetime) -> None:
        self.row = row
        self.hub = Hub.objects.get(slug=row["hub"])
        self.mentee = Member.objects.get(username=row["who"])
        self.days = Days(now, self.hub.time_zone, row.get("weekday", ""))

    def events(self) -> list[Event]:
        """What happened, with its moments."""
        asked = self.moment(self.row["ask"], 0), self.ask
        return [asked, *(self.told(step, number) for number, step in enumerate(self.row["days"]))]

    def told(self, step: Row, number: int) -> Event:
        """One step of the story."""
        verb = getattr(self, step["do"])
        return self.moment(step, number + 1), lambda now: verb(step, now)

    def moment(self, step: Row, number: int) -> datetime:
        """When a step happens. Where no time is given it is some time before noon or soon after,
        a little later for each step."""
        days = replace(self.days, weekday=step.get("weekday", self.days.weekday))
        minutes = crc32(self.row["who"].encode()) % 180 + 5 * number
        usual = f"{EARLY + minutes // 60:02}:{minutes % 60:02}"
        return days.moment(step["ago"], step.get("at", usual))

    # Who and what

    def pairing(self) -> Pairing:
        """The learner's last pairing, as it is now."""
        rows = Pairing.objects.select_related("ask", "mentor__member", "hub", "programme")
        return rows.filter(mentee=self.mentee).order_by("-pk")[0]

    def asked(self) -> MentorAsk:
        """The learner's last ask."""
        return MentorAsk.objects.filter(member=self.mentee).order_by("-pk")[0]

    def mentor(self) -> Member:
        """The mentor of the last pairing."""
        mentor = self.pairing().mentor
        assert mentor is not None
        return mentor.member

    def case(self) -> SafetyCase:
        """What the learner has reported."""
        return SafetyCase.objects.get(reporter=self.mentee)

    def by(self, step: Row) -> Member:
        """Who does something: the learner, the mentor, or somebody by the user name."""
        who = step.get("by", "mentee")
        if who == "mentor":
            return self.mentor()
        return self.mentee if who == "mentee" else Member.objects.get(username=who)

    def key(self, step: Row) -> uuid.UUID:
        """The key of a row: the same whenever the file is read."""
        return uuid.uuid5(SPACE, f"{self.row['who']} {step}")

    # Asking and answering

    def ask(self, now: datetime) -> None:
        """Ask for a mentor."""
        wanted = self.row["ask"]
        lesson = lesson_row(wanted["lesson"]) if "lesson" in wanted else None
        slug = lesson.course.topic if lesson else wanted.get("topic", "")
        names = ("wishes", "important", "shares_progress")
        actions.ask_for_mentor(
            member=self.mentee,
            hub=self.hub,
            topic=Topic.objects.filter(slug=slug).first(),
            lesson=lesson,
            words=wanted["words"],
            languages=wanted["languages"],
            ways=wanted["ways"],
            slots=wanted["slots"],
            time_zone=self.hub.time_zone,
            is_adult=True,
            now=now,
            **{name: wanted[name] for name in names if name in wanted},
        )

    def propose(self, step: Row, now: datetime) -> None:
        """Ask one mentor."""
        mentor = mentor_row(step["mentor"])
        actions.propose(member=self.mentee, ask=self.asked(), mentor=mentor, now=now)

    def choose(self, step: Row, now: datetime) -> None:
        """Let us choose."""
        actions.choose_for_me(member=self.mentee, ask=self.asked(), now=now)

    def by_hand(self, step: Row, now: datetime) -> None:
        """The hub asks a mentor."""
        actions.pair_by_hand(
            member=coordinator_of(self.hub),
            ask=self.asked(),
            mentor=mentor_row(step["mentor"]),
            reason=step["reason"],
            now=now,
        )

    def accept(self, step: Row, now: datetime) -> None:
        """The mentor says yes."""
        actions.accept_pairing(member=self.mentor(), pairing=self.pairing(), now=now)

    def decline(self, step: Row, now: datetime) -> None:
        """The mentor says no."""
        actions.decline_pairing(
            member=self.mentor(), pairing=self.pairing(), words=step["words"], now=now
        )

    def take_back(self, step: Row, now: datetime) -> None:
        """Take the ask back, with the proposal that is out."""
        actions.withdraw_ask(member=self.mentee, ask=self.asked(), now=now)

    def again(self, step: Row, now: datetime) -> None:
        """Ask for another mentor."""
        actions.ask_again(member=self.mentee, pairing=self.pairing(), now=now)

    # In a pair

    def message(self, step: Row, now: datetime) -> None:
        """Write to the other one."""
        actions.send_message(
            member=self.by(step),
            pairing=self.pairing(),
            key=self.key(step),
            words=step["words"],
            now=now,
        )

    def note(self, step: Row, now: datetime) -> None:
        """Keep a note, for both or for oneself."""
        actions.add_note(
            member=self.by(step),
            pairing=self.pairing(),
            key=self.key(step),
            words=step["words"],
            is_private=step.get("private", False),
            now=now,
        )

    def goal(self, step: Row, now: datetime) -> None:
        """Set a goal."""
        actions.set_goal(
            member=self.mentee,
            pairing=self.pairing(),
            number=step["number"],
            words=step["words"],
            now=now,
        )

    def goal_met(self, step: Row, now: datetime) -> None:
        """Say that a goal is met."""
        actions.meet_goal(
            member=self.by(step),
            pairing=self.pairing(),
            number=step["number"],
            met=True,
            now=now,
        )

    def plan(self, step: Row, now: datetime) -> None:
        """Plan a meeting, some days after the day from which the story counts."""
        actions.plan_meeting(
            member=self.by(step),
            pairing=self.pairing(),
            key=self.key(step),
            starts_at=self.days.moment(-step["in"], step["start"]),
            minutes=step.get("minutes", 30),
            way=step["way"],
            place=step.get("place", ""),
            now=now,
        )

    def met(self, step: Row, now: datetime) -> None:
        """Meet, and log it at the end."""
        actions.log_meeting(
            member=self.by(step),
            pairing=self.pairing(),
            key=self.key(step),
            starts_at=now,
            minutes=step["minutes"],
            way=step["way"],
            now=now + timedelta(minutes=step["minutes"]),
        )

    def pulse(self, step: Row, now: datetime) -> None:
        """Say how it goes."""
        actions.answer_pulse(
            member=self.by(step),
            pairing=self.pairing(),
            point=step["point"],
            going=step["going"],
            wants_call=step.get("wants_call", False),
            now=now,
        )

    def pause(self, step: Row, now: datetime) -> None:
        """Take a break."""
        until = self.days.moment(-step["in"])
        actions.pause_pairing(member=self.by(step), pairing=self.pairing(), until=until, now=now)

    def end(self, step: Row, now: datetime) -> None:
        """Come to the end."""
        actions.end_pairing(
            member=self.by(step), pairing=self.pairing(), reason=step["reason"], now=now
        )

    def close(self, step: Row, now: datetime) -> None:
        """Say what was reached, thank, go."""
        words = {name: step.get(name, "") for name in ("achieved", "thanks", "next_step")}
        actions.close_pairing(member=self.by(step), pairing=self.pairing(), now=now, **words)

    # What protects people

    def report(self, step: Row, now: datetime) -> None:
        """Report a problem."""
        actions.report_problem(
            member=self.mentee,
            pairing=self.pairing(),
            key=self.key(step),
            kind=step["kind"],
            words=step["words"],
            now=now,
        )

    def read_case(self, step: Row, now: datetime) -> None:
        """The safety lead reads the case."""
        actions.read_case(member=self.by(step), case=self.case(), now=now)

    def note_case(self, step: Row, now: datetime) -> None:
        """The safety lead adds to the case."""
        actions.note_case(member=self.by(step), case=self.case(), words=step["words"], now=now)


def lesson_row(path: str) -> Lesson:
    """A lesson by the names of its course and of itself."""
    return Lesson.objects.select_related("course").get(pk=key_of(*path.split("/")))


def mentor_row(username: str) -> Mentor:
    """A mentor by the user name."""
    return Mentor.objects.get(member__username=username)


def coordinator_of(hub: Hub) -> Member:
    """Who looks after the people of a hub."""
    role = HubRole.Role.COORDINATOR
    return Member.objects.filter(roles__hub=hub, roles__role=role).order_by("pk")[0]
