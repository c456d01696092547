"""The directory of partners, and one partner's page."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch

from content import version
from content.models import Topic
from courses import queries as course_queries
from courses.models import Course
from members.models import Hub
from partners.facets import town
from partners.models import Agreement, Offer, Partner

from .index import agreed_courses
from .listing import cards
from .shown import OfferCard

FACETS = ("kind", "place", "topic")
MOST_OFFERS, MOST_ENDED = 24, 6


@dataclass(frozen=True)
class PartnerRow:
    """A partner in the directory."""

    slug: str
    name: str
    kind: str
    kind_words: str
    place: str
    town: str
    about: str
    language: str
    topics: tuple[tuple[str, str], ...]

    def values(self, facet: str) -> tuple[str, ...]:
        """Its values in a facet."""
        found = {
            "kind": (self.kind,),
            "place": (self.town,),
            "topic": tuple(slug for slug, _label in self.topics),
        }
        return found[facet]

    def fits(self, wanted: Mapping[str, str], but: str = "") -> bool:
        """Whether it has every value asked for, one facet left out if it is named."""
        return all(
            value in self.values(name) for name, value in wanted.items() if value and name != but
        )


@dataclass(frozen=True)
class AgreementRow:
    """What a partner and a hub agreed."""

    kind: str
    words: str
    partner: str
    partner_name: str
    hub: Hub
    course: tuple[str, str] | None
    until_on: date | None


def partner_rows() -> list[PartnerRow]:
    """All partners of the directory by name, kept until one changes."""
    return version.cached("partner-rows", read_rows, is_frozen=True)


def read_rows() -> list[PartnerRow]:
    """Read the partners of the directory, in the language of the moment: two statements."""
    rows = Partner.objects.open().prefetch_related(Prefetch("topics", Topic.objects.all()))
    return [row_of(partner) for partner in rows.order_by("name", "pk")]


def row_of(partner: Partner) -> PartnerRow:
    """One partner as a row."""
    return PartnerRow(
        slug=partner.slug,
        name=partner.name,
        kind=partner.kind,
        kind_words=str(partner.get_kind_display()),
        place=partner.place,
        town=town(partner.place)[0],
        about=partner.about,
        language=partner.language,
        topics=tuple((topic.slug, topic.label) for topic in partner.topics.all()),
    )


def choices(rows: list[PartnerRow]) -> dict[str, list[tuple[str, str]]]:
    """The values of every filter with their names."""
    named: dict[str, dict[str, str]] = {
        "kind": {row.kind: row.kind_words for row in rows},
        "place": {row.town: town(row.place)[1] for row in rows if row.town},
        "topic": {slug: label for row in rows for slug, label in row.topics},
    }
    return {
        facet: sorted(pairs.items(), key=lambda pair: pair[1].casefold())
        for facet, pairs in named.items()
    }


def counts(rows: list[PartnerRow], wanted: Mapping[str, str]) -> dict[str, Counter[str]]:
    """For each value of each facet how many partners a tap on it would give."""
    return {
        facet: Counter(
            value for row in rows if row.fits(wanted, but=facet) for value in row.values(facet)
        )
        for facet in FACETS
    }


def public_partner(slug: str) -> Partner | None:
    """A partner of the directory."""
    rows = Partner.objects.open().select_related("hub").prefetch_related("topics")
    return rows.filter(slug=slug).first()


def offers_of(partner: Partner, today: date) -> tuple[list[OfferCard], int]:
    """A partner's live offers, those that close first before others, and how many there are."""
    live = Offer.objects.live_offers(today).filter(partner=partner)
    keys = list(live.order_by("open_until", "pk").values_list("pk", flat=True))
    return cards(keys[:MOST_OFFERS]), len(keys)


def agreements_of(today: date, **whose: object) -> list[AgreementRow]:
    """What hubs have confirmed and what still lasts: of a partner, or of a hub."""
    rows = Agreement.objects.filter(
        confirmed_at__isnull=False, partner__state=Partner.State.APPROVED, **whose
    )
    found = rows.select_related("hub", "partner", "course").order_by("hub__name", "pk")
    lasting = [row for row in found if is_lasting(row.until_on, today)]
    return [agreement_row(row, course_of(row.course)) for row in lasting]


def is_lasting(until_on: date | None, today: date) -> bool:
    """Whether something lasts on a day."""
    return until_on is None or until_on >= today


def agreement_row(row: Agreement, course: tuple[str, str] | None = None) -> AgreementRow:
    """An agreement in words, with the course where it is to be said."""
    return AgreementRow(
        kind=str(row.get_kind_display()),
        words=row.words,
        partner=row.partner.slug,
        partner_name=row.partner.name,
        hub=row.hub,
        course=course,
        until_on=row.until_on,
    )


def course_agreements(course: UUID, today: date) -> list[AgreementRow]:
    """What partners give to those who finish a course: no statement once it is kept."""
    if course not in agreed_courses():
        return []
    every = version.cached("course-agreements", read_course_agreements, is_frozen=True)
    return [row for row in every.get(course, ()) if is_lasting(row.until_on, today)]


def read_course_agreements() -> dict[UUID, list[AgreementRow]]:
    """All confirmed agreements that name a course, by course."""
    found: dict[UUID, list[AgreementRow]] = {}
    rows = Agreement.objects.filter(
        confirmed_at__isnull=False, partner__state=Partner.State.APPROVED, course__isnull=False
    )
    for row in rows.select_related("hub", "partner").order_by("hub__name", "pk"):
        assert row.course_id is not None
        found.setdefault(row.course_id, []).append(agreement_row(row))
    return found


def course_of(course: Course | None) -> tuple[str, str] | None:
    """The title and address of a course that is live."""
    pack = course_queries.course_facts(course) if course else None
    return (pack.title, pack.url) if pack else None
