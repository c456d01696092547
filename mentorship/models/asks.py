"""Asks: somebody wants a mentor. The first asking date is never lost."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.models import Topic
from courses.models import Course, Lesson
from members.models import Hub, Member
from members.models.hubs import validate_time_zone

from .programmes import Programme
from .words import WordsField


class MentorAskQuerySet(models.QuerySet["MentorAsk"]):
    def visible_to(self, member: Member) -> "MentorAskQuerySet":
        """One's own, and those of the hubs where one is a coordinator."""
        hubs = Hub.objects.for_staff(member, "coordinator")
        return self.filter(Q(member=member) | Q(hub__in=hubs))

    def waiting(self) -> "MentorAskQuerySet":
        """Not paired and not taken back, the first who asked first."""
        return self.filter(state=MentorAsk.State.WAITING).order_by("asked_at", "pk")


class MentorAsk(models.Model):
    """A learner asks for a mentor. `hub` is where the learner is looked after.

    While it waits, a pairing in the state "proposed" may be out for it. `tried_at` is when the
    clock looked for a mentor for it last. Once the person is gone, the dates stay without a name.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        PAIRED = "paired", _("Paired")
        WITHDRAWN = "withdrawn", _("Taken back")

    class Wish(models.TextChoices):
        WOMAN = "woman", _("A woman")
        MAN = "man", _("A man")

    class Important(models.TextChoices):
        TOPIC = "topic", _("Knows the topic well")
        HOURS = "hours", _("Has time when I have")
        COURSE = "course", _("Took the same course")
        HUB = "hub", _("Comes from my hub")

    member = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="mentor_asks"
    )
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="mentor_asks")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="asks")
    topic = models.ForeignKey(
        Topic, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lesson = models.ForeignKey(
        Lesson, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.CharField(max_length=500)
    languages = WordsField()
    ways = WordsField()
    slots = WordsField()
    wishes = WordsField()
    important = WordsField()
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    shares_progress = models.BooleanField(default=False)
    chooses_for_me = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    follows = models.ForeignKey(
        "Pairing", on_delete=models.SET_NULL, null=True, blank=True, related_name="followed_by"
    )

    objects = MentorAskQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("ask for a mentor")
        verbose_name_plural = _("asks for a mentor")
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(state="waiting"), name="mentor_ask_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "paired", "withdrawn"]),
                name="mentor_ask_state_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["hub", "asked_at"],
                name="mentor_ask_queue",
                condition=Q(state="waiting"),
            )
        ]

    def __str__(self) -> str:
        return self.words[:60]
