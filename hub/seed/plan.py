"""How large a seeded site is, and which learner has done what. No database."""

from collections.abc import Iterator
from dataclasses import dataclass

HUBS = 4
LARGE = 4
LESSONS = 20
FEW_LESSONS = 4
MOST = (None, 10_000, 1_000, 100)
ASKERS, PAIRED = 200, 3


@dataclass(frozen=True)
class Plan:
    """The size of a site: its learners, courses, mentors and training offers.

    The first four courses are large: 20 lessons, a quiz and a task; all learners take the first,
    at most 10,000, 1,000 and 100 the next three. The others have four lessons, and each learner
    takes one of them. Of the mentors every third has a pair; where there are mentors, at most 200
    people wait for one.
    """

    learners: int
    courses: int
    mentors: int = 0
    offers: int = 0

    @property
    def askers(self) -> int:
        """How many people wait for a mentor."""
        return min(self.mentors, ASKERS)

    @property
    def mentees(self) -> int:
        """How many people have a mentor."""
        return self.mentors // PAIRED

    def lessons(self, course: int) -> int:
        """How many lessons a course needs done; courses count from 0."""
        return LESSONS if course < LARGE else FEW_LESSONS

    def takers(self, course: int) -> int:
        """How many learners take a large course: the first so many."""
        most = MOST[course]
        return self.learners if most is None else min(self.learners, most)

    def history(self, learner: int) -> Iterator[tuple[int, int]]:
        """What a learner did, in order: course and number of lessons done; learners count from 1.

        A learner has done as many lessons as the number leaves when divided by one more than
        there are.
        """
        small = self.courses - LARGE
        if small > 0:
            yield LARGE + learner % small, learner % (FEW_LESSONS + 1)
        for course in range(min(LARGE, self.courses)):
            if learner <= self.takers(course):
                yield course, learner % (LESSONS + 1)
