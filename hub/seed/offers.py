"""Partners and their offers by the hundred thousand: bare rows, with their words in the index."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.text import slugify
from wagtail.search.backends import get_search_backend

from content.models import Level, Topic
from members.models import Hub
from partners.models import Offer, OfferDate, Partner

from .places import Places
from .plan import Plan
from .rows import Values, columns, count_on, insert, next_id, value_of, values_of
from .words import Writer

PARTNERS_A_HUB = 3
KINDS = ("university", "public", "library")
TOWNS = ("Harbour", "Valley", "Mill Hill", "Stone Bridge", "North End", "Old Market")
LANGUAGES = ("en", "en", "en", "es", "ar", "")
MODES = ("place", "place", "online", "both")
COSTS = ("free", "free", "amount", "depends")
OFFER_KINDS = ("course", "course", "workshop", "placement", "apprenticeship", "open_day")
FLAGS = ("helps_money", "helps_childcare", "helps_travel", "is_step_free", "works_on_phone")
SPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "offers.seed.weft")
LONGEST, BATCH, SIXTH = 360, 2000, 6
USUAL_TOPIC, USUAL_LEVEL = "digital-literacy", "starter"
DAY = timedelta(days=1)


def make_partners(hub: Hub, writer: Writer, now: datetime) -> list[Partner]:
    """Some approved partners of a hub."""
    found: list[Partner] = []
    for kind in KINDS[:PARTNERS_A_HUB]:
        name = f"{writer.title()} {kind.title()} {hub.slug}"
        facts = {"about": writer.sentence(), "contact": writer.sentence(), "proof": "known"}
        found.append(
            Partner.objects.create(
                key=uuid.uuid5(SPACE, f"{hub.slug} {kind}"),
                slug=slugify(f"{hub.slug}-{kind}"),
                name=name,
                kind=kind,
                place=TOWNS[len(found)],
                hub=hub,
                state=Partner.State.APPROVED,
                applied_at=now,
                promised_on=now.date(),
                decided_at=now,
                confirmed_at=now,
                **facts,
            )
        )
    return found


def copy_offers(plan: Plan, places: Places, writer: Writer, now: datetime) -> None:
    """Write all offers. Every tenth names a hub, every twentieth has one more date, every sixth
    is like many others, so that a page of them is found at every size."""
    partners = [one for hub in places.hubs for one in make_partners(hub, writer, now)]
    copier = OfferCopier(places, partners, writer, now)
    for first in range(1, plan.offers + 1, BATCH):
        last = min(first + BATCH, plan.offers + 1)
        copier.write([copier.offer(number) for number in range(first, last)])
    count_on((Offer, OfferDate, Offer.hubs.through))


@dataclass
class OfferCopier:
    """Makes offers that differ in what they are filtered by, and writes many together."""

    places: Places
    partners: list[Partner]
    writer: Writer
    now: datetime
    rows: dict[Any, list[Values]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.topics, self.levels = list(Topic.objects.all()), list(Level.objects.all())
        topic = next((row for row in self.topics if row.slug == USUAL_TOPIC), self.topics[0])
        level = next((row for row in self.levels if row.slug == USUAL_LEVEL), self.levels[0])
        self.usual = (COSTS[0], MODES[0], topic, level, LANGUAGES[0])
        self.ids = {model: next_id(model) for model in (Offer, OfferDate, Offer.hubs.through)}

    def one_of(self, some: Any) -> Any:
        """One of some, the same for the same seed."""
        return self.writer.random.choice(some)

    def offer(self, number: int) -> Offer:
        """One live offer."""
        start = self.now.date() + self.writer.random.randrange(1, LONGEST) * DAY
        cost, mode = self.one_of(COSTS), self.one_of(MODES)
        topic, level = self.one_of(self.topics), self.one_of(self.levels)
        language = self.one_of(LANGUAGES)
        if number % SIXTH == 0:
            cost, mode, topic, level, language = self.usual
        row = Offer(
            pk=self.number(Offer),
            uuid=uuid.uuid5(SPACE, str(number)),
            partner=self.one_of(self.partners),
            title=f"{self.writer.title()} {number}",
            learns=self.writer.sentence(),
            for_whom=self.writer.sentence(),
            kind=self.one_of(OFFER_KINDS),
            mode=mode,
            place="" if mode == "online" else f"1 High Street, {self.one_of(TOWNS)}",
            cost=cost,
            amount=Decimal(20) if cost == "amount" else None,
            currency="EUR" if cost == "amount" else "",
            cost_note="Ask us." if cost == "depends" else "",
            apply_by=Offer.Apply.FORM,
            contact=self.writer.sentence(),
            topic=topic,
            level=level,
            language=language,
            is_for_all_hubs=number % 10 > 0,
            **self.days(number, start),
            **{name: self.writer.random.random() < 1 / 3 for name in FLAGS},
            **self.published(),
        )
        self.add_more(row, number, start)
        return row

    def days(self, number: int, start: date) -> dict[str, Any]:
        """When it is: every eighth at any time."""
        if number % 8 == 0:
            return {"is_any_time": True, "ends_on": start, "open_until": start}
        last = start + 5 * DAY
        begins = start + 3 * DAY if number % 20 == 0 else start
        return {"from_on": start, "to_on": last, "ends_on": last, "open_until": begins}

    def published(self) -> dict[str, Any]:
        """What a published offer has."""
        return {
            "live": True,
            "checked_on": self.now.date(),
            "made_at": self.now,
            "first_published_at": self.now,
            "last_published_at": self.now,
        }

    def add_more(self, row: Offer, number: int, start: date) -> None:
        """Its own hub, and one more date, in which no place is to be found."""
        row.dates = []
        if not row.is_for_all_hubs:
            through = Offer.hubs.through
            hub = self.places.hubs[number % len(self.places.hubs)]
            self.add(through(pk=self.number(through), offer_id=row.pk, hub_id=hub.pk))
        if number % 20 == 0:
            self.add(OfferDate(pk=self.number(OfferDate), offer_id=row.pk, on=start + 3 * DAY))

    def number(self, model: Any) -> int:
        """The next number of a table."""
        self.ids[model] += 1
        return self.ids[model] - 1

    def add(self, row: Any) -> None:
        """Keep a row for later."""
        self.rows.setdefault(type(row), []).append(values_of(row))

    def write(self, offers: list[Offer]) -> None:
        """Write some offers, what belongs to them, and their words."""
        insert(Offer, list(offer_values(offers)))
        for model, rows in self.rows.items():
            insert(model, rows)
        self.rows.clear()
        get_search_backend().get_index_for_model(Offer).add_items(Offer, offers)


def offer_values(offers: list[Offer]) -> Iterator[Values]:
    """The values of offers as the database takes them; those that most share are made once."""
    names = [str(one.attname) for one in Offer._meta.concrete_fields]
    known: dict[tuple[str, Any], Any] = {}
    assert len(names) == len(columns(Offer))
    for offer in offers:
        values = []
        for name in names:
            value = getattr(offer, name)
            key = (name, value)
            if key not in known:
                known[key] = value_of(Offer, name, value)
            values.append(known[key])
        yield values
