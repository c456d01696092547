"""Offers as sets of bits: one bit an offer, one number a value. A filter is `&`. Pure.

Bit 0 is the offer that closes last, so those that are open on a day are the lowest bits, and the
highest bit of a set is the offer that closes first. What a filter costs hardly depends on how many
offers there are.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify

FACETS = (
    *("topic", "level", "language", "mode", "hub", "cost", "start", "near", "access", "help"),
    "kind",
)
# A choice of one of these adds to what is chosen; of the others it takes its place.
SEVERAL = ("access", "help")
# Found by the pages that name them, never offered as a filter.
HIDDEN = ("after",)
ANY_TIME, ONLINE, EVERY_HUB = "any", "online", "*"
MOST_COUNTED = 100
PAGE_SIZE = 24
MOST_TOWNS = 60
SAMPLE = (1 << 8192) - 1
CHUNK = 128

Wanted = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Row:
    """An offer: its key, the last day to apply, and its values in each facet."""

    key: int
    open_until: date
    values: Mapping[str, Iterable[str]]


@dataclass(frozen=True)
class Facets:
    """All offers: their keys and last days to apply by bit, and the bits of each value of each
    facet. Of the small towns, which are very many, only the places of the bits are kept."""

    keys: "array[int]"
    ends: "array[int]"
    places: Mapping[int, int]
    bits: Mapping[str, Mapping[str, int]]
    small: Mapping[str, "array[int]"]

    def live(self, today: date) -> int:
        """Those that have not closed by a day. Days are kept from the last one on, below zero."""
        return (1 << bisect_right(self.ends, -today.toordinal())) - 1

    def of(self, facet: str, value: str) -> int:
        """Those that have a value."""
        if facet == "near" and value in self.small:
            return number_of(self.small[value]) | self.bits["mode"].get(ONLINE, 0)
        return self.bits[facet].get(value, 0)

    def has_town(self, value: str) -> bool:
        """Whether an offer is at a town, large or small."""
        return value in self.bits["near"] or value in self.small

    def having(self, keys: Iterable[int]) -> int:
        """Those with these keys; a key that is not here is left out."""
        marks = bytearray(len(self.keys) // 8 + 1)
        for key in keys:
            place = self.places.get(key)
            if place is not None:
                marks[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(marks, "little")

    def fitting(self, wanted: Wanted, within: int, without: str = "") -> int:
        """Those of a set that have every value asked for, one facet left out if it is named."""
        for facet, values in wanted.items():
            if facet != without:
                for value in values:
                    within &= self.of(facet, value)
        return within

    def counts(self, wanted: Wanted, within: int) -> dict[str, dict[str, int]]:
        """For each value of each facet how many offers a tap on it would give; above 100 the
        number is only known to be above 100. A small town counts where it is asked for."""
        all_of_it = self.fitting(wanted, within)
        found = {}
        for facet in FACETS:
            replaces = facet in wanted and facet not in SEVERAL
            rest = self.fitting(wanted, within, without=facet) if replaces else all_of_it
            sample = rest & SAMPLE
            chosen = self.small.keys() & set(wanted.get(facet, ())) if facet == "near" else ()
            values = {**self.bits[facet], **{value: self.of(facet, value) for value in chosen}}
            found[facet] = {value: how_many(rest, sample, bits) for value, bits in values.items()}
        return found

    def page(self, found: int, first: int, count: int) -> list[int]:
        """The keys of so many offers of a set from one on, those that close first before others."""
        keys: list[int] = []
        if count < 1:
            return keys
        for base, chunk in chunks(found):
            size = chunk.bit_count()
            if size <= first:
                first -= size
                continue
            for place in places_of(chunk)[first:]:
                keys.append(self.keys[base + place])
                if len(keys) == count:
                    return keys
            first = 0
        return keys


def how_many(rest: int, sample: int, bits: int) -> int:
    """How many of a set have a value. A sample tells at once when there are many."""
    few = (sample & bits).bit_count()
    return few if few > MOST_COUNTED else (rest & bits).bit_count()


def chunks(found: int) -> Iterable[tuple[int, int]]:
    """A set in pieces from its highest bits down, each with the bit at which it begins."""
    data = found.to_bytes((found.bit_length() + 7) // 8, "little")
    for start in range((len(data) - 1) // CHUNK * CHUNK, -1, -CHUNK):
        chunk = int.from_bytes(data[start : start + CHUNK], "little")
        if chunk:
            yield start * 8, chunk


def places_of(chunk: int) -> list[int]:
    """The bits of a piece, the highest first."""
    found = []
    while chunk:
        place = chunk.bit_length() - 1
        found.append(place)
        chunk ^= 1 << place
    return found


def build(rows: Iterable[Row], hubs: Iterable[str] = ()) -> Facets:
    """The sets of some offers; each hub has its own and those that are for every hub."""
    ordered = sorted(rows, key=lambda row: (row.open_until, row.key), reverse=True)
    places: dict[str, dict[str, list[int]]] = {facet: {} for facet in (*FACETS, *HIDDEN)}
    for place, row in enumerate(ordered):
        for facet, values in row.values.items():
            known = places[facet]
            for value in values:
                if value in known:
                    known[value].append(place)
                else:
                    known[value] = [place]
    large = largest(places["near"])
    small = {name: array("l", some) for name, some in places["near"].items() if name not in large}
    places["near"] = large
    bits = {
        facet: {value: number_of(some) for value, some in known.items()}
        for facet, known in places.items()
    }
    return Facets(
        keys=array("q", [row.key for row in ordered]),
        ends=array("l", [-row.open_until.toordinal() for row in ordered]),
        places={row.key: place for place, row in enumerate(ordered)},
        bits=with_more(bits, hubs),
        small=small,
    )


def number_of(places: Sequence[int]) -> int:
    """Rising bits as one number."""
    marks = bytearray(places[-1] // 8 + 1)
    for place in places:
        marks[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(marks, "little")


def largest(towns: dict[str, list[int]]) -> dict[str, list[int]]:
    """The towns with the most offers: those that are counted beside their names."""
    names = sorted(towns, key=lambda name: (-len(towns[name]), name))
    return {name: towns[name] for name in names[:MOST_TOWNS]}


def with_more(bits: dict[str, dict[str, int]], hubs: Iterable[str]) -> dict[str, dict[str, int]]:
    """What is online is near everywhere; what is for every hub is for each of them."""
    online = bits["mode"].get(ONLINE, 0)
    bits["near"] = {town: some | online for town, some in bits["near"].items()}
    every, own = bits["hub"].pop(EVERY_HUB, 0), bits["hub"]
    bits["hub"] = {hub: own.get(hub, 0) | every for hub in (*own, *hubs)}
    return bits


def count_words(number: int) -> str:
    """A number beside a filter. It stops at 100+."""
    return str(number) if number <= MOST_COUNTED else f"{MOST_COUNTED}+"


def town(place: str) -> tuple[str, str]:
    """The town of a place, for an address and as it is written: what stands behind the last
    comma. Both are empty where there is none."""
    name = " ".join(place.rpartition(",")[2].split())
    return slugify(name, allow_unicode=True), name


def months(days: Iterable[date]) -> tuple[str, ...]:
    """The months in which an offer starts, such as 2027-05."""
    return tuple(sorted({day.isoformat()[:7] for day in days}))


def toggled(wanted: Wanted, facet: str, value: str) -> dict[str, list[str]]:
    """What is asked for after a tap on a value: taken, or taken away where it was there."""
    found = {name: list(values) for name, values in wanted.items()}
    chosen = found.get(facet, [])
    if value in chosen:
        chosen.remove(value)
    elif facet in SEVERAL:
        chosen = [*chosen, value]
    else:
        chosen = [value]
    return {name: values for name, values in {**found, facet: chosen}.items() if values}
