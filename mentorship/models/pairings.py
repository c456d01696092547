"""Pairings: two people, a state, the dates by which something happens, and every move."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import Hub, Member

from .asks import MentorAsk
from .mentors import Mentor
from .programmes import Programme

HOLDING = ("proposed", "accepted", "active", "paused", "closing")
TOGETHER = ("accepted", "active", "paused", "closing")


class PairingQuerySet(models.QuerySet["Pairing"]):
    def visible_to(self, member: Member) -> "PairingQuerySet":
        """Those of the two people (see `for_pair`), and those of hubs where one coordinates."""
        hubs = Hub.objects.for_staff(member, "coordinator")
        return self.filter(Q(pk__in=self.model.objects.for_pair(member)) | Q(hub__in=hubs))

    def for_pair(self, member: Member) -> "PairingQuerySet":
        """The pairings whose page a member may open as one of the two.

        The mentee keeps the page while a proposal is out and afterwards. A mentor loses it with
        the end: an ex-mentor sees nothing of it. The two sides are asked for apart, so that each
        finds its rows by an index.
        """
        gives = Mentor.objects.filter(member=member).exclude(state=Mentor.State.LEFT)
        rows = self.model.objects.order_by().values("pk")
        asked, given = rows.filter(mentee=member), rows.filter(mentor__in=gives, state__in=HOLDING)
        return self.filter(pk__in=asked.union(given))

    def holding(self, now: datetime) -> "PairingQuerySet":
        """Those that hold a seat: a proposal that ran out holds none, nor a pair that is over."""
        ended = Q(state="proposed", expires_at__lte=now) | Q(closes_at__lte=now)
        return self.filter(state__in=HOLDING).exclude(ended)

    def proposed(self, now: datetime) -> "PairingQuerySet":
        """Proposals that can still be answered."""
        return self.filter(state=Pairing.State.PROPOSED, expires_at__gt=now)

    def asked(self, now: datetime) -> "PairingQuerySet":
        """Proposals that are out as the mentee knows it: of a no the mentee learns nothing before
        the time is over."""
        return self.unanswered().filter(expires_at__gt=now)

    def unanswered(self) -> "PairingQuerySet":
        """Proposals, and those with a no that has not ended for the mentee."""
        unseen = Q(state=Pairing.State.DECLINED, ended_at__isnull=True)
        return self.filter(Q(state=Pairing.State.PROPOSED) | unseen)

    def pending(self) -> "PairingQuerySet":
        """Those that hold a seat as it is written, and those with a no that the mentee has not
        seen end."""
        unseen = Q(state=Pairing.State.DECLINED, ended_at__isnull=True)
        return self.filter(Q(state__in=HOLDING) | unseen)

    def together(self) -> "PairingQuerySet":
        """Pairs that said yes and have not ended."""
        return self.filter(state__in=TOGETHER)


class Pairing(models.Model):
    """A mentor and a mentee. `state` is what was last written; what a date has ended since then
    is over already: ask `mentorship.life.state_at`.

    A no frees the seat at once. `ended_at` stays empty then until it ends for the mentee, who
    learns nothing of it: when the time of the question is over, or when it is taken back before.

    `last_sign_at` is the last sign of either; one of the two without a date has that one.

    `shows_progress` is what the mentee has said on the page of the pair; before that the ask says
    it.

    Of the words at the end `achieved`, `thanks` and `next_step` are the mentee's, and those with
    `mentor_` the mentor's; each side has sent them once its `..._closed_at` is set.

    `explanation` is the match as data: {"band", "points", "reasons": [{"code", ...}],
    "against": [...], "weights": {...}}.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        ACCEPTED = "accepted", _("Accepted")
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused")
        CLOSING = "closing", _("Closing")
        CLOSED = "closed", _("Closed")
        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("Ran out")
        WITHDRAWN = "withdrawn", _("Taken back")

    class Origin(models.TextChoices):
        MENTEE = "mentee", _("Chosen by the learner")
        RULES = "rules", _("Chosen for the learner")
        STAFF = "staff", _("Paired by the hub")

    class Reason(models.TextChoices):
        DONE = "done", _("We did what we wanted to do")
        TERM = "term", _("The time was over")
        NO_TIME = "no_time", _("No time any more")
        NO_FIT = "no_fit", _("It did not fit")
        MENTOR_LEFT = "mentor_left", _("The mentor stopped")
        SILENT = "silent", _("We did not hear from each other")
        SAFETY = "safety", _("The hub ended it")
        OTHER = "other", _("Another reason")

    ask = models.ForeignKey(MentorAsk, on_delete=models.PROTECT, related_name="pairings")
    mentor = models.ForeignKey(
        Mentor, on_delete=models.SET_NULL, null=True, blank=True, related_name="pairings"
    )
    mentee = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="pairings"
    )
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="pairings")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="pairings")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    seat = models.PositiveSmallIntegerField()
    origin = models.CharField(max_length=8, choices=Origin)
    explanation = models.JSONField(default=dict)
    staff_reason = models.CharField(max_length=500, blank=True)

    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    decline_words = models.CharField(max_length=500, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    meet_by = models.DateTimeField(null=True, blank=True)
    first_met_at = models.DateTimeField(null=True, blank=True)
    last_sign_at = models.DateTimeField(null=True, blank=True)
    mentor_sign_at = models.DateTimeField(null=True, blank=True)
    mentee_sign_at = models.DateTimeField(null=True, blank=True)
    term_ends_at = models.DateTimeField(null=True, blank=True)
    extended_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    shows_progress = models.BooleanField(null=True, blank=True)
    end_reason = models.CharField(max_length=12, choices=Reason, blank=True)
    achieved = models.TextField(max_length=1000, blank=True)
    thanks = models.TextField(max_length=1000, blank=True)
    next_step = models.TextField(max_length=1000, blank=True)
    mentor_achieved = models.TextField(max_length=1000, blank=True)
    mentor_thanks = models.TextField(max_length=1000, blank=True)
    mentor_next_step = models.TextField(max_length=1000, blank=True)
    mentee_closed_at = models.DateTimeField(null=True, blank=True)
    mentor_closed_at = models.DateTimeField(null=True, blank=True)

    objects = PairingQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        verbose_name = _("pairing")
        verbose_name_plural = _("pairings")
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "seat"],
                condition=Q(state__in=["proposed", "accepted", "active", "paused", "closing"]),
                name="pairing_seat_once",
            ),
            models.UniqueConstraint(
                fields=["mentor", "mentee"],
                condition=Q(state__in=["proposed", "accepted", "active", "paused", "closing"]),
                name="pairing_of_two_once",
            ),
            models.UniqueConstraint(
                fields=["ask"],
                condition=Q(state__in=["proposed", "accepted", "active", "paused", "closing"]),
                name="pairing_open_once_for_ask",
            ),
            models.CheckConstraint(
                condition=Q(seat__gte=1, seat__lte=10), name="pairing_seat_1_to_10"
            ),
        ]
        indexes = [
            models.Index(fields=["hub", "state"], name="pairing_by_hub"),
            models.Index(fields=["mentor", "state"], name="pairing_by_mentor"),
            models.Index(fields=["mentee", "state"], name="pairing_by_mentee"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class PairingMove(models.Model):
    """One move in the life of a pairing. Rows are added, never changed."""

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="moves")
    actor = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    verb = models.CharField(max_length=20)
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10)
    is_staff = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["pairing", "made_at"], name="move_by_pairing")]

    def __str__(self) -> str:
        return f"{self.pairing_id} {self.verb}"
