"""What courses know of a member, for `/me/data/` and the export."""

from functools import partial

from django.utils.translation import gettext as _

from courses.models import Ask, Attempt, Certificate, Enrolment, HandIn, LearningEvent
from courses.questions import given_in_words
from courses.reading import plain_text
from members.data import Section
from members.models import Member


def personal_sections(member: Member) -> list[Section]:
    """A member's courses, log, answers, hand-ins, questions and certificates."""
    return [
        courses_section(member),
        events_section(member),
        answers_section(member),
        hand_ins_section(member),
        asks_section(member),
        certificates_section(member),
    ]


def courses_section(member: Member) -> Section:
    """The courses that a member started."""
    rows = Enrolment.objects.for_member(member).values_list(
        "course__title", "hub__name", "started_at", "finished_at", "required_done", "required_count"
    )
    columns = [_("course"), _("hub"), _("started"), _("finished"), _("lessons done"), _("needed")]
    return Section("courses", _("Courses"), columns, list(rows))


def events_section(member: Member) -> Section:
    """The learning log."""
    events = LearningEvent.objects.filter(member=member).select_related("course", "lesson")
    rows = [
        (event.happened_at, event.get_kind_display(), event.course.title, str(event.lesson or ""))
        for event in events
    ]
    return Section(
        "learning-log", _("Learning log"), [_("when"), _("what"), _("course"), _("lesson")], rows
    )


def answers_section(member: Member) -> Section:
    """Every answer that a member gave, with the question as it was asked."""
    attempts = Attempt.objects.filter(enrolment__member=member).select_related("lesson", "version")
    rows = [
        (
            row.made_at,
            row.lesson.title,
            plain_text(row.version.definition["prompt"]),
            given_in_words(row.version.definition, row.answer),
            result_in_words(row.score),
        )
        for row in attempts
    ]
    columns = [_("when"), _("lesson"), _("question"), _("answer"), _("result")]
    return Section("answers", _("Answers"), columns, rows)


def hand_ins_section(member: Member) -> Section:
    """What a member handed in, and what was said about it."""
    found = list(HandIn.objects.filter(enrolment__member=member).select_related("lesson"))
    photos = {photo_name(row): partial(read_photo, row) for row in found if row.photo}
    rows = [
        (
            row.made_at,
            row.lesson.title,
            row.words,
            row.link,
            photo_name(row) if row.photo else "",
            row.get_state_display(),
            row.note,
        )
        for row in found
    ]
    columns = [_("when"), _("lesson"), _("words"), _("link"), _("photo"), _("state"), _("note")]
    return Section("hand-ins", _("Tasks handed in"), columns, rows, photos)


def result_in_words(score: float) -> str:
    """The score of one answer as a person reads it."""
    if score >= 1:
        return _("Right")
    return _("Partly right") if score else _("Not yet")


def photo_name(row: HandIn) -> str:
    """The name of a photo in the export."""
    return f"photo-{row.pk}.jpg"


def read_photo(row: HandIn) -> bytes:
    """The photo as it is stored; nothing where the file is lost."""
    try:
        with row.photo.open("rb") as file:
            return bytes(file.read())
    except FileNotFoundError:
        return b""


def asks_section(member: Member) -> Section:
    """What a member asked about lessons, and the answers."""
    rows = Ask.objects.filter(member=member).values_list(
        "made_at", "lesson__title", "words", "answer", "answered_at"
    )
    columns = [_("when"), _("lesson"), _("question"), _("answer"), _("answered")]
    return Section("questions", _("Questions asked"), columns, list(rows))


def certificates_section(member: Member) -> Section:
    """A member's certificates."""
    rows = Certificate.objects.filter(member=member).values_list(
        "code", "name", "course_title", "hub_name", "finished_at", "hours"
    )
    columns = [_("code"), _("name"), _("course"), _("hub"), _("finished"), _("hours")]
    return Section("certificates", _("Certificates"), columns, list(rows))
