"""Runs beside a measured site with its settings: `python -m tests.bench.helper`."""

import json
import sys
from typing import Any

import django


def answer(order: dict[str, Any]) -> Any:
    """Do one order."""
    from content import version

    if order["do"] == "bump":
        return version.bump()
    from members.models import Member

    names = {number: f"{order['kind']}-{number}" for number in order["numbers"]}
    people = {
        person.username: person for person in Member.objects.filter(username__in=names.values())
    }
    return {number: session_for(people[name]) for number, name in names.items()}


def session_for(member: Any) -> str:
    """A new session in which a member is signed in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from members.sessions import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(member.pk)
    store[BACKEND_SESSION_KEY] = "members.backends.Backend"
    store[HASH_SESSION_KEY] = member.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def main() -> None:
    """Answer orders line by line until the input ends."""
    django.setup()
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
