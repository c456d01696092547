"""One-use sign-in codes, given by a coordinator to a member who has no other way in."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from .hubs import Hub
from .people import Member

TRIES = 10


class SignInCodeQuerySet(models.QuerySet["SignInCode"]):
    def open(self, now: datetime) -> "SignInCodeQuerySet":
        """Not used, not too old, not tried too often."""
        return self.filter(used_at__isnull=True, expires_at__gt=now, tries__lt=TRIES)


class SignInCode(models.Model):
    """A code that signs one member in, once; kept only as its digest."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="sign_in_codes")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    issued_by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=128)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects = SignInCodeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(used_at__isnull=True), name="sign_in_code_one_open"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="sign_in_code_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.made_at}"
