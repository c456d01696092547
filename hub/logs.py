"""Logs as one JSON object a line, each with the id of its request and without private words."""

import json
import logging
import re
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
KEPT_ID = "weft.request_id"  # where a request keeps its id when the answer has left the middleware

# The password of a server; an e-mail address; what follows a question mark; keys and codes that
# are part of an address.
PRIVATE = (
    (re.compile(r"(?<=://)[^\s/@\"']+@"), "<password>@"),
    (re.compile(r"[\w.+%-]+@[\w-]+(\.[\w-]+)+"), "<e-mail>"),
    (re.compile(r"(?<=[\w/.])\?[^\s\"'<>]+"), "?…"),
    (re.compile(r"(/(?:accounts|certificates)/)[^\s\"'<>?]+"), r"\1…"),
)


def without_private(text: str) -> str:
    """A text without e-mail addresses, queries, passwords of servers, and codes in addresses."""
    for pattern, instead in PRIVATE:
        text = pattern.sub(instead, text)
    return text


def kept_id(record: logging.LogRecord) -> str:
    """The id of the request that a line is about: Django tells of a 404 when all is over."""
    return getattr(getattr(record, "request", None), "META", {}).get(KEPT_ID, "")


class JsonFormatter(logging.Formatter):
    """Formats a record as JSON: time, level, logger, request id, words, facts, the error if any.

    `logger.info("…", extra={"facts": {…}})` adds facts to the line.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "request": request_id.get() or kept_id(record),
            "words": without_private(record.getMessage()),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["error"] = without_private(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
