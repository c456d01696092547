"""What a member is told on `/me/`: every message is a notice too."""

from django.db import models

from .people import Member


class NoticeQuerySet(models.QuerySet["Notice"]):
    def for_member(self, member: Member) -> "NoticeQuerySet":
        """A member's own notices."""
        return self.filter(member=member)

    def unread(self) -> "NoticeQuerySet":
        """Notices not read yet."""
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """A message to a member. The key makes it one, however often it is sent."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="notices")
    key = models.CharField(max_length=160)
    kind = models.CharField(max_length=40)
    text = models.TextField()
    url = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="notice_once")]
        indexes = [models.Index(fields=["member", "-made_at"], name="notice_newest")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.key}"
