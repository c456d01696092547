"""What is wrong with the text of an offer, in a sentence beside each field. Pure.

`partners.offering` says what `values` are.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from .reach import PORTS, is_name

Values = Mapping[str, Any]

LONGEST = timedelta(days=6 * 366)
# A note on help with money; all but the last are needed once one is there.
SUPPORT = (
    *("support_kind", "support_who", "support_what", "support_how", "support_until_on"),
    *("support_seen_by", "support_left"),
)
MOST_SEATS, MOST_HOURS, OLDEST = 100_000, 80, 120
MOST_AMOUNT = Decimal("9999999.99")


def problems(values: Values, today: date) -> dict[str, str]:
    """What is wrong with what is there, in a sentence beside each field."""
    return {
        **day_problems(values, today),
        **dates_problem(values, today),
        **cost_problems(values),
        **way_problems(values),
        **number_problems(values),
        **hub_problem(values),
        **support_problems(values, today),
    }


def day_problems(values: Values, today: date) -> dict[str, str]:
    """Days that are over, out of order, too far away or too long ago. For any time, those of the
    course are out of force."""
    if values["is_any_time"]:
        values = {**values, "from_on": None, "to_on": None}
    first, last, until = values["from_on"], values["to_on"], values["deadline_on"]
    found = {}
    if last and not first:
        found["from_on"] = _("Write the first day too.")
    if first and last and last < first:
        found["to_on"] = _("The last day is before the first day.")
    elif is_over(values, today):
        found["to_on" if last else "from_on"] = _("This day is over. Write one to come.")
    if until and until < today:
        found["deadline_on"] = _("This day is over. Write one to come.")
    elif until and first and until > last_day(values):
        found["deadline_on"] = _("This is after the last day.")
    for name in ("from_on", "to_on", "deadline_on"):
        if values[name] and values[name] > today + LONGEST:
            found.setdefault(name, _("This is too far away. Write a day in the next six years."))
    if first and is_long_ago(first, today):
        found.setdefault("from_on", long_ago())
    return found


def is_long_ago(day: date, today: date) -> bool:
    """Whether a first day is so long ago that its year must be wrong."""
    return day < today - LONGEST


def long_ago() -> str:
    """The sentence for such a day."""
    return _("This is too long ago. Please look at the year.")


def is_over(values: Values, today: date) -> bool:
    """Whether all days of an offer that has days are over."""
    has_days = bool(values["from_on"]) and not values["is_any_time"]
    return has_days and last_day(values) < today


def last_day(values: Values) -> date:
    """The last of all days of an offer that has days."""
    days: list[date] = [values["to_on"] or values["from_on"]]
    days += [one["until_on"] or one["on"] for one in values["dates"]]
    return max(days)


def dates_problem(values: Values, today: date) -> dict[str, str]:
    """More dates that are out of order, too far away or too long ago."""
    for one in () if values["is_any_time"] else values["dates"]:
        if one["until_on"] and one["until_on"] < one["on"]:
            return {"dates": _("The last day is before the first day.")}
        if (one["until_on"] or one["on"]) > today + LONGEST:
            return {"dates": _("This is too far away. Write a day in the next six years.")}
        if is_long_ago(one["on"], today):
            return {"dates": long_ago()}
    return {}


def cost_problems(values: Values) -> dict[str, str]:
    """A price that cannot be."""
    amount, found = values["amount"], {}
    if amount is not None and not (amount.is_finite() and 0 <= amount <= MOST_AMOUNT):
        found["amount"] = _("Write the price as a number, 0 or more.")
    elif amount and values["cost"] == "free":
        found["amount"] = _("It is free, so leave the price empty.")
    elif amount == 0 and values["cost"] == "amount":
        found["amount"] = _("If it costs nothing, choose “Free”.")
    currency = values["currency"]
    if currency and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        found["currency"] = _("Write the currency with three letters, like EUR or GBP.")
    return found


def way_problems(values: Values) -> dict[str, str]:
    """Addresses that are none."""
    found = {}
    if values["apply_link"] and not is_web_address(values["apply_link"]):
        found["apply_link"] = _(
            "Write an address of the open web, like https://www.example.org/course."
        )
    if values["apply_mail"] and not is_mail(values["apply_mail"]):
        found["apply_mail"] = _("Write a full e-mail address, like name@example.org.")
    return found


def is_web_address(text: str) -> bool:
    """Whether a text is an address on the web: http or https, a name with a dot and no number, no
    password."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        is_plain = parts.username is None and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    is_clean = text.isprintable() and not any(letter in text for letter in ' <>"\\^`{|}')
    return parts.scheme in PORTS and is_name(as_ascii(host)) and is_plain and is_clean


def as_ascii(host: str) -> str:
    """A name as it is asked for; one in other letters is written with those of English."""
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return ""


def is_mail(text: str) -> bool:
    """Whether a text is an e-mail address."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def number_problems(values: Values) -> dict[str, str]:
    """Numbers that cannot be."""
    found = {
        name: _("Write a number from %(least)s to %(most)s.") % {"least": least, "most": most}
        for name, least, most in (
            ("hours_week", 1, MOST_HOURS),
            ("seats", 1, MOST_SEATS),
            ("member_seats", 0, MOST_SEATS),
            ("age_from", 0, OLDEST),
            ("age_to", 0, OLDEST),
        )
        if values[name] is not None and not least <= values[name] <= most
    }
    if is_more(values["member_seats"], values["seats"]):
        found.setdefault("member_seats", _("There cannot be more seats for members than seats."))
    if is_more(values["age_from"], values["age_to"]):
        found.setdefault("age_to", _("The second age is lower than the first one."))
    return found


def hub_problem(values: Values) -> dict[str, str]:
    """An offer that is for no hub at all."""
    if values["is_for_all_hubs"] or values["hubs"]:
        return {}
    return {"hubs": _("Choose one hub or more, or all hubs.")}


def support_problems(values: Values, today: date) -> dict[str, str]:
    """A note on help with money of which a part is missing, or whose last day cannot be."""
    if not any(values[name] for name in SUPPORT):
        return {}
    words = _("Say this too, or leave all of the note on help with money empty.")
    found = {name: words for name in SUPPORT[:-1] if not values[name]}
    until = values["support_until_on"]
    if until and until < today:
        found["support_until_on"] = _("This day is over. Write one to come.")
    elif until and until > today + LONGEST:
        found["support_until_on"] = _("This is too far away. Write a day in the next six years.")
    return found


def is_more(one: int | None, other: int | None) -> bool:
    """Whether both numbers are there and the first is higher."""
    return one is not None and other is not None and one > other
