"""Another name or number of an organisation that the hub has checked: it waits for the hub."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models import Member

from .organisations import Partner
from .promises import is_overdue


class PartnerChange(models.Model):
    """Who an organisation wants to be from now on, and what its hub said."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for the hub")
        DONE = "done", _("Changed")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Taken back")

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="changes")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Partner.Kind)
    scheme = models.CharField(max_length=10, choices=Partner.Scheme, blank=True)
    number = models.CharField(max_length=80, blank=True)
    sent_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField()
    promised_on = models.DateField()
    decided_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner"],
                condition=models.Q(state="waiting"),
                name="partner_change_waiting_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_overdue(self) -> bool:
        """Whether the hub has let the promised day pass."""
        return is_overdue(self.state, self.promised_on)
