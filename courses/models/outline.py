"""The identity of courses and lessons, and what finishing needs. Rows here are never deleted."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models import Hub, Member


class CourseQuerySet(models.QuerySet["Course"]):
    def for_staff(self, member: Member, *roles: str) -> "CourseQuerySet":
        """Courses of the hubs in which the member has one of the roles."""
        return self.filter(hub__in=Hub.objects.for_staff(member, *roles))


class Course(models.Model):
    """One course in all its languages. Its key is the page's translation key."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="courses")
    title = models.CharField(max_length=255)
    slug = models.SlugField(max_length=255)
    language = models.CharField(max_length=12, default="en")
    hours = models.DecimalField(max_digits=5, decimal_places=1, default=0)
    skills = models.JSONField(default=list)
    topic = models.SlugField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def __str__(self) -> str:
        return self.title


class Lesson(models.Model):
    """One lesson in all its languages. A retired lesson keeps its title and its history."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="lessons")
    title = models.CharField(max_length=255)
    retired_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["made_at", "key"]
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def __str__(self) -> str:
        return self.title


class Release(models.Model):
    """What finishing a course needs: ordered lessons, required or not, rules, pass marks."""

    class Change(models.TextChoices):
        FIRST = "first", _("First")
        LOOSER = "looser", _("Asks for less, or the same")
        TIGHTER = "tighter", _("Asks for more")

    class Reach(models.TextChoices):
        NEW = "new", _("New learners only")
        UNFINISHED = "unfinished", _("Everyone who has not finished")
        OPTIONAL = "optional", _("Nobody: the new lessons are optional")

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    outline = models.JSONField()
    change = models.CharField(max_length=8, choices=Change)
    reach = models.CharField(max_length=12, choices=Reach, default=Reach.NEW)
    chosen_at = models.DateTimeField(null=True, blank=True)
    chosen_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["course", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="release_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.number}"


class QuestionVersion(models.Model):
    """A question as it was asked, in one language. Attempts point here."""

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="question_versions")
    block_id = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    language = models.CharField(max_length=12)
    definition = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "block_id", "digest"], name="question_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.block_id} {self.digest[:8]}"
