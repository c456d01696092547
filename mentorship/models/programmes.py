"""Programmes: what a hub promises to its pairs, and by which weights it matches."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.models import Topic
from members.models import Hub, Member


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def open(self) -> "ProgrammeQuerySet":
        """Those that take new asks."""
        return self.filter(is_open=True)

    def visible_to(self, member: Member | None) -> "ProgrammeQuerySet":
        """Open ones are public; the closed ones of a hub are for its staff."""
        if member is None:
            return self.open()
        hubs = Hub.objects.for_staff(member, "coordinator")
        return self.filter(Q(is_open=True) | Q(hub__in=hubs))


class Programme(models.Model):
    """A hub's way of mentoring: topics, weights, lengths in days and weeks.

    Weights are whole numbers from 0 to 10. They are public.
    """

    WEIGHTS = ("topic", "ahead", "hours", "course", "important", "hub", "waiting")

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="programmes")
    title = models.CharField(_("name"), max_length=120)
    summary = models.TextField(_("what it is"), max_length=600, blank=True)
    topics = models.ManyToManyField(
        Topic, verbose_name=_("topics (none means all)"), blank=True, related_name="+"
    )
    is_open = models.BooleanField(_("takes new people"), default=True)

    weight_topic = models.PositiveSmallIntegerField(_("the same topic"), default=5)
    weight_ahead = models.PositiveSmallIntegerField(_("one or two steps ahead"), default=3)
    weight_hours = models.PositiveSmallIntegerField(_("hours in common"), default=2)
    weight_course = models.PositiveSmallIntegerField(_("a course in common"), default=3)
    weight_important = models.PositiveSmallIntegerField(_("what the learner marked"), default=4)
    weight_hub = models.PositiveSmallIntegerField(_("the same hub"), default=2)
    weight_waiting = models.PositiveSmallIntegerField(_("not asked for a while"), default=1)

    proposal_days = models.PositiveSmallIntegerField(_("days to answer a proposal"), default=3)
    ask_days = models.PositiveSmallIntegerField(
        _("days after which a waiting learner stands on the desk"), default=5
    )
    first_meeting_days = models.PositiveSmallIntegerField(
        _("days to the first meeting"), default=14
    )
    silent_days = models.PositiveSmallIntegerField(
        _("days without a sign after which a pair is at risk"), default=28
    )
    term_weeks = models.PositiveSmallIntegerField(_("weeks that a pair lasts"), default=12)
    extension_weeks = models.PositiveSmallIntegerField(_("weeks of the one extension"), default=12)
    closing_days = models.PositiveSmallIntegerField(_("days for the closing step"), default=14)
    check_level = models.PositiveSmallIntegerField(
        _("check that a mentor needs"),
        default=1,
        help_text=_(
            "0: none. 1: talked to in person. 2: two references. 3: official record check."
        ),
    )

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["hub", "title", "pk"]
        verbose_name = _("mentorship programme")
        verbose_name_plural = _("mentorship programmes")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    **{
                        f"weight_{name}__lte": 10
                        for name in (
                            "topic",
                            "ahead",
                            "hours",
                            "course",
                            "important",
                            "hub",
                            "waiting",
                        )
                    }
                ),
                name="programme_weights_within_10",
            ),
            models.CheckConstraint(
                condition=Q(
                    proposal_days__gte=1,
                    ask_days__gte=1,
                    first_meeting_days__gte=1,
                    silent_days__gte=1,
                    term_weeks__gte=1,
                    closing_days__gte=1,
                    check_level__lte=3,
                ),
                name="programme_lengths_make_sense",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def weights(self) -> dict[str, int]:
        """The weight of each part of the score, by name."""
        return {name: getattr(self, f"weight_{name}") for name in self.WEIGHTS}
