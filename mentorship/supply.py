"""What all mentors together can give, so that many asks can be held against them at once. Pure.

A set of mentors is a number with one bit for each of them: to filter is to "and" two numbers.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

from .matching import FILTERS, Asker, Giver, is_cleared

# What keeps two people apart says nothing about whom a hub should look for.
ASKED = tuple(code for code in FILTERS if code != "apart")
LEVELS = range(4)


class Supply:
    """Mentors as sets: who speaks what, who is free in which hour of the week, and so on."""

    def __init__(self, givers: Iterable[Giver], today: date) -> None:
        self.today = today
        self.words: dict[tuple[str, str | int], int] = defaultdict(int)
        for number, giver in enumerate(givers):
            for word in words_of(giver, today):
                self.words[word] |= 1 << number

    def of(self, kind: str, words: Iterable[str | int]) -> int:
        """The mentors who have one of some words."""
        return reduce(or_, (self.words[kind, word] for word in words), 0)

    def fitting(self, code: str, asker: Asker) -> int:
        """The mentors who pass one hard filter; time is told to the hour."""
        home, everywhere = self.of("hub", [asker.hub]), self.of("everywhere", [1])
        if code == "cleared":
            return self.of("level", [asker.check_level])
        if code == "language":
            return self.of("language", asker.languages)
        if code == "way":
            away = self.of("way", asker.ways - {"hub"})
            return away & (home | everywhere) | self.of("way", asker.ways) & home
        if code == "time":
            return self.of("hour", hours_of(asker))
        if code == "seat":
            return self.of("seat", [1])
        return reduce(lambda left, wish: left & self.of("trait", [wish]), asker.wishes, -1)

    def emptied_by(self, asker: Asker) -> str:
        """The first hard filter after which nobody is left; empty when somebody is."""
        left = -1
        for code in ASKED:
            left &= self.fitting(code, asker)
            if not left:
                return code
        return ""


def words_of(giver: Giver, today: date) -> list[tuple[str, str | int]]:
    """All that a mentor can be found by."""
    found: list[tuple[str, str | int]] = [("hub", giver.hub)]
    found += [("level", level) for level in LEVELS if is_cleared(at_level(level), giver, today)]
    found += [("language", word) for word in giver.languages]
    found += [("way", word) for word in giver.ways]
    found += [("hour", hour) for hour in hours_of(giver)]
    found += [("trait", word) for word in giver.traits]
    found += [("everywhere", 1)] if giver.serves_all_hubs else []
    found += [("seat", 1)] if giver.seats_left > 0 else []
    return found


def at_level(level: int) -> Asker:
    """Somebody who asks for nothing but a check."""
    none: frozenset[str] = frozenset()
    return Asker(0, 0, "", "", none, none, frozenset(), none, none, 0, level)


def hours_of(person: Asker | Giver) -> set[int]:
    """The hours of the week that a person's times touch."""
    return {hour for start, end in person.minutes for hour in range(start // 60, -(-end // 60))}
