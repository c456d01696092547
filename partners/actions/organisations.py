"""Organisations apply, are entered by a hub, and keep their own page."""

import uuid
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.models import Topic
from members.errors import Refused
from members.models import Hub, Member
from partners import codes, emails
from partners.addresses import RESERVED
from partners.languages import NAMES
from partners.models import Colleague, Partner
from partners.offering import is_web_address, promised_on
from partners.queries.drafts import today_of
from partners.rules import may_apply, may_decide_partner, may_name, may_review, may_run

from .finding import owe_index
from .numbers import refuse_number, store
from .telling import tell_hub
from .words import clean_length, clean_row, clean_words, one_of

PAGE = ("place", "website", "about", "gives", "contact", "language")
OWN = ("name", "kind", "scheme", "number")
IDENTITY = (*OWN, "email")
NEEDED = ("name", "kind", "place")


@transaction.atomic
def apply_partner(
    *,
    member: Member,
    key: uuid.UUID,
    hub: Hub,
    name: str,
    kind: str,
    place: str,
    website: str = "",
    email: str = "",
    scheme: str = "",
    number: str = "",
    now: datetime | None = None,
) -> Partner:
    """Apply for an organisation: the member runs it, and may write offers before the hub has said
    yes. A mail with a code goes to its address. One key makes one organisation.

    Refuses beside the field what is missing or wrong, and a number that another one has.
    """
    if not may_apply(member):
        raise Refused(_("Your account is off, so you cannot apply."))
    now = now or timezone.now()
    partner, is_new = make_partner(
        key,
        hub,
        now,
        name=name,
        kind=kind,
        place=place,
        website=website,
        email=email,
        scheme=scheme,
        number=number,
    )
    if is_new:
        role = Colleague.Role.ADMIN
        Colleague.objects.create(partner=partner, member=member, role=role, joined_at=now)
        tell_hub(partner, f"partner:{partner.pk}:applied", partial(applied_words, partner), now)
        send_code(partner, now)
    refuse_unless_mine(member, partner)
    return partner


def refuse_unless_mine(member: Member, partner: Partner) -> None:
    """Of two people with one key, only the first goes on."""
    if not partner.colleagues.filter(member=member).exists():
        raise Refused(_("Somebody else has sent this already. Please begin again."))


def applied_words(partner: Partner) -> str:
    """That an organisation wants to come in."""
    return _("%(partner)s wants to post training offers. Please check who they are.") % {
        "partner": partner.name
    }


@transaction.atomic
def enter_partner(
    *,
    member: Member,
    key: uuid.UUID,
    hub: Hub,
    name: str,
    kind: str,
    place: str,
    website: str = "",
    email: str = "",
    scheme: str = "",
    number: str = "",
    language: str = "",
    words: str = "",
    now: datetime | None = None,
) -> Partner:
    """Enter an organisation that the hub knows; `words` say how. It is approved, and the hub's
    people write its offers until people of its own take over. One key makes one organisation.
    Without a `language`, it is the one of the moment."""
    if not may_review(member, hub):
        raise Refused(_("Only people who look after the partners of this hub can do this."))
    now = now or timezone.now()
    known = clean_length(words, 300)
    partner, is_new = make_partner(
        key,
        hub,
        now,
        name=name,
        kind=kind,
        place=place,
        website=website,
        email=email,
        scheme=scheme,
        number=number,
        language=language or own_language(),
    )
    if not is_new and not may_decide_partner(member, partner):
        raise Refused(_("Somebody else has sent this already. Please begin again."))
    if is_new:
        partner.proof_words = known
        partner.is_kept_by_hub = True
        partner.state = Partner.State.APPROVED
        partner.proof, partner.proof_by, partner.proof_at = Partner.Proof.KNOWN, member, now
        partner.decided_by, partner.decided_at, partner.confirmed_at = member, now, now
        partner.save()
    return partner


def make_partner(key: uuid.UUID, hub: Hub, now: datetime, **values: str) -> tuple[Partner, bool]:
    """The organisation of a key, and whether it is new. One is made at a time, so that two never
    get one address or one number."""
    Hub.objects.select_for_update().order_by("pk").first()
    found = Partner.objects.filter(key=key).select_related("hub").first()
    if found is not None:
        return found, False
    partner = Partner(
        key=key,
        hub=hub,
        applied_at=now,
        promised_on=promised_on(today_of(hub, now)),
        language=own_language(),
    )
    fill(partner, values)
    partner.slug = free_slug(partner)
    store(partner)
    return partner, True


