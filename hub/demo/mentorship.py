"""Mentors, who asked for one, and pairs in every state: told day by day by the actions that a
browser would call, with the clock running as it would have run."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import yaml
from django.utils import timezone

from content.models import Topic
from courses import queries
from members.actions import mark_notices_read
from members.models import Hub, Member, Notice
from mentorship import actions, jobs
from mentorship.models import Mentor, Programme

from . import files
from .community import place_person
from .courses import key_of
from .days import Days
from .learners import tell_stories
from .pairs import Event, PairStory, coordinator_of, mentor_row

Row = dict[str, Any]
LOOKS_IN = timedelta(days=3)
DAILY = 45
NOON = 12  # UTC: in every hub of the demo people are up
CLOCK = (
    jobs.send_on,
    jobs.hand_on_away,
    jobs.settle_pairs,
    jobs.remind,
    jobs.ask_about_meetings,
    jobs.tell_free,
    jobs.digest,
)


def load_mentorship(now: datetime | None = None) -> None:
    """Tell the whole file at once, unless it has been told before."""
    now = now or timezone.now()
    file = yaml.safe_load((files.FOLDER / "mentorship.yaml").read_text(encoding="utf-8"))
    if Member.objects.filter(username=file["people"][0]["username"]).exists():
        return
    load_people(file, now)
    load_programmes(file["programmes"])
    tell(events(file, now), now)


def load_people(file: Row, now: datetime) -> None:
    """The people of the file with their hubs, and the courses that they have finished."""
    admin = Member.objects.filter(is_superuser=True).order_by("pk")[0]
    ago = 1 + max(row["ago"] for row in [*file["learns"], *file["mentors"]])
    for person in file["people"]:
        place_person(admin, person, now - timedelta(days=ago))
    tell_stories(file["learns"], now)


def load_programmes(rows: list[Row]) -> None:
    """What each hub promises."""
    for row in rows:
        hub = Hub.objects.get(slug=row["hub"])
        values = {name: value for name, value in row.items() if name not in ("hub", "topics")}
        topics = list(Topic.objects.filter(slug__in=row.get("topics", [])))
        if not Programme.objects.filter(hub=hub, title=row["title"]).exists():
            actions.save_programme(member=coordinator_of(hub), hub=hub, topics=topics, **values)


def events(file: Row, now: datetime) -> Iterator[Event]:
    """All that happened, in the order of the file."""
    for row in file["mentors"]:
        yield from MentorStory(row, now).events()
    for row in file["stories"]:
        yield from PairStory(row, now).events()


def tell(found: Iterator[Event], now: datetime) -> None:
    """Let everything happen in the order of its days. At noon the clock runs."""
    past = sorted(found, key=lambda event: event[0])
    noons = clock_days(past[0][0], now)
    for at, act in sorted([*past, *noons], key=lambda event: event[0]):
        act(at)
    run_clock(now)


def clock_days(first: datetime, now: datetime) -> list[Event]:
    """Noon of every day up to now; of one day a week in what lies long back."""
    noons = [
        now.astimezone(UTC).replace(hour=NOON, minute=0) - timedelta(days=ago)
        for ago in range(1, (now - first).days + 1)
        if ago < DAILY or ago % 7 == 0
    ]
    return [(noon, run_clock) for noon in noons]


def run_clock(now: datetime) -> None:
    """What the clock owes on a day; then everybody with news from some days ago reads them."""
    actions.refresh_hours(now=now)
    actions.refresh_checks(now=now)
    for job in CLOCK:
        job(now)
    old = Notice.objects.unread().filter(kind="mentoring", made_at__lte=now - LOOKS_IN)
    newer = Notice.objects.filter(made_at__gt=now)
    readers = Member.objects.filter(pk__in=old.values("member"))
    for member in readers.exclude(pk__in=newer.values("member")).order_by("pk"):
        mark_notices_read(member=member, now=now)


class MentorStory:
    """What one mentor gives, what the hub has seen, and what came after. Each verb of the file is
    a method."""

    def __init__(self, row: Row, now: datetime) -> None:
        self.row = row
        self.hub = Hub.objects.get(slug=row["hub"])
        self.member = Member.objects.get(username=row["who"])
        self.days = Days(now, self.hub.time_zone)

    def events(self) -> list[Event]:
        """What happened, with its moments."""
        checks = [{**row, "do": "check"} for row in self.row.get("checks", [])]
        steps = sorted([*checks, *self.row.get("days", [])], key=lambda row: -row["ago"])
        return [(self.days.moment(self.row["ago"]), self.offer), *(self.told(row) for row in steps)]

    def told(self, step: Row) -> Event:
        """One step of the story."""
        verb = getattr(self, step["do"])
        return self.days.moment(step["ago"], "11:00"), lambda now: verb(step, now)

    def offer(self, now: datetime) -> None:
        """Volunteer: for one course that was finished, where the file says so; then in full."""
        row = self.row
        courses = [queries.course_row(key_of(slug).hex) for slug in row.get("courses", [])]
        if "micro" in row:
            actions.volunteer_micro(member=self.member, course=courses[0], now=now)
        actions.offer_mentoring(
            member=self.member,
            hub=self.hub,
            topics=Topic.objects.filter(slug__in=row.get("topics", [])),
            courses=courses,
            languages=row["languages"],
            ways=row["ways"],
            slots=row["slots"],
            traits=row["traits"],
            time_zone=self.hub.time_zone,
            capacity=row.get("capacity", 1),
            hello=row["hello"],
            is_adult=True,
            now=now,
        )

    def mentor(self) -> Mentor:
        """The mentor, as the row is now."""
        return mentor_row(self.row["who"])

    def check(self, step: Row, now: datetime) -> None:
        """The hub has seen something."""
        actions.add_check(
            member=coordinator_of(self.hub),
            mentor=self.mentor(),
            level=step["level"],
            seen_on=self.days.day(step["ago"]),
            due_on=self.days.day(step["ago"] - step["lasts"]),
            now=now,
        )

    def move(self, to: str, reason: str, now: datetime) -> None:
        """The hub moves the mentor."""
        staff = coordinator_of(self.hub)
        actions.move_mentor(member=staff, mentor=self.mentor(), to=to, reason=reason, now=now)

    def screening(self, step: Row, now: datetime) -> None:
        """The hub begins to look."""
        self.move(Mentor.State.SCREENING, step["reason"], now)

    def ready(self, step: Row, now: datetime) -> None:
        """The hub says yes."""
        self.move(Mentor.State.READY, "We have met, and I am glad that you are here.", now)

    def away(self, step: Row, now: datetime) -> None:
        """Say when one is away."""
        first, last = (self.days.day(-step[name]) for name in ("first", "last"))
        actions.set_absence(member=self.member, from_on=first, until_on=last, now=now)

    def pause(self, step: Row, now: datetime) -> None:
        """Take no new learners for a while."""
        actions.pause_mentor(member=self.member, now=now)

    def leave(self, step: Row, now: datetime) -> None:
        """Stop being a mentor."""
        actions.leave_mentoring(member=self.member, reason=step["reason"], now=now)
