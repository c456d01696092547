"""Courses as plain text files: `course.md`, one Markdown file a lesson. See docs/course-files.md.

Text in, plain values out; nothing here reads a disk or a database.
"""

from .error import CourseFileError
from .folder import CourseFolder, parse_folder
from .head import CourseFile, LessonFile
from .lesson import block_id, parse_course, parse_lesson, parse_text

__all__ = [
    "CourseFile",
    "CourseFileError",
    "CourseFolder",
    "LessonFile",
    "block_id",
    "parse_course",
    "parse_folder",
    "parse_lesson",
    "parse_text",
]
