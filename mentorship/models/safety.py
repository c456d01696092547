"""What protects people: blocks that take effect at once, and cases of the safety lead."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from members.models import Hub, HubRole, Member

from .pairings import Pairing


class MemberBlock(models.Model):
    """One member does not want to meet another. It works both ways and nobody is told."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "blocked"], name="block_once"),
            models.CheckConstraint(condition=~Q(member=F("blocked")), name="block_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.blocked_id}"


def other_leads() -> models.QuerySet[HubRole]:
    """The safety leads of the hub of a case, but for the two themselves."""
    leads = HubRole.objects.with_roles("safety").filter(hub=OuterRef("hub"), member__is_active=True)
    return leads.exclude(member=Coalesce(OuterRef("subject"), 0)).exclude(
        member=Coalesce(OuterRef("reporter"), 0)
    )


def other_admins() -> models.QuerySet[Member]:
    """The network admins, but for the two whom a case is about."""
    admins = Member.objects.get_queryset().filter(is_superuser=True, is_active=True)
    return admins.exclude(pk=Coalesce(OuterRef("subject"), 0)).exclude(
        pk=Coalesce(OuterRef("reporter"), 0)
    )


class SafetyCaseQuerySet(models.QuerySet["SafetyCase"]):
    def visible_to(self, member: Member) -> "SafetyCaseQuerySet":
        """Those of the hubs where one is the safety lead, never one about oneself or of oneself.

        The network admin comes in only where no safety lead is left whom the case is not about.
        Where no admin is left either, the coordinators of the hub do.
        """
        held = HubRole.objects.filter(member=member.pk)
        no_lead = Q(~Exists(other_leads()))
        open_to = Q(hub__in=held.with_roles("safety").values("hub"))
        if member.is_superuser:
            open_to |= no_lead
        looked_after = Q(hub__in=held.with_roles("coordinator").values("hub"))
        last = no_lead & Q(~Exists(other_admins())) & looked_after
        seen = self.filter(open_to | last)
        return seen.exclude(subject=member).exclude(reporter=member)

    def open(self) -> "SafetyCaseQuerySet":
        """Not closed."""
        return self.filter(closed_at__isnull=True)


class SafetyCase(models.Model):
    """Somebody reported a problem. The safety lead of the hub reads it, see `visible_to`."""

    class Kind(models.TextChoices):
        UNKIND = "unkind", _("Rude, unkind or unfair")
        PRESSURE = "pressure", _("Pressure, or too close")
        MONEY = "money", _("Asked for money or things")
        DANGER = "danger", _("I do not feel safe")
        OTHER = "other", _("Something else")

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="safety_cases")
    pairing = models.ForeignKey(
        Pairing, on_delete=models.SET_NULL, null=True, blank=True, related_name="cases"
    )
    reporter = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    subject = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.TextField(max_length=4000)
    opened_at = models.DateTimeField()
    opened_words_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = SafetyCaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = _("safety case")
        verbose_name_plural = _("safety cases")

    def __str__(self) -> str:
        return str(self.pk)


class CaseEntry(models.Model):
    """What was done in a case: reported, read, noted, opened, ended, held, closed. Added, never
    changed."""

    class Kind(models.TextChoices):
        REPORTED = "reported", _("Reported")
        READ = "read", _("Read")
        NOTE = "note", _("Note")
        WORDS_OPENED = "words", _("Opened the words of the pair")
        ENDED = "ended", _("Ended the pair")
        HELD = "held", _("Stopped new learners for the mentor")
        CLOSED = "closed", _("Closed")

    case = models.ForeignKey(SafetyCase, on_delete=models.CASCADE, related_name="entries")
    actor = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    words = models.TextField(max_length=4000, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"
