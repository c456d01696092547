"""What learners do with offers: save them, apply, report a problem. Clicks are counts of a day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import Hub, Member

from .offers import Offer
from .organisations import Colleague, Partner


class SavedOffer(models.Model):
    """An offer that a member keeps for later."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="saved_offers")
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["member", "offer"], name="offer_saved_once")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.offer_id}"


class InterestQuerySet(models.QuerySet["Interest"]):
    def read_by(self, member: Member) -> "InterestQuerySet":
        """Those that a member reads for partners of the directory: all where one is admin or
        editor; what was sent to a hub, for its people while it keeps the partner. Not what was
        taken back or forgotten."""
        writes = Colleague.objects.filter(member=member, role__in=["admin", "editor"])
        hubs = Hub.objects.for_staff(member, "reviewer", "coordinator")
        kept = Q(offer__partner__is_kept_by_hub=True, offer__partner__hub__in=hubs)
        mine = Q(offer__partner__in=writes.values("partner")) | Q(kept, is_for_hub=True)
        found = self.filter(mine, offer__partner__state=Partner.State.APPROVED)
        return found.exclude(state=Interest.State.WITHDRAWN).exclude(name="")

    def visible_to(self, member: Member) -> "InterestQuerySet":
        """One's own, and those that one reads for a partner."""
        return self.filter(Q(member=member) | Q(pk__in=self.read_by(member).values("pk")))


class Interest(models.Model):
    """A member applies for an offer here. Name, contact and message are what was agreed to send,
    and all that the partner sees. One `is_for_hub` was sent while the hub kept the partner, and
    says so in its consent."""

    class State(models.TextChoices):
        NEW = "new", _("New")
        SEEN = "seen", _("Read")
        ANSWERED = "answered", _("Answered")
        STARTED = "started", _("Started")
        FINISHED = "finished", _("Finished")
        NO_PLACE = "no_place", _("No place")
        WITHDRAWN = "withdrawn", _("Taken back")

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="interests")
    member = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="interests"
    )
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    name = models.CharField(_("your name"), max_length=80, blank=True)
    contact = models.CharField(_("how they can reach you"), max_length=200, blank=True)
    message = models.TextField(_("a message"), max_length=1000, blank=True)
    is_for_hub = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "member"],
                condition=Q(member__isnull=False),
                name="interest_once",
            )
        ]
        indexes = [models.Index(fields=["offer", "state"], name="interest_by_offer")]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.state}"


class OfferReportQuerySet(models.QuerySet["OfferReport"]):
    def visible_to(self, member: Member) -> "OfferReportQuerySet":
        """Those of the hubs where one reviews offers."""
        return self.filter(hub__in=Hub.objects.for_staff(member, "reviewer", "coordinator"))


class OfferReport(models.Model):
    """Somebody says that something is wrong with an offer. The hub that reviews it reads it."""

    class Kind(models.TextChoices):
        WRONG = "wrong", _("Something is wrong or out of date")
        LINK = "link", _("The link does not work")
        COST = "cost", _("It costs more than it says")
        HARM = "harm", _("It feels wrong or unsafe")
        OTHER = "other", _("Something else")

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="reports")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    key = models.UUIDField(unique=True)
    kind = models.CharField(_("what is wrong"), max_length=8, choices=Kind)
    words = models.CharField(_("in a few words"), max_length=500, blank=True)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(max_length=500, blank=True)

    objects = OfferReportQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.kind}"


class OfferDay(models.Model):
    """How often an offer was opened, and how often somebody went on from it, on one day."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="days")
    on = models.DateField()
    views = models.PositiveIntegerField(default=0)
    clicks = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["offer", "on"], name="offer_day_once")]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.on}"
