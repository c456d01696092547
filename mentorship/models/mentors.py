"""Mentors: what they give, when, and what the hub has checked."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from content.models import Topic
from courses.models import Course
from members.models import Hub, Member
from members.models.hubs import validate_time_zone

from .words import WordsField


class MentorQuerySet(models.QuerySet["Mentor"]):
    def visible_to(self, member: Member) -> "MentorQuerySet":
        """One's own row, and those of the hubs where one is a coordinator.

        Learners see mentors only as cards for an ask of their own (`queries.cards`).
        """
        hubs = Hub.objects.for_staff(member, "coordinator")
        return self.filter(Q(member=member) | Q(hub__in=hubs))

    def ready(self) -> "MentorQuerySet":
        """Those who may be asked, dates and seats apart."""
        return self.filter(state=Mentor.State.READY, member__is_active=True)

    def away_on(self, day: date) -> "MentorQuerySet":
        """Those who said that they are away on a day."""
        away = Absence.objects.filter(from_on__lte=day, until_on__gte=day)
        return self.filter(pk__in=away.values("mentor"))


class Mentor(models.Model):
    """A member who gives time. `hub` is the hub that looks after the mentor.

    `languages`, `ways`, `traits` and `slots` are words of `mentorship.slots`,
    `mentorship.languages` and of the choices here. `hours_a`, `hours_b` and `hours_c` are the
    hours of the week in UTC that the slots touch, as bits (56 each): derived from slots and zone
    by `actions.mentors`, for the one statement that filters. `is_held_by_hub` says that the hub
    has paused, ended or begun to check the mentor: only the hub ends that. `left_when_cleared`
    says that somebody stopped whom the hub had let mentor. `left_at` is when the mentor last
    stopped, and `left_words` why, for the hub alone.
    """

    class State(models.TextChoices):
        APPLIED = "applied", _("Applied")
        SCREENING = "screening", _("Being checked")
        READY = "ready", _("Ready")
        PAUSED = "paused", _("Paused")
        LEFT = "left", _("Left")

    class Way(models.TextChoices):
        PHONE = "phone", _("By phone")
        VIDEO = "video", _("By video")
        HUB = "hub", _("At the hub")

    class Trait(models.TextChoices):
        WOMAN = "woman", _("I am a woman")
        MAN = "man", _("I am a man")

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="mentor")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="mentors")
    state = models.CharField(max_length=10, choices=State, default=State.APPLIED)
    topics = models.ManyToManyField(Topic, blank=True, related_name="+")
    courses = models.ManyToManyField(Course, blank=True, related_name="mentors")
    languages = WordsField()
    ways = WordsField()
    slots = WordsField()
    traits = WordsField()
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    capacity = models.PositiveSmallIntegerField(default=1)
    serves_all_hubs = models.BooleanField(default=True)
    hello = models.CharField(max_length=300, blank=True)
    hours_a = models.BigIntegerField(default=0, editable=False)
    hours_b = models.BigIntegerField(default=0, editable=False)
    hours_c = models.BigIntegerField(default=0, editable=False)
    check_level = models.PositiveSmallIntegerField(default=0, editable=False)
    check_due_on = models.DateField(null=True, blank=True, editable=False)
    applied_at = models.DateTimeField()
    free_since = models.DateTimeField()
    is_micro = models.BooleanField(default=False)
    is_held_by_hub = models.BooleanField(default=False, editable=False)
    left_when_cleared = models.BooleanField(default=False, editable=False)
    left_at = models.DateTimeField(null=True, blank=True, editable=False)
    left_words = models.CharField(max_length=500, blank=True, editable=False)

    objects = MentorQuerySet.as_manager()

    class Meta:
        ordering = ["member__name", "pk"]
        verbose_name = _("mentor")
        verbose_name_plural = _("mentors")
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=10), name="mentor_capacity_1_to_10"
            ),
            models.CheckConstraint(
                condition=Q(check_level__lte=3), name="mentor_check_level_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["applied", "screening", "ready", "paused", "left"]),
                name="mentor_state_known",
            ),
        ]
        indexes = [
            models.Index(fields=["hub", "state"], name="mentor_by_hub"),
            # Who fits an ask: most rows fall by what stands here, so that they are not read.
            models.Index(
                fields=[
                    *("state", "check_level", "hours_a", "hours_b", "hours_c"),
                    *("check_due_on", "hub", "serves_all_hubs"),
                ],
                name="mentor_by_hours",
            ),
        ]

    def __str__(self) -> str:
        return str(self.member)


class Absence(models.Model):
    """Days on which a mentor is away, both ends included."""

    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="absences")
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="absence_dates_in_order"
            ),
            models.UniqueConstraint(fields=["mentor", "from_on", "until_on"], name="absence_once"),
        ]
        indexes = [models.Index(fields=["until_on", "from_on"], name="absence_by_day")]

    def __str__(self) -> str:
        return f"{self.from_on} {self.until_on}"


class MentorCheck(models.Model):
    """That somebody saw something, and when it is due again. Never a copy of a document."""

    class Level(models.IntegerChoices):
        MET = 1, _("Talked to in person")
        REFERENCES = 2, _("Two references")
        RECORD = 3, _("Official record check")

    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="checks")
    level = models.PositiveSmallIntegerField(_("what was checked"), choices=Level)
    seen_on = models.DateField(_("seen on"))
    seen_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("due again on"), null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-seen_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gt=F("seen_on")),
                name="check_dates_in_order",
            ),
            models.UniqueConstraint(fields=["mentor", "level", "seen_on"], name="check_once"),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} {self.level}"
