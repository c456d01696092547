"""Who learns what: the log, and the state that the log can rebuild."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.models import Hub, Member

from .outline import Course, Lesson, QuestionVersion, Release


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def for_member(self, member: Member) -> "EnrolmentQuerySet":
        """What one person learns."""
        return self.filter(member=member)

    def visible_to(self, member: Member) -> "EnrolmentQuerySet":
        """A person's own, and those of the hubs where the person is a coordinator."""
        hubs = Hub.objects.for_staff(member, "coordinator")
        return self.filter(Q(member=member) | Q(hub__in=hubs))


class Enrolment(models.Model):
    """A person learns a course in a hub. `steps` sums up the lessons for lists and reports."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="enrolments")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="enrolments")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="enrolments")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="enrolments")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField()
    last_lesson = models.ForeignKey(
        Lesson, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    steps = models.JSONField(default=dict)
    required_count = models.PositiveSmallIntegerField(default=0)
    required_done = models.PositiveSmallIntegerField(default=0)
    has_work = models.BooleanField(default=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["-last_at", "-id"]
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(fields=["member", "course"], name="enrolled_once"),
            models.CheckConstraint(
                condition=Q(required_done__lte=F("required_count")), name="done_within_required"
            ),
        ]
        # The last two columns let the desk count from the index alone.
        indexes = [
            models.Index(
                fields=["hub", "course", "-last_at", "finished_at", "required_done"],
                name="enrolment_by_hub",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.course_id}"

    @property
    def percent(self) -> int:
        """Required lessons done of those required, in whole per cent."""
        return 100 * self.required_done // self.required_count if self.required_count else 0


class LessonProgress(models.Model):
    """How far a person is in one lesson. Nothing here is ever lowered."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="progress")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="progress")
    read_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    best_percent = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["enrolment", "lesson"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson"], name="progress_once"),
            models.CheckConstraint(
                condition=Q(best_percent__isnull=True) | Q(best_percent__lte=100),
                name="percent_at_most_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.lesson_id}"


class LearningEvent(models.Model):
    """A fact in the log. Rows are added, never changed."""

    class Kind(models.TextChoices):
        ENROLLED = "enrolled", _("Started the course")
        READ = "read", _("Read to the end")
        ANSWERED = "answered", _("Answered a question")
        HANDED_IN = "handed_in", _("Handed in a task")
        ACCEPTED = "accepted", _("Task accepted")
        RETURNED = "returned", _("Task sent back")
        CONFIRMED = "confirmed", _("Confirmed by a person")
        CORRECTED = "corrected", _("Marked again")
        COMPLETED = "completed", _("Finished the lesson")
        FINISHED = "finished", _("Finished the course")

    key = models.UUIDField()
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="learning_events")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    lesson = models.ForeignKey(
        Lesson, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    block_id = models.CharField(max_length=64, blank=True)
    data = models.JSONField(default=dict)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="event_once")]
        indexes = [models.Index(fields=["member", "course", "id"], name="event_by_course")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Attempt(models.Model):
    """One answer to one question, with its mark and the version that was asked."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attempts")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="attempts")
    block_id = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    key = models.UUIDField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="attempts")
    answer = models.JSONField()
    score = models.FloatField()
    is_right = models.BooleanField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["lesson", "block_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "lesson", "block_id", "number"], name="attempt_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.block_id} {self.number}"


class Correction(models.Model):
    """A later and better mark for an attempt. The attempt itself stays as it was."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="corrections")
    score = models.FloatField()
    is_right = models.BooleanField()
    reason = models.CharField(max_length=500)
    made_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.score}"
