"""Local tech hubs, who belongs to them, and who works for them."""

import zoneinfo

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .people import Member


def validate_time_zone(name: str) -> None:
    """Refuse a time zone that nobody knows."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("No time zone has this name. Write one like Europe/Madrid."))


class HubQuerySet(models.QuerySet["Hub"]):
    def visible_to(self, member: Member | None) -> "HubQuerySet":
        """Every hub is public, for members and for visitors."""
        return self.all()

    def for_staff(self, member: Member, *roles: str) -> "HubQuerySet":
        """The hubs in which a member has one of the roles (any role when none is named)."""
        if member.is_superuser:
            return self.all()
        held = HubRole.objects.filter(member_id=member.pk).with_roles(*roles)
        return self.filter(pk__in=held.values("hub"))

    def for_member(self, member: Member) -> "HubQuerySet":
        """The hubs that a member belongs to."""
        return self.filter(memberships__member=member)


class Hub(models.Model):
    """A local tech hub."""

    class Colour(models.TextChoices):
        LOOM = "loom", _("Green")
        CLAY = "clay", _("Brick")
        PLUM = "plum", _("Plum")
        SKY = "sky", _("Blue")

    slug = models.SlugField(_("address word"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    place = models.CharField(_("place"), max_length=120)
    address = models.CharField(_("address"), max_length=250, blank=True)
    hours = models.CharField(_("opening hours"), max_length=250, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )
    colour = models.CharField(_("colour"), max_length=8, choices=Colour, default=Colour.LOOM)
    contact = models.CharField(_("how to reach a person"), max_length=300, blank=True)
    complain = models.CharField(_("how to complain"), max_length=300, blank=True)
    meeting_on = models.DateField(_("next members' meeting"), null=True, blank=True)
    meeting_place = models.CharField(_("place of the meeting"), max_length=200, blank=True)
    collection = models.ForeignKey(
        "wagtailcore.Collection",
        verbose_name=_("collection"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = HubQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("hub")
        verbose_name_plural = _("hubs")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(colour__in=["loom", "clay", "plum", "sky"]),
                name="hub_colour_known",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def group_name(self, role: str) -> str:
        """The CMS group of the hub's people with a role, such as "riverside: editors"."""
        return f"{self.slug}: {GROUP_WORDS[role]}"


# The roles that work in the CMS, with the word for their group.
GROUP_WORDS = {"editor": "editors", "reviewer": "reviewers"}


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, member: Member) -> "MembershipQuerySet":
        """One's own, and those of the hubs where one is a coordinator."""
        hubs = Hub.objects.for_staff(member, "coordinator")
        return self.filter(models.Q(member=member) | models.Q(hub__in=hubs))


class Membership(models.Model):
    """A member belongs to a hub."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="memberships")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="memberships")
    joined_at = models.DateTimeField()

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["joined_at", "pk"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["member", "hub"], name="member_once_in_hub")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.hub_id}"


class HubRoleQuerySet(models.QuerySet["HubRole"]):
    def with_roles(self, *roles: str) -> "HubRoleQuerySet":
        """Those with one of the roles; all when none is named."""
        return self.filter(role__in=roles) if roles else self.all()


class HubRole(models.Model):
    """What a member does for a hub. The truth from which all permissions are derived."""

    class Role(models.TextChoices):
        EDITOR = "editor", _("Editor")
        COORDINATOR = "coordinator", _("Coordinator")
        REVIEWER = "reviewer", _("Reviewer")
        SAFETY = "safety", _("Safety lead")

    member = models.ForeignKey(
        Member, verbose_name=_("member"), on_delete=models.CASCADE, related_name="roles"
    )
    hub = models.ForeignKey(
        Hub, verbose_name=_("hub"), on_delete=models.PROTECT, related_name="roles"
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)

    objects = HubRoleQuerySet.as_manager()

    class Meta:
        ordering = ["hub", "role", "member"]
        verbose_name = _("role in a hub")
        verbose_name_plural = _("roles in hubs")
        constraints = [
            models.UniqueConstraint(fields=["member", "hub", "role"], name="role_once_in_hub"),
            models.CheckConstraint(
                condition=models.Q(role__in=["editor", "coordinator", "reviewer", "safety"]),
                name="role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.role} {self.hub}"
