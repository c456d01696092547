"""Partners: organisations that post training offers, and the people who act for them."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from content.models import Topic
from courses.models import Course
from members.models import Hub, Member

from .promises import is_overdue


class PartnerQuerySet(models.QuerySet["Partner"]):
    def open(self) -> "PartnerQuerySet":
        """Those in the public directory."""
        return self.filter(state=Partner.State.APPROVED)

    def stuck(self) -> "PartnerQuerySet":
        """Those that nobody can run: no admin has an account that is on, and no hub keeps them."""
        admins = Colleague.objects.filter(partner=OuterRef("pk"), role=Colleague.Role.ADMIN)
        gone = (Partner.State.DECLINED, Partner.State.LEFT)
        found = self.filter(~Exists(admins.filter(member__is_active=True)), is_kept_by_hub=False)
        return found.exclude(state__in=gone)

    def for_colleague(self, member: Member, *roles: str) -> "PartnerQuerySet":
        """The partners for which a member acts (in one of the roles, where some are named)."""
        rows = Colleague.objects.filter(member=member)
        rows = rows.filter(role__in=roles) if roles else rows
        return self.filter(pk__in=rows.values("partner"))

    def visible_to(self, member: Member | None) -> "PartnerQuerySet":
        """Public ones; one's own; those that a hub reviews where one is reviewer or coordinator."""
        if member is None:
            return self.open()
        hubs = Hub.objects.for_staff(member, "reviewer", "coordinator")
        mine = Colleague.objects.filter(member=member).values("partner")
        return self.filter(Q(state=Partner.State.APPROVED) | Q(pk__in=mine) | Q(hub__in=hubs))


class Partner(models.Model):
    """An organisation. `hub` is the one hub that reviews it and its offers.

    A partner that a hub entered has `is_kept_by_hub` until people of its own take over.
    """

    class Kind(models.TextChoices):
        UNIVERSITY = "university", _("University")
        COLLEGE = "college", _("College")
        PUBLIC = "public", _("Public institution")
        LIBRARY = "library", _("Library")
        EMPLOYMENT = "employment", _("Employment service")
        COMMUNITY = "community", _("Community organisation")
        COOP = "coop", _("Co-operative")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for the hub")
        APPROVED = "approved", _("Approved")
        DECLINED = "declined", _("Declined")
        PAUSED = "paused", _("Paused by the hub")
        LEFT = "left", _("Left")

    class Scheme(models.TextChoices):
        CHARITY = "charity", _("Charity number")
        COMPANY = "company", _("Company number")
        ROR = "ror", _("ROR")
        TAX = "tax", _("Tax number")
        OTHER = "other", _("Another number")

    class Proof(models.TextChoices):
        DOMAIN = "domain", _("E-mail at the organisation's own domain")
        LETTER = "letter", _("A letter")
        KNOWN = "known", _("Somebody of the hub knows them")

    key = models.UUIDField(unique=True, editable=False)
    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(_("name of the organisation"), max_length=120)
    kind = models.CharField(_("kind of organisation"), max_length=12, choices=Kind)
    place = models.CharField(_("place"), max_length=120)
    website = models.URLField(_("website"), max_length=300, blank=True)
    about = models.TextField(_("who you are"), max_length=1200, blank=True)
    gives = models.TextField(_("what you offer"), max_length=1200, blank=True)
    contact = models.CharField(_("how to reach you"), max_length=300, blank=True)
    language = models.CharField(max_length=10, default="en")
    topics = models.ManyToManyField(Topic, blank=True, related_name="+")

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="partners")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    is_kept_by_hub = models.BooleanField(default=False)
    email = models.EmailField(_("e-mail of the organisation"), blank=True)
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    scheme = models.CharField(_("kind of number"), max_length=10, choices=Scheme, blank=True)
    number = models.CharField(_("number"), max_length=80, blank=True)
    proof = models.CharField(max_length=10, choices=Proof, blank=True)
    proof_words = models.CharField(max_length=300, blank=True)
    proof_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    proof_at = models.DateTimeField(null=True, blank=True)

    applied_at = models.DateTimeField()
    promised_on = models.DateField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    clean_approvals = models.PositiveSmallIntegerField(default=0)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "number"],
                condition=~Q(number="") & ~Q(state__in=["declined", "left"]),
                name="partner_number_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "approved", "declined", "paused", "left"]),
                name="partner_state_known",
            ),
        ]
        indexes = [models.Index(fields=["hub", "state"], name="partner_by_hub")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_overdue(self) -> bool:
        """Whether the hub has let the promised day pass."""
        return is_overdue(self.state, self.promised_on)

    @property
    def reader(self) -> str:
        """Who reads what people send to it, by name: its hub, while that keeps it."""
        return self.hub.name if self.is_kept_by_hub else self.name


class Colleague(models.Model):
    """A member who acts for a partner. A partner with colleagues always has an admin."""

    class Role(models.TextChoices):
        ADMIN = "admin", _("Runs it: people, page and offers")
        EDITOR = "editor", _("Writes offers")
        VIEWER = "viewer", _("Looks only")

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="colleagues")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="partner_roles")
    role = models.CharField(_("role"), max_length=8, choices=Role)
    joined_at = models.DateTimeField()

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "member"], name="colleague_once"),
            models.CheckConstraint(
                condition=Q(role__in=["admin", "editor", "viewer"]), name="colleague_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.member_id} {self.role}"


class PartnerInvitation(models.Model):
    """An invitation by e-mail to act for a partner. Only a digest of its code is stored."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=8, choices=Colleague.Role)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    # Whether a mail went out when it was made just now; not stored.
    is_mailed = False

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "email"],
                condition=Q(used_at__isnull=True),
                name="partner_invitation_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.role}"


class Agreement(models.Model):
    """What a partner and a hub agreed. Public once the hub has confirmed it, while it lasts."""

    class Kind(models.TextChoices):
        ROOMS = "rooms", _("Lends rooms")
        ENTRY = "entry", _("Accepts our certificate as entry")
        SEATS = "seats", _("Keeps seats for members")
        OTHER = "other", _("Something else")

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="agreements")
    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="agreements")
    kind = models.CharField(_("what"), max_length=8, choices=Kind)
    words = models.CharField(_("in one sentence"), max_length=300)
    course = models.ForeignKey(
        Course, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    until_on = models.DateField(_("until"), null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["hub", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "hub", "kind", "words"],
                condition=Q(course__isnull=True),
                name="agreement_once",
            ),
            models.UniqueConstraint(
                fields=["partner", "hub", "kind", "words", "course"],
                name="agreement_of_course_once",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class PartnerSuggestion(models.Model):
    """A member tells a hub of an organisation that it could ask."""

    member = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="partner_suggestions")
    key = models.UUIDField(unique=True)
    name = models.CharField(_("name of the organisation"), max_length=120)
    place = models.CharField(_("town or website"), max_length=200, blank=True)
    words = models.CharField(_("why"), max_length=500, blank=True)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.name
