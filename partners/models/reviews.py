"""Reviews of offers: a revision, a state, words."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import Hub, Member

from .offers import Offer
from .organisations import Colleague
from .promises import is_overdue


class OfferReviewQuerySet(models.QuerySet["OfferReview"]):
    def waiting(self) -> "OfferReviewQuerySet":
        """Those that wait for the hub, oldest first."""
        return self.filter(state=OfferReview.State.WAITING).order_by("sent_at", "pk")

    def visible_to(self, member: Member) -> "OfferReviewQuerySet":
        """Those of the hubs where one reviews, and those of one's own partners."""
        hubs = Hub.objects.for_staff(member, "reviewer", "coordinator")
        mine = Colleague.objects.filter(member=member).values("partner")
        return self.filter(Q(hub__in=hubs) | Q(offer__partner__in=mine))


class OfferReview(models.Model):
    """One text of an offer, as it was sent, and what the hub said to it.

    `notes` is {field name: words} for "Ask for a change". An after-check is of a small edit that
    is live already.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for the hub")
        PUBLISHED = "published", _("Published")
        CHANGES = "changes", _("A change is asked for")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Taken back")

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="reviews")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="offer_reviews")
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    is_after_check = models.BooleanField(default=False)
    sent_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField()
    promised_on = models.DateField()
    decided_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    words = models.CharField(max_length=500, blank=True)
    notes = models.JSONField(default=dict, blank=True)

    objects = OfferReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = _("review of an offer")
        verbose_name_plural = _("reviews of offers")
        constraints = [
            models.UniqueConstraint(
                fields=["offer"],
                condition=Q(state="waiting", is_after_check=False),
                name="offer_review_waiting_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["hub", "sent_at"],
                name="offer_review_queue",
                condition=Q(state="waiting"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.state}"

    @property
    def is_overdue(self) -> bool:
        """Whether the hub has let the promised day pass."""
        return is_overdue(self.state, self.promised_on)
