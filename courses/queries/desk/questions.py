"""The questions of a course, as an editor chooses one to have it marked again."""

from dataclasses import dataclass

from courses.models import Course
from courses.queries.course_packs import course_pack
from courses.queries.lesson_packs import lesson_pack
from courses.queries.packs import LessonPack
from courses.reading import plain_text

LONGEST = 90


@dataclass(frozen=True)
class CourseQuestion:
    """One question where it stands."""

    lesson: LessonPack
    block_id: str
    prompt: str

    @property
    def code(self) -> str:
        """How a form names it."""
        return f"{self.lesson.key}:{self.block_id}"


def course_questions(course: Course) -> list[CourseQuestion]:
    """All questions of a published course, lesson by lesson. None when it is not published."""
    pack = course_pack(course.pk.hex)
    lessons = [lesson_pack(row.key) for row in pack.lessons] if pack else []
    return [
        CourseQuestion(lesson, block_id, shortened(plain_text(definition["prompt"])))
        for lesson in lessons
        if lesson is not None
        for block_id, definition in lesson.definitions.items()
    ]


def shortened(words: str) -> str:
    """The first words of a long question."""
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rstrip()}…"
