"""What staff did to a member's record: shown to that member, never changed."""

from django.db import models

from .hubs import Hub
from .people import Member


class RecordEntryQuerySet(models.QuerySet["RecordEntry"]):
    def for_member(self, member: Member) -> "RecordEntryQuerySet":
        """What was done to one person's record."""
        return self.filter(member=member)


class RecordEntry(models.Model):
    """One thing done by one person to the record of another, with the reason."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="record_entries")
    actor = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    hub = models.ForeignKey(Hub, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    verb = models.CharField(max_length=60)
    words = models.TextField()
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()

    objects = RecordEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["member", "-made_at"], name="record_newest")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.verb}"
