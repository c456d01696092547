"""What the clock owes all content."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from content import jobs
from hub import clock

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def test_sqlite_counts_its_rows_once_a_day() -> None:
    assert jobs.count_rows in list(clock.jobs())
    gave = [jobs.count_rows(NOON + timedelta(hours=hours)) for hours in (0, 1, 12)]
    if connection.vendor != "sqlite":
        assert gave == ["nothing new"] * 3
        return
    assert gave == ["2026-05-04", "nothing new", "2026-05-05"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) > 0 FROM sqlite_stat1")
        assert cursor.fetchone() == (1,)
