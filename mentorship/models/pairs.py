"""What happens in a pair: goals, meetings, notes, messages, and how it goes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import Member

from .mentors import Mentor
from .pairings import Pairing


class Goal(models.Model):
    """One of up to three goals, in the mentee's words."""

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="goals")
    number = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["pairing", "number"], name="goal_once"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=3), name="goal_1_to_3"),
        ]

    def __str__(self) -> str:
        return self.words


class Meeting(models.Model):
    """A meeting, planned or held. The key makes one of what is sent twice."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        MISSED = "missed", _("Did not happen")
        CANCELLED = "cancelled", _("Called off")

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="meetings")
    key = models.UUIDField(unique=True)
    state = models.CharField(max_length=10, choices=State)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=30)
    way = models.CharField(max_length=8, choices=Mentor.Way)
    place = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=480), name="meeting_minutes_make_sense"
            )
        ]
        indexes = [models.Index(fields=["pairing", "starts_at"], name="meeting_by_pairing")]

    def __str__(self) -> str:
        return f"{self.pairing_id} {self.starts_at}"


class PairNoteQuerySet(models.QuerySet["PairNote"]):
    def visible_to(self, member: Member) -> "PairNoteQuerySet":
        """Shared notes of one's pairings, and one's own private ones. Staff see none."""
        mine = Pairing.objects.for_pair(member)
        return self.filter(pairing__in=mine).filter(Q(is_private=False) | Q(author=member))


class PairNote(models.Model):
    """A note of a pair: shared, or private to who wrote it."""

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="notes")
    key = models.UUIDField(unique=True)
    author = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    words = models.TextField(max_length=4000)
    is_private = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    objects = PairNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return str(self.pk)


class PairMessageQuerySet(models.QuerySet["PairMessage"]):
    def visible_to(self, member: Member) -> "PairMessageQuerySet":
        """Those of one's pairings. Staff see none."""
        return self.filter(pairing__in=Pairing.objects.for_pair(member))


class PairMessage(models.Model):
    """A message from one of the two to the other. Deleted twelve months after the end."""

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="messages")
    key = models.UUIDField(unique=True)
    author = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    words = models.TextField(max_length=4000)
    made_at = models.DateTimeField()

    objects = PairMessageQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["pairing", "made_at"], name="message_by_pairing")]

    def __str__(self) -> str:
        return str(self.pk)


class Pulse(models.Model):
    """How it goes, in two answers, at one point of a pairing. Staff see it; the other does not."""

    class Point(models.TextChoices):
        WEEK_2 = "week_2", _("Two weeks")
        WEEK_6 = "week_6", _("Six weeks")
        END = "end", _("The end")

    class Going(models.IntegerChoices):
        WELL = 3, _("Well")
        SO_SO = 2, _("So-so")
        BADLY = 1, _("Not well")

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="pulses")
    member = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    point = models.CharField(max_length=8, choices=Point)
    going = models.PositiveSmallIntegerField(choices=Going)
    wants_call = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pairing", "member", "point"], name="pulse_once")
        ]

    def __str__(self) -> str:
        return f"{self.pairing_id} {self.point}"


class CalendarKey(models.Model):
    """The secret part of the address of a member's calendar feed; a new one ends the old one."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="calendar_key")
    token = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.member_id)
