"""What the clock owes all content."""

from datetime import datetime

from django.db import connection

from . import version

DAY = "database-day"
# How many rows of an index SQLite looks at: enough to choose a way, and quick at any size.
ROWS = 1000


def count_rows(now: datetime) -> str:
    """Once a day: let SQLite count its rows, so that it chooses the quick way, as PostgreSQL does
    by itself. Without it a search by words looks at each entry of the index."""
    today = now.date().isoformat()
    if connection.vendor != "sqlite" or version.get(DAY) == today:
        return "nothing new"
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {ROWS}")
        cursor.execute("ANALYZE")
    version.put(DAY, today)
    return today