def own_language() -> str:
    """The language of the moment."""
    return get_language() or settings.LANGUAGE_CODE


def fill(partner: Partner, values: dict[str, Any]) -> None:
    """Set what an organisation says of itself. Refuses what cannot be, beside its field."""
    for name, value in values.items():
        field: Any = Partner._meta.get_field(name)
        clean = clean_words if name in NEEDED else clean_length
        setattr(partner, name, clean(value, field.max_length, name))
    clean_row(partner, *PAGE, *IDENTITY)
    if "language" in values:
        one_of(partner.language, list(NAMES), "language")
    if partner.website and not is_web_address(partner.website):
        words = _("Write an address of the open web, like https://www.example.org/course.")
        raise Refused(words, "website")
    refuse_number(partner)


def free_slug(partner: Partner) -> str:
    """The word for a new organisation's address."""
    word = slugify(partner.name)[:50].strip("-") or "partner"
    short = word[: 59 - 32]
    words = [word, f"{word}-{partner.key.hex[-8:]}", f"{short}-{partner.key.hex}"]
    taken = set(Partner.objects.filter(slug__in=words).values_list("slug", flat=True))
    return next(one for one in words if one not in RESERVED | taken)


def lock_partner(partner: Partner) -> Partner:
    """An organisation with its hub, locked until the transaction ends."""
    rows = Partner.objects.select_for_update(of=("self",)).select_related("hub")
    return rows.get(pk=partner.pk)


@transaction.atomic
def change_partner(
    *,
    member: Member,
    partner: Partner,
    topics: list[Topic] | None = None,
    now: datetime | None = None,
    **values: str,
) -> Partner:
    """Change what an organisation says on its page. Its name, kind and number are its own to
    change until the hub has said yes; after that `ask_identity` asks the hub.

    Another e-mail has to be confirmed anew: a code goes to it. The hub is told, if it relied on
    the old one.
    """
    row = lock_partner(partner)
    refuse_unless_running(member, row)
    if set(values) - {*PAGE, *IDENTITY}:
        raise TypeError(f"No field of a partner: {set(values) - {*PAGE, *IDENTITY}}")
    before = {name: getattr(row, name) for name in (*PAGE, *IDENTITY)}
    fill(row, values)
    changed = {name for name in before if getattr(row, name) != before[name]}
    if changed & set(OWN) and not may_name(member, row):
        raise Refused(_("The hub has to say yes to another name, kind or number."))
    if "email" in changed:
        row.email_confirmed_at = None
    if changed:
        store(row, [*changed, "email_confirmed_at"])
    if topics is not None:
        row.topics.set(topics)
    now = now or timezone.now()
    if "name" in changed:
        owe_index(row, now)
    if "email" in changed:
        mail_changed(row, now)
    return row


def mail_changed(partner: Partner, now: datetime) -> None:
    """Send a code to a new address. If mail was the proof, the hub is told."""
    send_code(partner, now)
    if partner.proof == Partner.Proof.DOMAIN:
        key = f"partner:{partner.pk}:email:{now:%Y%m%d%H%M%S}"
        tell_hub(partner, key, partial(mail_words, partner), now)


def mail_words(partner: Partner) -> str:
    """That an organisation has another e-mail."""
    return _("%(partner)s has another e-mail. Its old one was your proof: please check again.") % {
        "partner": partner.name
    }


def refuse_unless_running(member: Member, partner: Partner) -> None:
    """Only who runs an organisation goes on."""
    if not may_run(member, partner):
        raise Refused(_("Only people who run this organisation can do this."))


def send_code(partner: Partner, now: datetime) -> bool:
    """Send the code of the day to an organisation's address, if there is one that is not
    confirmed. Says whether a mail goes now."""
    if not partner.email or partner.email_confirmed_at is not None:
        return False
    day = today_of(partner.hub, now)
    code = codes.email_code(settings.SECRET_KEY, partner.pk, partner.email, day)
    return emails.owe_email_code(partner, code, day)


@transaction.atomic
def send_email_code(*, member: Member, partner: Partner, now: datetime | None = None) -> bool:
    """Send the code to the organisation's address, once a day. Says whether a mail goes now: none
    does when that of the day has gone, or when the address is confirmed. Refuses whoever does not
    run the organisation, and one without an address."""
    row = lock_partner(partner)
    refuse_unless_running(member, row)
    if not row.email:
        raise Refused(_("Write the e-mail of your organisation first."), "email")
    return send_code(row, now or timezone.now())


def host_of(address: str) -> str:
    """The host of an address on the web."""
    return urlsplit(address).hostname or ""
