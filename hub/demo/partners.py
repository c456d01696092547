"""Partners and their training offers in every state: told in the order of their days by the
actions that a browser would call."""

import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import yaml
from django.utils import timezone

from content.models import Level, Topic
from members.models import Hub, Member, OutboxRow
from partners import actions
from partners.models import Colleague, Interest, Offer, OfferDay, OfferReview, Partner

from . import files
from .community import place_person
from .courses import SPACE, key_of
from .days import Days
from .organisations import Event, PartnerStory, Row, key_for, member_of, staff_of, suggestions

EVENING = "18:00"
DAYS_OF = {
    "from_in": "from_on",
    "to_in": "to_on",
    "deadline_in": "deadline_on",
    "support_until_in": "support_until_on",
}
BESIDE = ("dates", "topic", "level", "after", "hubs", "amount", *DAYS_OF)


def load_partners(now: datetime | None = None) -> None:
    """Tell the whole file at once, unless it has been told before."""
    now = now or timezone.now()
    file = yaml.safe_load((files.FOLDER / "partners.yaml").read_text(encoding="utf-8"))
    if Partner.objects.filter(key=key_for(file["partners"][0])).exists():
        return
    before = OutboxRow.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    admin = Member.objects.filter(is_superuser=True).order_by("pk")[0]
    for person in file["people"]:
        place_person(admin, person)
    events = [event for row in file["partners"] for event in PartnerStory(row, now).events()]
    events += [event for row in file["offers"] for event in OfferStory(row, now).events()]
    events += [event for row in file["suggestions"] for event in suggestions(row, now)]
    for at, act in sorted(events, key=lambda event: event[0]):
        act(at)
    let_mails_be_past(before, now)


def let_mails_be_past(before: int, now: datetime) -> None:
    """What was written to people while the story was told has left long ago: nobody gets it now.
    `before` is the last row of the outbox that is older than the story."""
    rows = OutboxRow.objects.filter(pk__gt=before, effect="members.send_mail", done_at=None)
    rows.update(done_at=now)


