"""Statements of the ORM that run at every page view: written once, then only run.

Writing a statement costs the ORM ten times what the database takes to answer it. The model
instances that come back are the same as ever. PostgreSQL plans such a statement once for each
connection and then only runs it; planning takes as long as running.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

R = TypeVar("R")
# PostgreSQL: how often a statement runs before its plan is kept, and how many are kept.
RUNS_BEFORE_A_PLAN, MOST_PLANS = 2, 300
Value = int | str | uuid.UUID | date | datetime


@dataclass(frozen=True)
class Written:
    """A statement as one connection runs it; `places` says which value each parameter is."""

    rows: Any
    compiler: SQLCompiler
    sql: str
    parameters: tuple[Any, ...]
    places: tuple[int | None, ...]


class Statement(Generic[R]):
    """Rows of a model by some values: instances, or what `values_list` and `values` name.

    `make` builds the queryset out of the values and must use each of them as it is. `samples` are
    values of the same kinds that stand nowhere else in the statement.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, R]], *samples: Value) -> None:
        self.make, self.samples = make, samples
        self.written: WeakKeyDictionary[Any, Written] = WeakKeyDictionary()

    def all(self, *values: Value) -> list[R]:
        """The rows."""
        found = self.written.get(here()) or self.write()
        given = [as_parameter(value) for value in values]
        parameters = tuple(
            fixed if place is None else given[place]
            for fixed, place in zip(found.parameters, found.places, strict=True)
        )
        found.compiler.as_sql = lambda *args, **kwargs: (found.sql, parameters)  # type: ignore[method-assign]
        with prepared():
            return list(found.rows._iterable_class(found.rows))

    def first(self, *values: Value) -> R | None:
        """The first row; None when there is none."""
        return next(iter(self.all(*values)), None)

    def write(self) -> Written:
        """Let the ORM write the statement for this thread's connection."""
        rows = self.make(*self.samples)
        compiler = rows.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        samples = [as_parameter(sample) for sample in self.samples]
        places = tuple(samples.index(one) if one in samples else None for one in parameters)
        assert set(places) >= set(range(len(samples))), "A value does not reach the statement."
        converters = compiler.get_converters(one[0] for one in compiler.select)
        compiler.get_converters = lambda expressions: converters
        rows.query.get_compiler = lambda *args, **kwargs: compiler  # type: ignore[method-assign]
        self.written[here()] = found = Written(rows, compiler, sql, tuple(parameters), places)
        return found


@contextmanager
def prepared() -> Iterator[None]:
    """What runs inside is planned once for each connection, where that is PostgreSQL."""
    if connection.vendor != "postgresql":
        yield
        return
    from django.db.backends.postgresql.base import ServerBindingCursor

    connection.ensure_connection()
    real: Any = connection.connection
    usual, real.cursor_factory = real.cursor_factory, ServerBindingCursor
    real.prepare_threshold, real.prepared_max = RUNS_BEFORE_A_PLAN, MOST_PLANS
    try:
        yield
    finally:
        real.cursor_factory = usual


def here() -> Any:
    """The connection of this thread."""
    return connection._connections[connection._alias]  # type: ignore[attr-defined]


def as_parameter(value: Value) -> Any:
    """A value as the driver of this database takes it."""
    if type(value) is int and connection.vendor == "postgresql":
        return eight_bytes(value)
    if isinstance(value, uuid.UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def eight_bytes(value: int) -> int:
    """A number that PostgreSQL always takes for the same type: else each length of number would be
    a statement of its own."""
    from psycopg.types.numeric import Int8

    return Int8(value)
