"""Training offers. What is public is the row; what is being written is a revision of it."""

from datetime import date
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, Revision, RevisionMixin
from wagtail.search import index

from content.blocks.support import SupportKind, SupportLeft
from content.models import Level, Topic, WeftImage
from courses.models import Course
from members.models import Hub, Member

from .organisations import Colleague, Partner

# What a revision does not hold: whose the offer is, and what is ours to write.
KEPT = frozenset(
    {
        "partner",
        "uuid",
        "reference",
        "ends_on",
        "open_until",
        "ended_at",
        "checked_on",
        "is_on_behalf",
        "made_at",
        "made_by",
        "again_of",
        "link_state",
        "link_checked_at",
        "told_end_on",
        "told_end_days",
        "live",
        "live_revision",
        "latest_revision",
        "has_unpublished_changes",
        "first_published_at",
        "last_published_at",
        "go_live_at",
        "expire_at",
        "expired",
    }
)


class OfferQuerySet(models.QuerySet["Offer"]):
    def public(self) -> "OfferQuerySet":
        """Those with a public page: published once, by a partner in the directory. One that has
        ended keeps its page."""
        return self.filter(first_published_at__isnull=False, partner__state=Partner.State.APPROVED)

    def live_offers(self, today: date) -> "OfferQuerySet":
        """Those that can be taken now: published, not ended, and people can still apply."""
        return self.public().filter(live=True, open_until__gte=today)

    def visible_to(self, member: Member | None) -> "OfferQuerySet":
        """Public ones; those of one's own partners; those that a hub reviews where one is a
        reviewer or coordinator and that were sent to it."""
        seen = Q(first_published_at__isnull=False, partner__state=Partner.State.APPROVED)
        if member is None:
            return self.filter(seen)
        mine = Colleague.objects.filter(member=member).values("partner")
        hubs = Hub.objects.for_staff(member, "reviewer", "coordinator")
        sent = Q(partner__hub__in=hubs, reviews__isnull=False)
        kept = Q(partner__hub__in=hubs, partner__is_kept_by_hub=True)
        return self.filter(seen | Q(partner__in=mine) | sent | kept).distinct()


