"""How much one member sets off: mails to people outside and new organisations in a day, and tries
at a code."""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext as _

from members.errors import Refused
from members.models import Member
from members.views.answers import MemberRequest


def limit_mails(request: MemberRequest) -> None:
    """One more mail to somebody outside. Refuses it when it was enough for a day."""
    limit(request, request.user, "partner_mail")


def limit_applications(request: HttpRequest, member: Member) -> None:
    """One more organisation, with a mail to its address. Refuses it when it was enough for a
    day."""
    limit(request, member, "partner_apply")


def limit_tries(request: MemberRequest) -> None:
    """One more try at the code of an address. Refuses it when there were too many."""
    too_many = get_adapter().error_messages["too_many_login_attempts"]
    limit(request, request.user, "partner_code", str(too_many), "code")


def limit(
    request: HttpRequest, member: Member, action: str, words: str = "", field: str = ""
) -> None:
    """Count one more; `ACCOUNT_RATE_LIMITS` says how many there may be."""
    enough = _("That is as much as one person can send in a day. Please come back tomorrow.")
    if not ratelimit.consume(request, action=action, user=member):
        raise Refused(words or enough, field)
