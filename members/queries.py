"""Reads that cross models."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail import hooks

from . import data
from .data import Section
from .models import Consent, Hub, HubRole, Member, Membership, Notice, RecordEntry, SignInCode
from .statements import Statement

HELD_IN = Statement(
    lambda member, slug: (
        HubRole.objects.filter(member=member, hub__slug=slug).select_related("hub").order_by()
    ),
    1,
    "sample",
)


def hub_for_staff(member: Member, slug: str, *roles: str) -> Hub | None:
    """The hub of an address if a member has one of the roles there; what
    `Hub.objects.for_staff` finds, by a statement that is written once."""
    if member.is_superuser:
        return Hub.objects.filter(slug=slug).first()
    held = (row.hub for row in HELD_IN.all(member.pk, slug) if not roles or row.role in roles)
    return next(held, None)


def members_of(hub: Hub, words: str = "") -> QuerySet[Membership]:
    """The members of a hub by name, with whether each is staff somewhere."""
    staff = HubRole.objects.filter(member=OuterRef("member"))
    found = Membership.objects.filter(hub=hub).select_related("member")
    if words:
        found = found.filter(member__in=Member.objects.search(words))
    return found.annotate(is_team=Exists(staff)).order_by("member__name", "pk")


def open_code(coordinator: Member, hub: Hub, member: int) -> SignInCode | None:
    """The code that a coordinator gave a member and that nobody has used yet."""
    codes = SignInCode.objects.open(timezone.now()).select_related("member", "hub")
    return codes.filter(issued_by=coordinator, hub=hub, member=member).first()


@dataclass(frozen=True)
class Person:
    """A member's own sections, in the order in which a person would ask."""

    member: Member

    def sections(self) -> Iterator[Section]:
        yield self.details()
        yield self.hubs()
        yield self.sign_in()
        yield self.consents()
        yield self.record()
        yield self.notices()

    def details(self) -> Section:
        member = self.member
        rows = [
            (_("Name"), member.name),
            (_("User name"), member.username),
            (_("E-mail"), member.email),
            (_("Notices by e-mail"), yes_or_no(member.is_mail_wanted)),
            (_("Phone"), member.phone),
            (_("Please ring me"), yes_or_no(member.is_ring_me)),
            (_("Language"), member.get_language_display()),
            (_("Last lesson opened"), member.resume_title),
        ]
        return Section("details", _("Your details"), (_("What"), _("Stored")), rows)

    def hubs(self) -> Section:
        member = self.member
        joined = member.memberships.select_related("hub")
        held = member.roles.select_related("hub")
        rows: list[tuple[object, ...]] = [(m.hub.name, _("Member"), m.joined_at) for m in joined]
        rows += [(role.hub.name, str(role.get_role_display()), None) for role in held]
        return Section("hubs", _("Your hubs"), (_("Hub"), _("You are"), _("Since")), rows)

    def sign_in(self) -> Section:
        codes = SignInCode.objects.filter(member=self.member).select_related("issued_by", "hub")
        rows: list[tuple[object, ...]] = [
            (_("Account made"), self.member.date_joined, ""),
            (_("Last sign-in"), self.member.last_login, ""),
        ]
        rows += [
            (_("Sign-in code given"), code.made_at, f"{code.issued_by.name}, {code.hub.name}")
            for code in codes
        ]
        rows += [(_("Sign-in code used"), code.used_at, "") for code in codes if code.used_at]
        return Section("sign-in", _("How you signed in"), (_("What"), _("When"), _("Who")), rows)

    def consents(self) -> Section:
        given = Consent.objects.for_member(self.member)
        names = consent_names()
        rows = [
            (kind_words(row.kind, names), row.wording, row.given_at, row.withdrawn_at)
            for row in given
        ]
        columns = (_("About"), _("Words"), _("Agreed"), _("Withdrawn"))
        return Section("consents", _("What you agreed to"), columns, rows)

    def record(self) -> Section:
        entries = RecordEntry.objects.for_member(self.member).select_related("actor", "hub")
        rows = [
            (entry.made_at, entry.words, entry.reason, name_of(entry.actor), name_of(entry.hub))
            for entry in entries
        ]
        columns = (_("When"), _("What"), _("Why"), _("Who"), _("Hub"))
        return Section("record", _("What staff did to your record"), columns, rows)

    def notices(self) -> Section:
        told = Notice.objects.for_member(self.member)
        rows = [(row.made_at, row.text, row.read_at) for row in told]
        columns = (_("When"), _("Message"), _("Read"))
        return Section("notices", _("Your notices"), columns, rows)


def consent_names() -> dict[str, str]:
    """What each kind of consent is called, as the app says that asks for it."""
    return {
        kind: str(name)
        for hook in hooks.get_hooks("consent_kinds")
        for kind, name in hook().items()
    }


def kind_words(kind: str, names: dict[str, str]) -> str:
    """A kind of consent by its name. A kind may end in the number of what it is about."""
    return names.get(kind) or names.get(re.sub(r"-\d+$", "", kind)) or _("Something else")


def yes_or_no(value: bool) -> str:
    """A flag in words."""
    return _("Yes") if value else _("No")


def name_of(thing: Member | Hub | None) -> str:
    """The name of a person or a hub, if it is still there."""
    return thing.name if thing else ""


def sections_of(member: Member) -> list[Section]:
    """All that is stored about a member, from every app."""
    found = list(Person(member).sections())
    for hook in hooks.get_hooks("member_data"):
        found += hook(member)
    return found


def build_export(member: Member) -> bytes:
    """All that is stored about a member as one zip."""
    with translation.override(member.language or settings.LANGUAGE_CODE):
        sections = sections_of(member)
        values = {
            "member": member,
            "sections": sections,
            "now": timezone.now(),
            "site_name": settings.WAGTAIL_SITE_NAME,
            "language": translation.get_language(),
            "is_rtl": translation.get_language_bidi(),
        }
        page = render_to_string("members/export.html", values)
    return data.pack(sections, page)
