"""The secret address of a calendar feed."""

import pytest

from mentorship import actions
from mentorship.models import CalendarKey
from tests.desk_parts import make_member
from tests.mentorship.pair_parts import NOW

pytestmark = pytest.mark.django_db


def test_a_key_is_made_once() -> None:
    member, other = make_member("mara"), make_member("lea")
    key = actions.calendar_key(member=member, now=NOW)
    assert actions.calendar_key(member=member) == key
    assert (len(key.token), key.made_at) == (43, NOW)
    assert actions.calendar_key(member=other).token != key.token


def test_a_new_key_ends_the_old_one() -> None:
    member = make_member("mara")
    old = actions.calendar_key(member=member).token
    new = actions.new_calendar_key(member=member, now=NOW)
    assert new.token != old
    assert CalendarKey.objects.get().token == new.token


def test_a_key_is_dropped_once() -> None:
    member, other = make_member("mara"), make_member("lea")
    actions.calendar_key(member=member)
    actions.calendar_key(member=other)
    assert actions.drop_calendar_key(member=member) is True
    assert actions.drop_calendar_key(member=member) is False
    assert CalendarKey.objects.get().member == other
