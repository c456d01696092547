"""What a learner sends to people: a task handed in, a question about a lesson."""

import uuid

from django.core.files.storage import storages
from django.core.files.storage.base import Storage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import Hub, Member

from .learning import Enrolment
from .outline import Lesson


def private_storage() -> Storage:
    """Files that only a view with a rule hands out."""
    return storages["private"]


def photo_path(hand_in: "HandIn", name: str) -> str:
    """A random name: nothing of the person or the original file stays in it."""
    return f"hand-ins/{uuid.uuid4().hex}.jpg"


STAFF_ROLES = ("coordinator", "editor", "reviewer")


class HandInQuerySet(models.QuerySet["HandIn"]):
    def waiting(self) -> "HandInQuerySet":
        """Not yet read by anybody."""
        return self.filter(state=HandIn.State.WAITING)

    def visible_to(self, member: Member) -> "HandInQuerySet":
        """A person's own, and those of the hubs where the person reads hand-ins."""
        hubs = Hub.objects.for_staff(member, *STAFF_ROLES)
        return self.filter(Q(enrolment__member=member) | Q(enrolment__hub__in=hubs))


class HandIn(models.Model):
    """What a learner hands in for a task: words, a link or a photo."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be read")
        ACCEPTED = "accepted", _("Accepted")
        RETURNED = "returned", _("Sent back with a note")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="hand_ins")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="hand_ins")
    block_id = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    words = models.TextField(blank=True)
    link = models.URLField(max_length=500, blank=True)
    photo = models.ImageField(upload_to=photo_path, storage=private_storage, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    note = models.TextField(blank=True)
    reviewed_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()

    objects = HandInQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "lesson", "block_id", "number"], name="hand_in_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.block_id} {self.number}"


class AskQuerySet(models.QuerySet["Ask"]):
    def waiting(self) -> "AskQuerySet":
        """Not yet answered."""
        return self.filter(answered_at__isnull=True)

    def visible_to(self, member: Member) -> "AskQuerySet":
        """A person's own, and those sent to the hubs where the person answers."""
        hubs = Hub.objects.for_staff(member, *STAFF_ROLES)
        return self.filter(Q(member=member) | Q(hub__in=hubs))


class Ask(models.Model):
    """A question from a learner about a lesson, and the answer from the hub."""

    key = models.UUIDField()
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="asks")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="asks")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="asks")
    words = models.TextField()
    made_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = AskQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="ask_once")]

    def __str__(self) -> str:
        return self.words[:60]
