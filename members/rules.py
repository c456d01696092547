"""What a person may do with people, roles and records."""

from django.conf import settings

from .models import Hub, Member

WORDS_OF_THE_SITE = (
    "weft",
    "weftweft",
    "skillshub",
    "learner",
    "mentor",
    "editor",
    "coordinator",
    "reviewer",
    "partner",
    "networkadmin",
)
CMS = "wagtailadmin.access_admin"


def is_known_password(password: str) -> bool:
    """Whether everybody knows this password: it is the demo's, and this is a real site."""
    return not settings.WEFT_DEMO and password == settings.WEFT_DEMO_PASSWORD


def is_word_of_the_site(password: str) -> bool:
    """Whether a password is a word that everybody here would try first, with odd signs or not."""
    letters = "".join(sign for sign in password.casefold() if sign.isalpha())
    name = "".join(sign for sign in settings.WAGTAIL_SITE_NAME.casefold() if sign.isalpha())
    return letters in {name, *WORDS_OF_THE_SITE}


def has_cms_access(member: Member) -> bool:
    """Whether a person can enter the CMS."""
    return member.is_superuser or member.is_staff or member.has_perm(CMS)


def may_grant_roles(member: Member) -> bool:
    """Whether a person gives and takes roles: the network admin only."""
    return member.is_active and member.is_superuser


def may_change_account(member: Member, to: Member) -> bool:
    """Whether a person switches an account: the network admin, and never their own."""
    return may_grant_roles(member) and member.pk != to.pk


def may_see_members(member: Member, hub: Hub) -> bool:
    """Whether a person sees the list of a hub's members: its coordinators."""
    return member.is_active and member.has_role(hub, "coordinator")


def may_issue_code(member: Member, to: Member, hub: Hub) -> bool:
    """Whether a person gives another a sign-in code of a hub.

    A code opens the account, so a coordinator gives none to people who can do more than a
    learner can: staff of any hub, and whoever enters the CMS. The network admin gives those,
    but never to another network admin.
    """
    if not may_see_members(member, hub) or not may_receive_code(member, to):
        return False
    return to.memberships.filter(hub=hub).exists()


def may_receive_code(member: Member, to: Member) -> bool:
    """Whether an account may be opened by a code that this person gives."""
    if not to.is_active or to.is_superuser or to.pk == member.pk:
        return False
    return member.is_superuser or not (has_cms_access(to) or to.roles.exists())


def may_erase(member: Member, other_admins: bool) -> bool:
    """Whether an account may go: the last network admin has to stay."""
    return other_admins or not member.is_superuser
