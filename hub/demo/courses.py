"""Courses from their files: pages in every language, published as an editor would."""

import uuid
from datetime import date
from typing import Any

from django.utils.translation import override
from wagtail.models import Locale, Page

from content.models import HubPage, Level, Topic
from courses.actions import cut_release
from courses.lessonfile import CourseFile, CourseFolder, LessonFile, parse_folder
from courses.models import CourseBefore, CourseDate, CoursePage, LessonPage

from . import files
from .community import add

SPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "demo.weft")


def load_courses() -> list[CoursePage]:
    """Load every course that is not there yet; gives all course pages in the leading language."""
    folders = [
        parse_folder(files.texts(path), path.name)
        for path in sorted((files.FOLDER / "courses").iterdir())
    ]
    pages = [load_course(folder) for folder in folders]
    for folder, page in zip(folders, pages, strict=True):
        load_befores(folder.course, page)
    return pages


def key_of(*slugs: str) -> uuid.UUID:
    """The key of a course or lesson of the demo: always the same."""
    return uuid.uuid5(SPACE, "/".join(slugs))


def load_course(folder: CourseFolder) -> CoursePage:
    """A course with its lessons and translations."""
    key = key_of(folder.course.slug)
    found = CoursePage.objects.filter(translation_key=key, locale__language_code="en").first()
    if found:
        return found
    hub_page = HubPage.objects.get(hub__slug=folder.course.hub, locale__language_code="en")
    page = CoursePage(translation_key=key, locale=hub_page.locale, **course_values(folder.course))
    for order, row in enumerate(dates_of(folder.course)):
        page.dates.add(CourseDate(sort_order=order, **row))
    add(hub_page, page)
    for lesson in folder.lessons.values():
        add_lesson(page, folder.course, lesson, lesson.slug, page.locale)
    for language, translation in folder.translations.items():
        load_translation(page, folder, language, translation.course, translation.lessons)
    cut_release(course=key)
    return page


def course_values(course: CourseFile) -> dict[str, Any]:
    """The fields of a course page."""
    return {
        "title": course.title,
        "slug": course.slug,
        "summary": course.summary,
        "topic": Topic.objects.get(slug=course.topic),
        "level": Level.objects.get(slug=course.level),
        "mode": course.mode,
        "for_whom": course.for_whom,
        "needs": course.needs,
        "skills": "\n".join(course.skills),
        "body": course.body,
        "hours": course.hours,
        "order": course.order,
        "access": "members" if course.members_only else "everybody",
    }


def dates_of(course: CourseFile) -> list[dict[str, Any]]:
    """The next dates of a course, from the file of its hub."""
    head, _body = files.read(files.FOLDER / "hubs" / f"{course.hub}.md")
    rows = [[part.strip() for part in line.split("|")] for line in head["dates"]]
    return [
        {"day": date.fromisoformat(day), "time": time, "place": place}
        for slug, day, time, place in rows
        if slug == course.slug
    ]


def add_lesson(
    parent: Page, course: CourseFile, lesson: LessonFile, slug: str, locale: Locale
) -> None:
    """A lesson below a course page."""
    page = LessonPage(
        translation_key=key_of(course.slug, slug),
        locale=locale,
        title=lesson.title,
        slug=lesson.slug,
        summary=lesson.summary,
        minutes=lesson.minutes,
        is_required=lesson.required,
        done_when=lesson.done_when,
        pass_mark=lesson.pass_mark,
        body=files.with_drawings(lesson.blocks),
    )
    add(parent, page)


def load_translation(
    source: CoursePage,
    folder: CourseFolder,
    language: str,
    course: CourseFile,
    lessons: dict[str, LessonFile],
) -> None:
    """A course and some of its lessons in another language."""
    locale = Locale.objects.get(language_code=language)
    page = source.copy_for_translation(locale, copy_parents=True)
    values = course_values(course)
    for name in ("title", "summary", "for_whom", "needs", "skills", "body"):
        setattr(page, name, values[name])
    with override(language):
        page.save_revision().publish()
        for path, lesson in lessons.items():
            add_lesson(page, folder.course, lesson, folder.lessons[path].slug, locale)


def load_befores(course: CourseFile, page: CoursePage) -> None:
    """The courses that are suggested before this one."""
    missing = [
        slug for slug in course.after if not page.befores.filter(course=key_of(slug)).exists()
    ]
    if missing:
        page = CoursePage.objects.get(pk=page.pk)
        for order, slug in enumerate(missing):
            page.befores.add(CourseBefore(course_id=key_of(slug), sort_order=order))
        page.save_revision().publish()
