"""A member tells a hub of an organisation; the hub invites it to apply, or says not now. It also
invites one that nobody told it of."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.errors import Refused
from members.models import Hub, Member
from partners import emails
from partners.models import PartnerSuggestion
from partners.queries.drafts import today_of
from partners.rules import may_apply, may_review

from .colleagues import clean_email
from .telling import hub_address, reviewers, tell
from .words import clean_length, clean_words

MOST_A_DAY = 3
DAY = timedelta(days=1)


@transaction.atomic
def suggest_partner(
    *,
    member: Member,
    hub: Hub,
    key: uuid.UUID,
    name: str,
    place: str = "",
    words: str = "",
    now: datetime | None = None,
) -> PartnerSuggestion:
    """Tell a hub of an organisation that it could ask. One key of a member makes one suggestion;
    three are enough for a day."""
    if not may_apply(member):
        raise Refused(_("Your account is off, so you cannot do this."))
    now = now or timezone.now()
    values = {
        "name": clean_words(name, 120, "name"),
        "place": clean_length(place, 200, "place"),
        "words": clean_length(words, 500),
    }
    own = uuid.uuid5(key, str(member.pk))
    Member.objects.select_for_update().get(pk=member.pk)
    found = PartnerSuggestion.objects.filter(key=own).first()
    if found is not None:
        return found
    refuse_many(member, hub, now)
    row = PartnerSuggestion.objects.create(key=own, member=member, hub=hub, made_at=now, **values)
    tell_suggested(row, now)
    return row


def refuse_many(member: Member, hub: Hub, now: datetime) -> None:
    """Refuse more than a hub can read of one member on a day."""
    rows = PartnerSuggestion.objects.filter(member=member, made_at__gt=now - DAY)
    today = today_of(hub, now)
    if sum(today_of(hub, row.made_at) == today for row in rows) >= MOST_A_DAY:
        raise Refused(_("Thank you, that is enough for today. Come back tomorrow."))


def tell_suggested(row: PartnerSuggestion, now: datetime) -> None:
    """Tell the hub's people of a suggestion."""
    others = [one for one in reviewers(row.hub) if one.pk != row.member_id]
    key = f"partner-suggestion:{row.pk}"
    tell(others, key, partial(suggested_words, row), partial(hub_address, row.hub), now)


def suggested_words(row: PartnerSuggestion) -> str:
    """That a member suggests an organisation."""
    return _("A member suggests a partner: %(name)s.") % {"name": row.name}


@transaction.atomic
def settle_suggestion(
    *,
    member: Member,
    suggestion: PartnerSuggestion,
    answer: str = "",
    now: datetime | None = None,
) -> PartnerSuggestion:
    """Note what became of a suggestion, and tell who made it."""
    found = lock_suggestion(member, suggestion)
    words = clean_length(answer, 300, "answer")
    return settle(found, words, partial(settled_words, found), now or timezone.now())


@transaction.atomic
def invite_to_apply(
    *,
    member: Member,
    suggestion: PartnerSuggestion,
    email: str,
    now: datetime | None = None,
) -> PartnerSuggestion:
    """Ask an organisation that a member suggested to apply: one mail goes to the address, which
    is not stored with the suggestion. Who suggested it is told."""
    found = lock_suggestion(member, suggestion)
    to = clean_email(email)
    if found.settled_at is None:
        emails.owe_suggested(found, to)
    return settle(found, "", partial(invited_words, found), now or timezone.now())


@transaction.atomic
def invite_organisation(*, member: Member, hub: Hub, name: str, email: str) -> bool:
    """Ask an organisation that a hub would like to have to apply: one mail goes to the address,
    and its link brings the hub and the name along. Nothing of it is stored here. Says whether a
    mail goes now: none does where one of this hub went lately.

    Refuses whoever does not look after the hub's partners; beside the field, a name that is
    missing or too long, and what is no address.
    """
    refuse_unless_reviewing(member, hub)
    return emails.owe_wanted(hub, clean_words(name, 120, "name"), clean_email(email))


def refuse_unless_reviewing(member: Member, hub: Hub) -> None:
    """Only who looks after a hub's partners goes on."""
    if not may_review(member, hub):
        raise Refused(_("Only people who look after the partners of this hub can do this."))


def lock_suggestion(member: Member, suggestion: PartnerSuggestion) -> PartnerSuggestion:
    """A suggestion, locked. Refuses whoever does not look after the hub's partners."""
    rows = PartnerSuggestion.objects.select_for_update(of=("self",)).select_related("hub")
    found = rows.get(pk=suggestion.pk)
    refuse_unless_reviewing(member, found.hub)
    return found


def settle(
    row: PartnerSuggestion, answer: str, words: Callable[[], str], now: datetime
) -> PartnerSuggestion:
    """Write once what became of a locked suggestion, and tell who made it."""
    if row.settled_at is None:
        row.settled_at, row.answer = now, answer
        row.save(update_fields=["settled_at", "answer"])
        told = [row.member] if row.member else []
        tell(told, f"partner-suggestion:{row.pk}:settled", words, str, now)
    return row


def settled_words(row: PartnerSuggestion) -> str:
    """What became of a suggestion."""
    words = _("Thank you for telling us of %(name)s.") % {"name": row.name}
    return f"{words} {row.answer}".strip()


def invited_words(row: PartnerSuggestion) -> str:
    """That the hub has asked an organisation."""
    return _("Thank you for telling us of %(name)s. %(hub)s has asked them to come.") % {
        "name": row.name,
        "hub": row.hub.name,
    }
