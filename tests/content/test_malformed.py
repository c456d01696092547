"""Which forms of the CMS cannot be read; every other error stays one."""

import json

import pytest
from django.core.exceptions import BadRequest
from django.http import HttpResponse

from content.viewsets.malformed import is_readable, refuse_malformed


def linked(number: object) -> str:
    return json.dumps({"blocks": [], "entityMap": {"0": {"data": {"id": number}}}})


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ("plain words", True),
        ("{ not JSON", True),
        ('{"text": "whole \\ud83d\\ude00"}', True),
        ('{"text": "half \\ud83d"}', False),
        ('{"text": "half \\udc00"}', False),
        ('{"entityMap": 1}', True),
        ('{"entityMap": {"0": 1, "1": {"data": 1}, "2": {"data": {}}}}', True),
        (linked(12), True),
        (linked("12"), True),
        (linked(None), True),
        (linked("x"), False),
        (linked("-1"), False),
        (linked([1]), False),
        ('{"a":' * 100_000, True),
    ],
)
def test_is_readable(value: str, fits: bool) -> None:
    assert is_readable(value) is fits


class Block:
    """Stands in the place of a block of Wagtail's."""

    def value_from_datadict(self, data: dict[str, str]) -> int:
        return int(data["count"])


def save(request) -> HttpResponse:
    Block().value_from_datadict(request.POST)
    raise LookupError("a fault of our own")


def test_what_breaks_while_a_form_is_read_is_refused(rf, admin_user) -> None:
    request = rf.post("/", {"count": "many"})
    request.user = admin_user
    with pytest.raises(BadRequest):
        refuse_malformed(save)(request)


def test_every_other_error_stays_one(rf, admin_user) -> None:
    request = rf.post("/", {"count": "1"})
    request.user = admin_user
    with pytest.raises(LookupError):
        refuse_malformed(save)(request)
