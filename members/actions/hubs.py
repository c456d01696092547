"""Who belongs to a hub and who works there."""

from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..errors import Refused
from ..models import Hub, HubRole, Member, Membership
from ..models.hubs import GROUP_WORDS
from ..rules import may_grant_roles
from ..signals import roles_changed
from .notices import notify
from .records import record


def join_hub(*, member: Member, hub: Hub, now: datetime | None = None) -> Membership:
    """Make a person a member of a hub."""
    membership, _created = Membership.objects.get_or_create(
        member=member, hub=hub, defaults={"joined_at": now or timezone.now()}
    )
    return membership


@transaction.atomic
def leave_hub(*, member: Member, hub: Hub) -> bool:
    """End a person's membership in a hub. Says whether there was one.

    The hub's staff no longer see the person among its members and give no sign-in codes. What was
    learned there stays learned there. Refuses whoever works for the hub.
    """
    if HubRole.objects.filter(member=member, hub=hub).exists():
        raise Refused(_("You work for this hub. Ask the network admin to take the role first."))
    gone, _rows = Membership.objects.filter(member=member, hub=hub).delete()
    return bool(gone)


@transaction.atomic
def grant_role(
    *, member: Member, to: Member, hub: Hub, role: str, now: datetime | None = None
) -> HubRole:
    """Give a person a role in a hub, with all that follows from it."""
    refuse_unless_admin(member)
    if role not in HubRole.Role.values:
        raise Refused(_("Choose one of the roles."), "role")
    held, created = HubRole.objects.get_or_create(member=to, hub=hub, role=role)
    if created:
        join_hub(member=to, hub=hub, now=now)
        follow(to, hub)
        with to.in_own_language():
            tell_granted(member, held, now)
    return held


@transaction.atomic
def withdraw_role(
    *, member: Member, to: Member, hub: Hub, role: str, now: datetime | None = None
) -> bool:
    """Take a role in a hub from a person. Says whether the person had it."""
    refuse_unless_admin(member)
    held = HubRole.objects.filter(member=to, hub=hub, role=role).first()
    if held is None:
        return False
    held.delete()
    follow(to, hub)
    with to.in_own_language():
        words = _("You no longer have the role “%(role)s” in %(hub)s.") % names_of(held)
    record(member=to, actor=member, hub=hub, verb="withdraw_role", words=words, now=now)
    return True


def refuse_unless_admin(member: Member) -> None:
    """Only the network admin goes on."""
    if not may_grant_roles(member):
        raise Refused(_("Only the network admin can change roles."))


def names_of(held: HubRole) -> dict[str, str]:
    """The words of a role, for a sentence."""
    return {"role": str(held.get_role_display()), "hub": held.hub.name}


def tell_granted(actor: Member, held: HubRole, now: datetime | None) -> None:
    """Log a new role and tell its holder."""
    words = _("You now have the role “%(role)s” in %(hub)s.") % names_of(held)
    record(member=held.member, actor=actor, hub=held.hub, verb="grant_role", words=words, now=now)
    notify(member=held.member, key=f"role:{held.pk}", kind="role", text=words, now=now)


def follow(member: Member, hub: Hub) -> None:
    """Derive a member's flags and a hub's groups from the roles."""
    sync_flags(member)
    sync_groups(hub=hub)


def sync_flags(member: Member) -> None:
    """Set on the member's row what pages ask at every view: has a desk, enters the CMS."""
    held = set(HubRole.objects.filter(member=member).values_list("role", flat=True))
    member.is_on_desk = bool(held)
    member.is_staff = member.is_superuser or bool(held & set(GROUP_WORDS))
    Member.objects.filter(pk=member.pk).update(
        is_on_desk=member.is_on_desk, is_staff=member.is_staff
    )


@transaction.atomic
def sync_groups(*, hub: Hub) -> None:
    """Make the hub's CMS groups hold exactly its editors and reviewers.

    Whoever derives more from the roles (page permissions) listens to `roles_changed`.
    """
    for role in GROUP_WORDS:
        group, _created = Group.objects.get_or_create(name=hub.group_name(role))
        group.permissions.add(enter_cms())
        group.user_set.set(Member.objects.filter(roles__hub=hub, roles__role=role))
    roles_changed.send(sender=Hub, hub=hub)


def enter_cms() -> Permission:
    """The permission to enter the CMS."""
    return Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