class OfferStory:
    """One offer: its text, and what came of it. Each verb of the file is a method."""

    def __init__(self, row: Row, now: datetime) -> None:
        self.row, self.now = row, now
        self.key = uuid.uuid5(SPACE, f"offer/{row['partner']}/{row['text']['title']}")

    def events(self) -> Iterator[Event]:
        """What happened, with its moments. It is written on the evening before it is sent."""
        steps = sorted(self.row["days"], key=lambda step: -step["ago"])
        first = steps[0]["ago"] + 1 if steps else 3
        yield Days(self.now, "UTC").moment(first, EVENING), self.write
        for number, step in enumerate(self.row["days"]):
            yield (
                self.days().moment(step["ago"], f"{13 + number // 4}:{number % 4 * 15:02}"),
                (self.told(step)),
            )

    def days(self) -> Days:
        """Days by the clock of the world: the partner's hub is not there before it has come."""
        return Days(self.now, "UTC")

    def told(self, step: Row) -> Any:
        """One step of the story."""
        verb = getattr(self, step["do"])
        return lambda now: verb(step, now)

    # Who and what

    def partner(self) -> Partner:
        """The partner, as it is now."""
        key = key_for({"slug": self.row["partner"]})
        return Partner.objects.select_related("hub").get(key=key)

    def offer(self) -> Offer:
        """The offer, as it is now."""
        return Offer.objects.select_related("partner__hub").get(uuid=self.key)

    def writer(self) -> Member:
        """Who writes it: somebody of the partner, or of the hub that keeps it."""
        partner = self.partner()
        roles = [Colleague.Role.ADMIN, Colleague.Role.EDITOR]
        found = partner.colleagues.filter(role__in=roles).select_related("member").first()
        return found.member if found else staff_of(partner.hub)

    def review(self) -> OfferReview:
        """What waits for the hub."""
        return self.offer().reviews.waiting().select_related("offer__partner", "hub").get()

    def reader(self, step: Row) -> Member:
        """Who reads it for the hub: the one named, or who may."""
        return member_of(step["by"]) if "by" in step else staff_of(self.partner().hub)

    def values(self, text: Mapping[str, Any]) -> Row:
        """A text of the file as the fields of an offer."""
        days, found = self.days(), {k: v for k, v in text.items() if k not in BESIDE}
        found |= {DAYS_OF[k]: days.day(-v) for k, v in text.items() if k in DAYS_OF}
        for name, model in (("topic", Topic), ("level", Level)):
            if name in text:
                found[name] = model._default_manager.get(slug=text[name]).pk
        if "amount" in text:
            found["amount"] = Decimal(text["amount"])
        if "after" in text:
            found["after_course"] = key_of(text["after"])
        if "hubs" in text:
            hubs = Hub.objects.filter(slug__in=text["hubs"])
            found |= {"is_for_all_hubs": False, "hubs": sorted(hubs.values_list("pk", flat=True))}
        return found

    def dates(self) -> list[Row]:
        """Its more dates."""
        rows = self.row["text"].get("dates", [])
        day = self.days().day
        return [{"on": day(-row["in"]), "until_on": None, "place": row["place"]} for row in rows]

    # What happens

    def write(self, now: datetime) -> None:
        """Write the offer."""
        member, partner = self.writer(), self.partner()
        offer = actions.begin_offer(member=member, partner=partner, key=self.key, now=now)
        values = self.values(self.row["text"])
        actions.save_offer(member=member, offer=offer, values=values, dates=self.dates(), now=now)

    def change(self, step: Row, now: datetime) -> None:
        """Change some of it."""
        values = self.values(step["text"])
        actions.save_offer(member=self.writer(), offer=self.offer(), values=values, now=now)

    def send(self, step: Row, now: datetime) -> None:
        """Send it to the hub."""
        actions.send_offer(member=self.writer(), offer=self.offer(), now=now)

    def publish(self, step: Row, now: datetime) -> None:
        """The hub puts it on the site."""
        review = self.review()
        facts: Row = {"member": self.reader(step), "review": review, "now": now}
        actions.publish_offer(**facts, revision_id=review.revision_id)

    def ask(self, step: Row, now: datetime) -> None:
        """The hub asks for a change."""
        facts: Row = {"member": self.reader(step), "review": self.review(), "now": now}
        actions.ask_change(**facts, words=step["words"], notes=step["notes"])

    def decline(self, step: Row, now: datetime) -> None:
        """The hub says no."""
        facts: Row = {"member": self.reader(step), "review": self.review(), "now": now}
        actions.decline_offer(**facts, reason=step["reason"])

    def right(self, step: Row, now: datetime) -> None:
        """The partner says that it is still right."""
        actions.still_right(member=self.writer(), offer=self.offer(), now=now)

    def end(self, step: Row, now: datetime) -> None:
        """The partner ends it before its time."""
        actions.end_offer(member=self.writer(), offer=self.offer(), now=now)

    def save(self, step: Row, now: datetime) -> None:
        """A learner keeps it for later."""
        actions.save_for_later(member=member_of(step["who"]), offer=self.offer(), now=now)

    def interest(self, step: Row, now: datetime) -> None:
        """A learner applies."""
        member = member_of(step["who"])
        facts: Row = {"name": member.name, "contact": f"{step['who']}@people.example", "now": now}
        actions.send_interest(
            member=member, offer=self.offer(), message=step["message"], agrees=True, **facts
        )

    def move(self, step: Row, now: datetime) -> None:
        """The partner says how far it is with a learner."""
        found = Interest.objects.get(offer=self.offer(), member=member_of(step["who"]))
        actions.move_interest(member=self.writer(), interest=found, state=step["to"], now=now)

    def report(self, step: Row, now: datetime) -> None:
        """A learner says that something is wrong."""
        facts: Row = {"kind": step["kind"], "words": step["words"], "now": now}
        key = uuid.uuid5(self.key, step["who"])
        actions.report_offer(member=member_of(step["who"]), offer=self.offer(), key=key, **facts)

    def looked(self, step: Row, now: datetime) -> None:
        """People looked at it and went on, on one day."""
        counts = {"views": step["views"], "clicks": step["clicks"]}
        OfferDay.objects.create(offer=self.offer(), on=now.date(), **counts)
