"""Sessions in the database, read by a statement that is written once."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from .statements import Statement

BY_KEY = Statement(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now),
    "sample",
    datetime(2000, 1, 1, tzinfo=UTC),
)


class SessionStore(db.SessionStore):
    """Django's own, with a quicker look-up."""

    def _get_session_from_db(self) -> Any:
        found = BY_KEY.first(self.session_key or "", timezone.now())
        if found is None:
            self._session_key = None
        return found
