"""What is learned (outline, pages) and by whom (learning, work, certificates)."""

from .certificates import Certificate, CertificateReissue, CertificateWithdrawal
from .learning import Attempt, Correction, Enrolment, LearningEvent, LessonProgress
from .outline import Course, Lesson, QuestionVersion, Release
from .pages import CourseBefore, CourseDate, CoursePage, LessonPage
from .work import Ask, HandIn

__all__ = [
    "Ask",
    "Attempt",
    "Certificate",
    "CertificateReissue",
    "CertificateWithdrawal",
    "Correction",
    "Course",
    "CourseBefore",
    "CourseDate",
    "CoursePage",
    "Enrolment",
    "HandIn",
    "LearningEvent",
    "Lesson",
    "LessonPage",
    "LessonProgress",
    "QuestionVersion",
    "Release",
]
