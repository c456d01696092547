"""The number of an organisation (of a charity, a company, …): one organisation has it."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from members.errors import Refused
from partners.models import Partner


def refuse_number(partner: Partner) -> None:
    """Refuse half a number, and one that another organisation has."""
    if bool(partner.scheme) != bool(partner.number):
        raise Refused(
            _("Choose the kind of number, and write the number."),
            "number" if partner.scheme else "scheme",
        )
    others = Partner.objects.exclude(pk=partner.pk).exclude(state__in=("declined", "left"))
    if partner.number and others.filter(scheme=partner.scheme, number=partner.number).exists():
        raise number_taken()


def store(partner: Partner, fields: Iterable[str] | None = None) -> None:
    """Store an organisation, all of it or some fields. Refuses a number that another one has got
    since it was looked at."""
    try:
        with transaction.atomic():
            partner.save(update_fields=fields)
    except IntegrityError:
        if not partner.number:
            raise
        raise number_taken() from None


def number_taken() -> Refused:
    """Why a number is refused."""
    words = _("An organisation with this number is here already. Ask its people to invite you.")
    return Refused(words, "number")
