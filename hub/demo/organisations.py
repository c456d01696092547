"""Organisations of the demo community: how each came, who acts for it, what it agreed, what it has
sent; and those that members suggest."""

import csv
import io
import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import override

from content.models import Topic
from courses import queries
from members.models import Hub, HubRole, Member
from partners import actions, codes
from partners.models import Partner, PartnerInvitation

from .courses import SPACE, key_of
from .days import Days

Row = dict[str, Any]
Event = tuple[datetime, Any]
MORNING, NOON = "09:30", "12:00"


def key_for(row: Row) -> uuid.UUID:
    """The key of a partner of the file: always the same."""
    return uuid.uuid5(SPACE, f"partner/{row['slug']}")


def member_of(username: str) -> Member:
    """Somebody of the demo."""
    return Member.objects.get(username=username)


def staff_of(hub: Hub, *, but: Member | None = None) -> Member:
    """Who reads what partners of a hub send: its reviewer if it has one, never the one named."""
    rows = HubRole.objects.filter(hub=hub, role__in=["reviewer", "coordinator"])
    rows = rows.select_related("member").order_by("-role", "pk")
    return (rows.exclude(member=but) if but else rows)[0].member


class PartnerStory:
    """How a partner came, what stands on its page, and what it agreed with its hub."""

    def __init__(self, row: Row, now: datetime) -> None:
        self.row = row
        self.hub = Hub.objects.get(slug=row["hub"])
        self.days = Days(now, self.hub.time_zone)

    def events(self) -> Iterator[Event]:
        """What happened, with its moments."""
        row = self.row
        yield self.days.moment(row["ago"], MORNING), self.come
        if "proof" in row:
            yield self.days.moment(row["proof"]["ago"], NOON), self.let_in
        for person in row.get("with", []):
            yield self.days.moment(person["ago"], NOON), self.joined(person)
        for agreed in row.get("agreements", []):
            yield self.days.moment(agreed["ago"], NOON), self.agreed(agreed)
        for person in row.get("invited", []):
            yield self.days.moment(person["ago"], NOON), self.invited(person)
        for table in row.get("tables", []):
            yield self.days.moment(table["ago"], NOON), self.sent(table)

    def partner(self) -> Partner:
        """The partner, as it is now."""
        return Partner.objects.select_related("hub").get(key=key_for(self.row))

    def runs(self) -> Member:
        """Who runs it: its own person, or the hub's while it keeps it."""
        return member_of(self.row.get("who") or self.row["kept_by"])

    def come(self, now: datetime) -> None:
        """Apply, or be entered by the hub; then say who they are."""
        row, member = self.row, self.runs()
        names = ("name", "kind", "place", "website", "email", "scheme", "number")
        facts: Row = {name: row.get(name, "") for name in names}
        facts |= {"member": member, "key": key_for(row), "hub": self.hub, "now": now}
        with override(row.get("language", "en")):
            if "kept_by" in row:
                partner = actions.enter_partner(**facts, words=row["words"])
            else:
                partner = actions.apply_partner(**facts)
        page = dict(row.get("page", {}))
        topics = list(Topic.objects.filter(slug__in=page.pop("topics", [])))
        if page:
            actions.change_partner(member=member, partner=partner, topics=topics, **page)

    def let_in(self, now: datetime) -> None:
        """The hub has seen a proof and says yes."""
        staff, proof = staff_of(self.hub), self.row["proof"]
        facts: Row = {"member": staff, "partner": self.partner(), "now": now}
        actions.prove_partner(**facts, proof=proof["kind"], words=proof["words"])
        actions.approve_partner(**facts)

    def joined(self, person: Row) -> Any:
        """Somebody comes by invitation."""

        def act(now: datetime) -> None:
            member = member_of(person["who"])
            email = f"{person['who']}@{self.row['website'].partition('//')[2]}"
            facts: Row = {"partner": self.partner(), "email": email, "role": person["role"]}
            _row, code = actions.invite_colleague(member=self.runs(), **facts, now=now)
            actions.accept_invitation(member=member, code=code, now=now)

        return act

    def agreed(self, row: Row) -> Any:
        """What was agreed; where the file says so, the hub has confirmed it."""

        def act(now: datetime) -> None:
            course = queries.course_row(key_of(row["course"]).hex) if "course" in row else None
            facts: Row = {"kind": row["kind"], "words": row["words"], "course": course, "now": now}
            found = actions.propose_agreement(
                member=self.runs(), partner=self.partner(), hub=self.hub, **facts
            )
            if "confirmed" in row:
                at = self.days.moment(row["confirmed"], NOON)
                actions.confirm_agreement(member=staff_of(self.hub), agreement=found, now=at)

        return act

    def invited(self, person: Row) -> Any:
        """Somebody is invited and has not come yet. The code is known, as all of the demo is."""

        def act(now: datetime) -> None:
            facts: Row = {"email": person["email"], "role": person["role"], "now": now}
            found, _code = actions.invite_colleague(
                member=self.runs(), partner=self.partner(), **facts
            )
            digest = codes.digest(person["code"])
            PartnerInvitation.objects.filter(pk=found.pk).update(digest=digest)

        return act

    def sent(self, table: Row) -> Any:
        """A table of offers came in and is checked; nobody has gone on with it yet."""

        def act(now: datetime) -> None:
            key = uuid.uuid5(SPACE, f"table/{self.row['slug']}/{table['name']}")
            facts: Row = {"key": key, "name": table["name"], "data": csv_of(table["rows"])}
            found = actions.start_upload(
                member=member_of(table["who"]), partner=self.partner(), **facts, now=now
            )
            actions.check_upload(upload=found, now=now)

        return act


def csv_of(rows: list[Row]) -> bytes:
    """Rows of the file as the CSV file that a spreadsheet would write."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def suggestions(row: Row, now: datetime) -> Iterator[Event]:
    """A member tells a hub of an organisation."""
    hub = Hub.objects.get(slug=row["hub"])
    key = uuid.uuid5(SPACE, f"suggestion/{row['name']}")
    facts: Row = {name: row[name] for name in ("name", "place", "words")}

    def act(now: datetime) -> None:
        member = member_of(row["who"])
        actions.suggest_partner(member=member, hub=hub, key=key, **facts, now=now)

    yield Days(now, hub.time_zone).moment(row["ago"], NOON), act
