"""Forms that no page of the CMS sends: 400 in words, where Wagtail would break.

Wagtail reads the numbers, kinds and rich text of a StreamField as its own script wrote them. What
fails while a form is being read has changed nothing yet.
"""

import json
import logging
from collections.abc import Callable
from functools import wraps
from traceback import walk_tb
from typing import Any, NoReturn

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]
READING = {"value_from_datadict"}
log = logging.getLogger("security")


def refuse_malformed(view: View) -> View:
    """Refuse a form that cannot be read. Every other error stays one."""

    @wraps(view)
    def read(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not all(is_readable(str(value)) for _name, value in request.POST.items()):
            refuse(request)
        try:
            return view(request, *args, **kwargs)
        except Exception as error:
            if request.method != "POST" or not broke_while_reading(error):
                raise
            refuse(request)

    return read


def refuse(request: HttpRequest) -> NoReturn:
    """400, and a line in the log."""
    facts = {"event": "form_refused", "member": request.user.pk}
    log.warning("form_refused", extra={"facts": facts}, exc_info=True)
    raise BadRequest("The form cannot be read.")


def is_readable(value: str) -> bool:
    """Whether what may be rich text has whole signs only, and names things by number."""
    if not value.startswith("{"):
        return True
    try:
        found = json.loads(value)
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    except (ValueError, RecursionError):
        return True
    return all(str(number).isdecimal() for number in numbers_in(found))


def numbers_in(found: dict[str, Any]) -> list[Any]:
    """The numbers of pages, pictures and files that rich text points at."""
    entities = found.get("entityMap")
    parts = entities.values() if isinstance(entities, dict) else []
    data = [part.get("data") for part in parts if isinstance(part, dict)]
    named = [one.get("id") for one in data if isinstance(one, dict)]
    return [number for number in named if number is not None]


def broke_while_reading(error: Exception) -> bool:
    """Whether a form was being read when this happened."""
    return any(frame.f_code.co_name in READING for frame, _line in walk_tb(error.__traceback__))
