"""What mentorship knows of a member, for `/me/data/` and the export."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from members.data import Section
from members.models import Member
from mentorship import life
from mentorship.languages import name_of
from mentorship.models import (
    CalendarKey,
    Goal,
    Meeting,
    MemberBlock,
    Mentor,
    MentorAsk,
    Pairing,
    PairMessage,
    PairNote,
    Pulse,
    SafetyCase,
)

from .closing import closing_of, thanks_to
from .sentences import WAYS, slots_words


def personal_sections(member: Member) -> list[Section]:
    """A member as a mentor and as a mentee, with all that the member wrote in pairs."""
    mentor = Mentor.objects.filter(member=member).select_related("hub").first()
    pairings = own_pairings(member)
    return [
        mentor_section(member, mentor),
        checks_section(mentor),
        asks_section(member),
        pairs_section(member, pairings),
        goals_section(member),
        meetings_section(pairings),
        notes_section(member),
        messages_section(member),
        pulses_section(member),
        safety_section(member),
    ]


def listed(words: Iterable[object]) -> str:
    """Some words in one cell."""
    return ", ".join(str(word) for word in words)


def mentor_section(member: Member, mentor: Mentor | None) -> Section:
    """What a member gives as a mentor, and the feed of the calendar."""
    rows = mentor_rows(mentor) if mentor else []
    key = CalendarKey.objects.filter(member=member).first()
    rows += [(_("Address of your calendar made"), key.made_at)] if key else []
    return Section("mentor", _("You as a mentor"), [_("what"), _("stored")], rows)


def mentor_rows(mentor: Mentor) -> list[tuple[str, object]]:
    """A mentor as a list of facts."""
    away = [f"{row.from_on} – {row.until_on}" for row in mentor.absences.all()]
    return [
        (_("State"), str(mentor.get_state_display())),
        (_("Stopped by your hub"), _("Yes") if mentor.is_held_by_hub else _("No")),
        (_("Hub"), mentor.hub.name),
        (_("Topics"), listed(topic.label for topic in mentor.topics.all())),
        (_("Courses"), listed(course.title for course in mentor.courses.all())),
        (_("Languages"), listed(name_of(code) for code in mentor.languages)),
        (_("How"), ways_of(mentor.ways)),
        (_("Times"), listed(slots_words(mentor.slots))),
        (_("Time zone"), mentor.time_zone),
        (_("You said about yourself"), listed(Mentor.Trait(one).label for one in mentor.traits)),
        (_("How many people at once"), mentor.capacity),
        (_("Hello"), mentor.hello),
        (_("Away"), listed(away)),
        (_("Applied"), mentor.applied_at),
        (_("Stopped"), mentor.left_at),
        (_("Why you stopped"), mentor.left_words),
    ]


def ways_of(ways: Iterable[str]) -> str:
    """Ways to meet in one cell."""
    found = set(ways)
    return listed(words for way, words in WAYS.items() if way in found)


def checks_section(mentor: Mentor | None) -> Section:
    """What the hub has checked of a mentor."""
    checks = mentor.checks.select_related("seen_by") if mentor else []
    rows = [
        (
            row.seen_on,
            str(row.get_level_display()),
            row.seen_by.name if row.seen_by else "",
            row.due_on,
        )
        for row in checks
    ]
    columns = [_("seen on"), _("what was checked"), _("by"), _("due again on")]
    return Section("mentor-checks", _("Checks of you as a mentor"), columns, rows)


def asks_section(member: Member) -> Section:
    """How a member asked for a mentor."""
    asks = MentorAsk.objects.filter(member=member).select_related("topic", "lesson", "hub")
    rows = [
        (
            row.asked_at,
            row.words,
            row.topic.label if row.topic else "",
            row.lesson.title if row.lesson else "",
            row.hub.name,
            listed(name_of(code) for code in row.languages),
            ways_of(row.ways),
            listed(slots_words(row.slots)),
            listed(MentorAsk.Wish(one).label for one in row.wishes),
            listed(MentorAsk.Important(one).label for one in row.important),
            _("Yes") if row.shares_progress else _("No"),
            str(row.get_state_display()),
        )
        for row in asks
    ]
    columns = [
        _("asked"),
        _("your words"),
        _("topic"),
        _("lesson"),
        _("hub"),
        _("languages"),
        _("how"),
        _("times"),
        _("wishes"),
        _("important"),
        _("shows progress"),
        _("state"),
    ]
    return Section("mentor-asks", _("How you asked for a mentor"), columns, rows)


def own_pairings(member: Member) -> list[Pairing]:
    """A member's pairings on either side."""
    mine = Pairing.objects.filter(Q(mentee=member) | Q(mentor__member=member))
    return list(mine.select_related("mentor__member", "mentee").order_by("proposed_at", "pk"))


