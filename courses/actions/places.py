"""Where a member goes on: the lesson to resume, kept in two columns of the member's row."""

import uuid

from courses import outline, queries
from courses.models import Enrolment
from members.models import Member

from .progress import done_keys

Row = queries.LessonRow


def keep_place(
    *, member: Member, enrolment: Enrolment, course: queries.CoursePack | None, after: str = ""
) -> None:
    """Keep the lesson that comes next as the one to resume: in this course, else in another one
    that the member has begun."""
    row = next_lesson(enrolment, course, after) or lesson_elsewhere(member, enrolment)
    remember_row(member, row)


def find_place(*, member: Member) -> Row | None:
    """The lesson with which a member goes on when the one that was kept is gone; it is kept, or
    the place is empty from now on."""
    row = lesson_elsewhere(member)
    remember_row(member, row)
    return row


def next_lesson(enrolment: Enrolment, course: queries.CoursePack | None, after: str) -> Row | None:
    """The next open lesson of a course that can be read now; behind `after` first."""
    if course is None:
        return None
    release = enrolment.release.outline
    gone = {rule["key"] for rule in outline.rules(release) if not course.lesson(rule["key"])}
    key = outline.next_key(release, done_keys(enrolment) | gone, after=after)
    return course.lesson(key) if key else None


def lesson_elsewhere(member: Member, ended: Enrolment | None = None) -> Row | None:
    """The next lesson of the course that the member was last busy with, other than `ended`."""
    begun = Enrolment.objects.for_member(member).filter(finished_at__isnull=True)
    if ended:
        begun = begun.exclude(pk=ended.pk)
    for enrolment in begun.select_related("release"):
        course = queries.course_pack(enrolment.course_id.hex)
        row = next_lesson(enrolment, course, after="")
        if row:
            return row
    return None


def remember_row(member: Member, row: Row | None) -> None:
    """Write a lesson as the one to resume, or that there is none."""
    remember_place(member, uuid.UUID(row.key) if row else None, row.title if row else "")


def remember_place(member: Member, key: uuid.UUID | None, title: str) -> None:
    """Write the lesson to resume when it differs. Safe on any page view."""
    if member.resume_key != key or member.resume_title != title:
        member.resume_key, member.resume_title = key, title
        Member.objects.filter(pk=member.pk).update(resume_key=key, resume_title=title)
