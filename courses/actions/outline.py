"""Releases: what finishing needs, cut from the live outline and applied to learners."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses import outline, queries
from courses.models import Course, CoursePage, Enrolment, Lesson, QuestionVersion, Release
from courses.rules import may_edit_course
from members.errors import Refused
from members.models import Member

from .enrolments import apply_release

CHUNK = 200


@transaction.atomic
def cut_release(*, course: uuid.UUID, now: datetime | None = None) -> Release | None:
    """Read the live outline of a course and add a release if it differs from the last one.

    Takes the course's key; gives the release that holds now, or None while no lesson is live.
    Twice changes nothing. A looser
    release moves everybody who has not finished; a tighter one waits for the editor and reaches
    new learners only.
    Rows of lessons that left the outline are marked as retired.
    """
    now = now or timezone.now()
    page = queries.source_page(course)
    if page is None:
        return None
    row = keep_course(page)
    Course.objects.select_for_update().get(pk=row.pk)
    lessons = queries.live_lessons(page)
    keep_lessons(row, lessons, now)
    if not lessons:
        return None
    for version in queries.current_questions(lessons):
        keep_question(version, now)
    return add_release(row, queries.live_outline(lessons), now)


def keep_course(page: CoursePage) -> Course:
    """Write the course's row from its page: title, hub, hours, skills."""
    values = {
        "hub": page.hub_page.hub,
        "title": page.title,
        "slug": page.slug,
        "language": page.locale.language_code,
        "hours": page.hours,
        "skills": page.skill_list,
        "topic": page.topic.slug if page.topic else "",
    }
    row, _created = Course.objects.update_or_create(key=page.translation_key, defaults=values)
    return row


def keep_lessons(row: Course, pages: list, now: datetime) -> None:
    """Write the rows of live lessons; mark the others of the course as retired, once."""
    live = {page.translation_key: page for page in pages}
    known = {lesson.key: lesson for lesson in Lesson.objects.filter(key__in=live)}
    for key, page in live.items():
        lesson = known.get(key) or Lesson(key=key, course=row)
        before = (lesson.title, lesson.retired_at, lesson.course_id)
        lesson.title, lesson.retired_at, lesson.course = page.title, None, row
        if key not in known or before != (lesson.title, None, row.pk):
            lesson.save()
    row.lessons.exclude(key__in=live).filter(retired_at__isnull=True).update(retired_at=now)


def keep_question(version: queries.QuestionWords, now: datetime) -> None:
    """Store a question as it is asked now, unless that version is stored already."""
    QuestionVersion.objects.get_or_create(
        lesson_id=uuid.UUID(version.lesson),
        block_id=version.block_id,
        digest=version.digest,
        defaults={"language": version.language, "definition": version.definition, "made_at": now},
    )


def add_release(row: Course, found: outline.Outline, now: datetime) -> Release:
    """Add a release when the outline differs from the last one, and let it reach whom it may."""
    last = row.releases.order_by("-number").first()
    change = outline.compare(last.outline if last else None, found)
    if change == "same" and last:
        return last
    release = Release.objects.create(
        course=row,
        number=last.number + 1 if last else 1,
        outline=found,
        change=change,
        reach=Release.Reach.UNFINISHED if change == "looser" else Release.Reach.NEW,
        made_at=now,
    )
    if change == "looser":
        reach_unfinished(release, now, only=last)
    return release


def reach_unfinished(release: Release, now: datetime, only: Release | None = None) -> None:
    """Move every learner who has not finished from an earlier release to this one.

    With `only`, learners whose own release asks for less than the new one stay where they are.
    """
    waiting = Enrolment.objects.filter(
        course=release.course, finished_at__isnull=True, release__number__lt=release.number
    )
    for enrolment in waiting.select_related("release").iterator(chunk_size=CHUNK):
        change = outline.compare(enrolment.release.outline, release.outline)
        if only is None or change in ("same", "looser"):
            apply_release(enrolment=enrolment, release=release, now=now)


@transaction.atomic
def choose_reach(
    *, member: Member, release: Release, reach: str, now: datetime | None = None
) -> Release:
    """An editor decides whom a tighter release reaches: new learners, everyone unfinished, or
    nobody.

    "Nobody" makes the added lessons optional on their pages and publishes them, so that a looser
    release follows. Refuses
    whoever may not edit the course, and an unknown choice. The same choice twice is one.
    """
    now = now or timezone.now()
    if not may_edit_course(member, release.course):
        raise Refused(_("You cannot decide about this course."))
    if reach not in Release.Reach.values:
        raise Refused(_("Choose one of the three."), "reach")
    locked = Release.objects.select_for_update().get(pk=release.pk)
    if locked.chosen_at and locked.reach == reach:
        return locked
    locked.reach, locked.chosen_at, locked.chosen_by = reach, now, member
    locked.save()
    if reach == Release.Reach.UNFINISHED:
        reach_unfinished(locked, now)
    if reach == Release.Reach.OPTIONAL:
        make_optional(member, locked, now)
    return locked


def make_optional(member: Member, release: Release, now: datetime) -> None:
    """Publish the lessons that a release added as optional ones, and cut the looser release."""
    before = release.course.releases.filter(number__lt=release.number).order_by("-number").first()
    added = outline.added_keys(before.outline if before else {}, release.outline)
    page = queries.source_page(release.course_id)
    for lesson in queries.live_lessons(page) if page else []:
        if lesson.translation_key.hex in added:
            lesson.is_required = False
            lesson.save_revision(user=member).publish(user=member)
    cut_release(course=release.course_id, now=now)