def pairs_section(member: Member, pairings: list[Pairing]) -> Section:
    """A member's pairs: dates and outcomes, and what was said at the end."""
    rows = [pair_row(row, member) for row in pairings]
    columns = [
        _("asked"),
        _("you are"),
        _("with"),
        _("state"),
        _("began"),
        _("first met"),
        _("ended"),
        _("shows progress"),
        _("reached"),
        _("thanks"),
        _("next step"),
        _("thanks to you"),
        _("your words at a no"),
    ]
    return Section("pairs", _("Your pairs"), columns, rows)


def pair_row(row: Pairing, member: Member) -> tuple[object, ...]:
    """One pair, as far as this side may know it: who was the mentor loses the other one's name
    and words with the end, but for the thanks. A no is told to the mentee as one that ran out."""
    is_mentee = row.mentee_id == member.pk
    now_is = life.seen_at(row, life.MENTEE if is_mentee else life.MENTOR, timezone.now())
    is_hidden = not is_mentee and now_is in life.ENDED
    mentor = row.mentor.member if row.mentor else None
    other = mentor if is_mentee else None if is_hidden else row.mentee
    side = life.MENTEE if is_mentee else life.MENTOR
    thanks = thanks_to(row, side)
    return (
        row.proposed_at,
        _("Mentee") if is_mentee else _("Mentor"),
        other.name if other else "",
        str(Pairing.State(now_is).label),
        row.accepted_at,
        row.first_met_at,
        row.answered_at if now_is == life.DECLINED else row.ended_at,
        shown_words(row) if is_mentee else "",
        *closing_of(row, side).words.values(),
        thanks,
        "" if is_mentee else row.decline_words,
    )


def shown_words(row: Pairing) -> str:
    """Whether the mentee showed progress, as said on the page of the pair; empty where nothing was
    said there."""
    if row.shows_progress is None:
        return ""
    return _("Yes") if row.shows_progress else _("No")


def goals_section(member: Member) -> Section:
    """The goals that a member wrote."""
    goals = Goal.objects.filter(pairing__mentee=member).exclude(words="")
    rows = list(goals.order_by("made_at", "pk").values_list("made_at", "words", "met_at"))
    return Section("pair-goals", _("Your goals"), [_("when"), _("goal"), _("met")], rows)


def meetings_section(pairings: list[Pairing]) -> Section:
    """The meetings of a member's pairs."""
    meetings = Meeting.objects.filter(pairing__in=[row.pk for row in pairings])
    rows = [
        (row.starts_at, row.minutes, str(WAYS[row.way]), str(row.get_state_display()))
        for row in meetings
    ]
    columns = [_("when"), _("minutes"), _("how"), _("state")]
    return Section("pair-meetings", _("Your meetings"), columns, rows)


def notes_section(member: Member) -> Section:
    """The notes that a member wrote in pairs."""
    notes = PairNote.objects.filter(author=member).order_by("made_at", "pk")
    rows = [
        (row.made_at, row.words, _("Only you") if row.is_private else _("Both of you"))
        for row in notes
    ]
    columns = [_("when"), _("note"), _("who sees it")]
    return Section("pair-notes", _("Your notes in pairs"), columns, rows)


def messages_section(member: Member) -> Section:
    """The messages that a member wrote in pairs."""
    messages = PairMessage.objects.filter(author=member)
    rows = list(messages.values_list("made_at", "words"))
    return Section("pair-messages", _("Your messages in pairs"), [_("when"), _("message")], rows)


def pulses_section(member: Member) -> Section:
    """What a member said about how it goes."""
    rows = [
        (
            row.made_at,
            str(row.get_point_display()),
            str(row.get_going_display()),
            _("Yes") if row.wants_call else _("No"),
        )
        for row in Pulse.objects.filter(member=member)
    ]
    columns = [_("when"), _("after"), _("how it goes"), _("wants a call")]
    return Section("pair-pulses", _("How you said it goes"), columns, rows)


def mentors_of(member: Member) -> set[int | None]:
    """Who was asked to be a member's mentor: the member knows them by name."""
    rows = Pairing.objects.filter(mentee=member)
    return set(rows.values_list("mentor__member", flat=True))


def safety_section(member: Member) -> Section:
    """What a member reported, and whom the member blocked: a learner's name goes with the pair."""
    cases = SafetyCase.objects.filter(reporter=member).order_by("opened_at", "pk")
    rows: list[tuple[object, ...]] = [
        (row.opened_at, str(row.get_kind_display()), row.words, row.closed_at) for row in cases
    ]
    blocks = list(MemberBlock.objects.filter(member=member).select_related("blocked"))
    mentors = mentors_of(member) if blocks else set()
    rows += [
        (
            row.made_at,
            _("You are not matched again with"),
            row.blocked.name if row.blocked_id in mentors else _("a learner"),
            None,
        )
        for row in blocks
    ]
    columns = [_("when"), _("what"), _("words"), _("closed")]
    return Section("reports", _("What you reported"), columns, rows)
