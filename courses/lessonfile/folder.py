"""All files of one course together: the course, its lessons, and both in other languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from .error import CourseFileError
from .head import CourseFile, LessonFile
from .lesson import parse_course, parse_lesson


@dataclass(frozen=True)
class Translation:
    """A course in another language: its page, and the lessons that are translated, by file name."""

    course: CourseFile
    lessons: dict[str, LessonFile]


@dataclass(frozen=True)
class CourseFolder:
    """A course in the language that leads, its lessons in order by file name, its translations."""

    course: CourseFile
    lessons: dict[str, LessonFile]
    translations: dict[str, Translation] = field(default_factory=dict)


def parse_folder(files: Mapping[str, str], name: str = "") -> CourseFolder:
    """The files of a course's folder, given as text by their path inside of it."""
    if "course.md" not in files:
        raise CourseFileError(f"{name}/course.md", 1, "This file is missing.")
    course = parse_course(files["course.md"], f"{name}/course.md")
    lessons = {
        path: parse_lesson(files[path], f"{name}/{path}", course.slug)
        for path in sorted(files)
        if is_lesson(path)
    }
    check_slugs(name, lessons)
    languages = sorted({path.split("/")[0] for path in files if path.count("/") == 1})
    translations = {
        language: translation(files, name, language, course, lessons) for language in languages
    }
    return CourseFolder(course, lessons, translations)


def is_lesson(path: str) -> bool:
    """Whether a file of the source is a lesson."""
    return "/" not in path and path != "course.md" and PurePosixPath(path).suffix == ".md"


def check_slugs(name: str, lessons: Mapping[str, LessonFile]) -> None:
    """Refuses two lessons with the same address word."""
    seen: dict[str, str] = {}
    for path, lesson in lessons.items():
        if lesson.slug in seen:
            raise CourseFileError(f"{name}/{path}", 1, f"{seen[lesson.slug]} has the same slug.")
        seen[lesson.slug] = path


def translation(
    files: Mapping[str, str],
    name: str,
    language: str,
    course: CourseFile,
    lessons: Mapping[str, LessonFile],
) -> Translation:
    """The course in one more language, each file compared with its source."""
    where = f"{name}/{language}"
    if f"{language}/course.md" not in files:
        raise CourseFileError(f"{where}/course.md", 1, "This file is missing.")
    translated = parse_course(files[f"{language}/course.md"], f"{where}/course.md", course)
    found: dict[str, LessonFile] = {}
    for path in sorted(files):
        folder, _slash, file = path.rpartition("/")
        if folder != language or file == "course.md" or not file.endswith(".md"):
            continue
        if file not in lessons:
            raise CourseFileError(
                f"{where}/{file}", 1, "This file translates no lesson: no source has its name."
            )
        found[file] = parse_lesson(files[path], f"{where}/{file}", course.slug, lessons[file])
    return Translation(translated, found)