class Offer(index.Indexed, DraftStateMixin, RevisionMixin, ClusterableModel):
    """What a partner offers to learn. The columns are what is published (or, before that, what
    was first typed); `latest_revision` is what the partner wrote last.

    `ends_on` and `open_until`, the last day to apply, are derived from the dates by
    `partners.actions.offers`; every offer ends.
    """

    class Kind(models.TextChoices):
        COURSE = "course", _("Course")
        WORKSHOP = "workshop", _("Workshop")
        PLACEMENT = "placement", _("Placement")
        APPRENTICESHIP = "apprenticeship", _("Apprenticeship")
        SCHOLARSHIP = "scholarship", _("Scholarship")
        OPEN_DAY = "open_day", _("Open day")

    class Mode(models.TextChoices):
        PLACE = "place", _("At a place")
        ONLINE = "online", _("Online")
        BOTH = "both", _("Both")

    class Cost(models.TextChoices):
        FREE = "free", _("Free")
        AMOUNT = "amount", _("It costs")
        DEPENDS = "depends", _("It depends on income")

    class Apply(models.TextChoices):
        LINK = "link", _("On a website")
        MAIL = "mail", _("By e-mail")
        FORM = "form", _("With a form here")

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="offers")
    uuid = models.UUIDField(unique=True, editable=False)

    # The nine that are required.
    title = models.CharField(_("title"), max_length=120)
    learns = models.TextField(_("what people learn"), max_length=500, blank=True)
    for_whom = models.CharField(_("who it is for"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, blank=True)
    mode = models.CharField(_("where"), max_length=8, choices=Mode, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    is_any_time = models.BooleanField(_("any time"), default=False)
    from_on = models.DateField(_("from"), null=True, blank=True)
    to_on = models.DateField(_("to"), null=True, blank=True)
    cost = models.CharField(_("cost"), max_length=8, choices=Cost, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=9, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    cost_note = models.CharField(_("what it depends on"), max_length=200, blank=True)
    apply_by = models.CharField(_("how to apply"), max_length=8, choices=Apply, blank=True)
    apply_link = models.URLField(_("address of the website"), max_length=500, blank=True)
    apply_mail = models.EmailField(_("e-mail"), blank=True)
    contact = models.CharField(_("contact for questions"), max_length=200, blank=True)

    # What members need and no other directory shows.
    helps_money = models.BooleanField(_("help with money"), default=False)
    helps_childcare = models.BooleanField(_("childcare"), default=False)
    helps_travel = models.BooleanField(_("travel help"), default=False)
    is_step_free = models.BooleanField(_("step-free access"), default=False)
    works_on_phone = models.BooleanField(_("works on a phone"), default=False)
    help_words = models.CharField(_("how to get this help"), max_length=300, blank=True)
    device = models.CharField(_("device and connection needed"), max_length=200, blank=True)

    # A note on help with money; nothing of a case is stored.
    support_kind = models.CharField(
        _("help with money"), max_length=10, choices=SupportKind, blank=True
    )
    support_who = models.CharField(_("who can get it"), max_length=200, blank=True)
    support_what = models.CharField(_("what they get"), max_length=200, blank=True)
    support_how = models.CharField(_("how to ask"), max_length=200, blank=True)
    support_until_on = models.DateField(_("ask until"), null=True, blank=True)
    support_seen_by = models.CharField(_("who sees what is sent"), max_length=200, blank=True)
    support_left = models.CharField(
        _("what is left"), max_length=8, choices=SupportLeft, blank=True
    )

    # Everything else is optional.
    topic = models.ForeignKey(
        Topic, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    level = models.ForeignKey(
        Level, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    language = models.CharField(_("language"), max_length=10, blank=True)
    hours_week = models.PositiveSmallIntegerField(_("hours a week"), null=True, blank=True)
    seats = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    member_seats = models.PositiveIntegerField(_("seats for members"), null=True, blank=True)
    deadline_on = models.DateField(_("apply until"), null=True, blank=True)
    skills = models.CharField(_("skills"), max_length=300, blank=True)
    credential = models.CharField(_("what you get at the end"), max_length=160, blank=True)
    age_from = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    reference = models.CharField(_("your own reference"), max_length=60, blank=True)
    after_course = models.ForeignKey(
        Course, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_for_all_hubs = models.BooleanField(_("for all hubs"), default=True)
    hubs = ParentalManyToManyField(Hub, blank=True, related_name="+")
    image = models.ForeignKey(
        WeftImage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    image_alt = models.CharField(_("what the picture shows"), max_length=200, blank=True)

    # What is ours to write.
    ends_on = models.DateField(null=True, blank=True, editable=False)
    open_until = models.DateField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    checked_on = models.DateField(null=True, blank=True, editable=False)
    is_on_behalf = models.BooleanField(default=False, editable=False)
    made_at = models.DateTimeField(editable=False)
    made_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    again_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    link_state = models.CharField(max_length=10, blank=True, editable=False)
    link_checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Of which end its partner was told last, and how many days before.
    told_end_on = models.DateField(null=True, blank=True, editable=False)
    told_end_days = models.PositiveSmallIntegerField(default=0, editable=False)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="offer")

    objects = OfferQuerySet.as_manager()

    search_fields = [
        index.SearchField("title", boost=2),
        *(index.SearchField(name) for name in ("learns", "for_whom", "skills", "place")),
        *(index.SearchField(name) for name in ("partner_words", "more_places")),
        *(index.FilterField(name) for name in ("live", "open_until", "language", "mode", "cost")),
        *(index.FilterField(name) for name in ("kind", "topic", "level")),
    ]

    class Meta:
        ordering = ["ends_on", "pk"]
        verbose_name = _("training offer")
        verbose_name_plural = _("training offers")
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "reference"],
                condition=~Q(reference=""),
                name="offer_reference_once",
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True)
                | Q(from_on__isnull=True)
                | Q(to_on__gte=F("from_on")),
                name="offer_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(live=False) | Q(ends_on__isnull=False, open_until__isnull=False),
                name="offer_live_one_ends",
            ),
        ]
        indexes = [
            models.Index(fields=["partner", "ends_on"], name="offer_by_partner"),
            models.Index(fields=["live", "open_until"], name="offer_by_end"),
        ]

    @property
    def is_public(self) -> bool:
        """Whether it has a public page."""
        return bool(self.first_published_at) and self.partner.state == Partner.State.APPROVED

    def is_open(self, today: date) -> bool:
        """Whether people can apply for it on a day: on the site, not closed, its partner in the
        directory."""
        last = self.open_until or self.ends_on
        is_in_time = self.live and last is not None and last >= today
        return is_in_time and self.partner.state == Partner.State.APPROVED

    @property
    def revisions(self) -> models.QuerySet[Revision]:
        """What was written, newest first."""
        return self._revisions

    def serializable_data(self) -> dict[str, Any]:
        """What a revision holds: what the partner wrote."""
        data = super().serializable_data()
        return {name: value for name, value in data.items() if name not in KEPT}

    def with_content_json(self, content: dict[str, Any]) -> "Offer":
        """The offer with the text of a revision. What no revision holds stays."""
        found: Offer = super().with_content_json(content)
        for field in self._meta.concrete_fields:
            if field.name in KEPT:
                setattr(found, field.attname, getattr(self, field.attname))
        return found

    @classmethod
    def get_indexed_objects(cls) -> models.QuerySet["Offer"]:
        """What a search looks through: only what was published."""
        rows = cls.objects.filter(first_published_at__isnull=False)
        return rows.select_related("partner").prefetch_related("dates")

    @property
    def partner_words(self) -> str:
        """The name of the partner, to be found by it."""
        return self.partner.name

    @property
    def more_places(self) -> str:
        """The places of its other dates, to be found by them."""
        return " ".join(row.place for row in self.dates.all())

    def __str__(self) -> str:
        return self.title


class OfferDate(models.Model):
    """One more date or place of an offer."""

    offer = ParentalKey(Offer, on_delete=models.CASCADE, related_name="dates")
    on = models.DateField(_("day"))
    until_on = models.DateField(_("to"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.place}"
