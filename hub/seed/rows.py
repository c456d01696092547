"""Many rows into one table, past the ORM: as values that the database takes as they are."""

from collections.abc import Iterable
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max, Model

Values = list[Any]


def columns(model: type[Model]) -> list[str]:
    """The columns of a table, in the order in which `values_of` gives their values."""
    return [str(field.column) for field in model._meta.concrete_fields]


def values_of(row: Model) -> Values:
    """The values of a row as the database takes them."""
    return [
        field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in row._meta.concrete_fields
    ]


def value_of(model: type[Model], name: str, value: object) -> Any:
    """One value as the database takes it for a field."""
    return model._meta.get_field(name).get_db_prep_save(value, connection)  # type: ignore[union-attr]


def next_id(model: type[Model]) -> int:
    """The number after the highest one that a table has."""
    return 1 + (model._default_manager.aggregate(top=Max("pk"))["top"] or 0)


def insert(model: type[Model], rows: list[Values]) -> None:
    """Add rows to a table: COPY on PostgreSQL, one prepared statement on SQLite."""
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(name) for name in columns(model))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns(model)))
            sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - names of ours
            cursor.executemany(sql, rows)


def count_on(models: Iterable[type[Model]]) -> None:
    """Let the database number new rows after those that were added with numbers."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(sql)
