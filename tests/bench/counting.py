"""Counts the statements of each request, without those that only open and close transactions."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE SAVEPOINT")
HEADER = "X-SQL-Count"


class CountMiddleware:
    """Writes the number of statements into a header of the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        counter = Counter()
        with connection.execute_wrapper(counter):
            response = self.get_response(request)
            if response.streaming:
                response.streaming_content = iter(list(response.streaming_content))
        response[HEADER] = str(counter.count)
        # The door holds answers with their headers: a count belongs to one request.
        vars(response)["weft_shareable"] = False
        return response


class Counter:
    """Sees every statement before it runs."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        self.count += not sql.startswith(FRAME)
        return execute(sql, *rest)
