"""The page of a pair for tests: where it is, who looks at it, what is sent from it."""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.actions import give_consent
from mentorship.models import MentorAsk
from tests import desk_parts
from tests.mentorship.pair_parts import DAY, Pair, make_pair


def new_pair(state: str = "active", ago: int = 1, **values: Any) -> Pair:
    return make_pair(state, at=timezone.now() - ago * DAY, **values)


def url(pair: Pair, name: str = "mentorship:pair", *more: object) -> str:
    full = name if ":" in name else f"mentorship:{name}"
    return reverse(full, args=[pair.pairing.pk, *more])


def reader_of(signed_in: Callable[..., Client]) -> Callable[..., str]:
    """The page as one person sees it."""

    def read(pair: Pair, who: str, status: int = 200, query: str = "") -> str:
        response = signed_in(getattr(pair, who)).get(url(pair) + query)
        assert response.status_code == status
        return response.content.decode()

    return read


def sender_of(signed_in: Callable[..., Client]) -> Callable[..., HttpResponse]:
    """What one person sends."""

    def send(pair: Pair, who: str, name: str, *more: object, **data: Any) -> HttpResponse:
        return signed_in(getattr(pair, who)).post(url(pair, name, *more), data)

    return send


def plain(page: str) -> str:
    """The words of a page in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


def with_course(pair: Pair, *, shares: bool = True) -> None:
    """The ask is about a course in which the mentee has done two of three lessons."""
    course = desk_parts.make_course(pair.hub)
    desk_parts.make_enrolment(pair.mentee, course, pair.hub, done=2)
    MentorAsk.objects.update(course=course, shares_progress=shares)
    give_consent(member=pair.mentee, kind="mentor-progress", wording="Yes.")


def sender_to(signed_in: Callable[..., Client]) -> Callable[..., HttpResponse]:
    """What one person sends to one address."""

    def send(person: Any, address: str, **data: Any) -> HttpResponse:
        return signed_in(person).post(address, data)

    return send
