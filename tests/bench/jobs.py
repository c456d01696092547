"""The jobs of the table "Speed", as a browser does them on a seeded site."""

import re
from functools import partial
from typing import Any

from .load import Form, Job, Step
from .sites import PASSWORD, Helper, Site

TOKEN = "b" * 32
LESSONS = 20
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
CHOICE = re.compile(r'<input type="radio" name="(q-[^"]+)" value="([^"]+)"')
QUIZ = re.compile(r'<section class="quiz".*?</section>', re.DOTALL)
CSV_SIZES = (1_000, 10_000)


def cookies_of(session: str) -> dict[str, str]:
    """What the browser of a signed-in learner keeps."""
    return {"sessionid": session, "csrftoken": TOKEN}


def site_jobs(site: Site, helper: Helper) -> list[Job]:
    """All jobs of a seeded site."""
    sessions = helper.sessions(list(range(1, min(site.learners, 1000) + 1)))
    everybody = [cookies_of(key) for _number, key in sorted(sessions.items())]
    signed_in = partial(Job, cookies=lambda number: everybody[number % len(everybody)])
    course = site.facts["courses"][0]
    lessons = course["lessons"]
    courses = tuple(Step(one["url"]) for one in site.facts["courses"])
    return [
        sign_in(),
        Job("public page from the cache", (Step("/", contains="<h1"),), count=2000),
        Job("catalogue, not cached", (Step("/courses/?round={i}", contains="course-1/"),)),
        first_view(course["url"], helper),
        signed_in("course page, signed in", (Step(course["url"], contains="<h1"),), count=800),
        signed_in("lesson, signed in", (Step(lessons[6]["url"], contains="<h2"),), count=800),
        complete(site, helper, lessons[: LESSONS - 1]),
        signed_in("quiz of ten", quiz_steps(lessons[LESSONS])),
        signed_in("my learning", (Step("/me/", contains="<h1"),), count=800, ready=courses),
        *[table(course) for course in by_size(site).values()],
        *[csv(course) for size, course in by_size(site).items() if size in CSV_SIZES],
        Job("search", (Step("/search/?q=browser", contains="<li"),), count=200),
        cards(site, helper),
    ]


def sign_in() -> Job:
    """The whole way of the form: the password hash is the price."""
    form: Form = {"login": "bench-{i}", "password": PASSWORD}
    step = Step("/accounts/login/", "POST", form, expect=302)
    return Job("sign-in", (step,), count=24, warmup=8, is_fresh=True)


def first_view(path: str, helper: Helper) -> Job:
    """A course page, each time after something was published."""
    step = Step(path, contains="<h1")
    name = "course page, first view after a change"
    return Job(name, (step,), count=150, clients=1, before=helper.bump)


def complete(site: Site, helper: Helper, lessons: list[dict[str, Any]]) -> Job:
    """Done, continue: each round is a lesson that the learner has not done, out of more than even
    a run with jobs that are repeated takes."""
    done = {number: number % (LESSONS + 1) for number in range(21, min(site.learners, 4000) + 1)}
    beginners = helper.sessions(
        [number for number, lessons_done in done.items() if lessons_done < 3]
    )
    keys = [lesson["key"] for lesson in lessons]
    ways = [
        (session, key)
        for number, session in sorted(beginners.items())
        for key in keys[done[number] :]
    ]
    path = "/learn/lessons/{lesson}/done/"
    return Job(
        "complete a lesson",
        (Step(path, "POST", {"csrfmiddlewaretoken": TOKEN}, expect=303),),
        cookies=lambda number: cookies_of(ways[number % len(ways)][0]),
        facts=lambda number: {"lesson": ways[number % len(ways)][1]},
        ready=tuple(Step(lesson["url"]) for lesson in lessons),
    )


def quiz_steps(lesson: dict[str, Any]) -> tuple[Step, ...]:
    """See ten questions, answer them, see the result."""
    path = f"/learn/lessons/{lesson['key']}/answer/"
    return (
        Step(lesson["url"], contains="quiz-"),
        Step(path, "POST", form=fill_quiz, expect=303, follow=True, contains="quiz-"),
    )


def fill_quiz(page: str) -> list[tuple[str, str]]:
    """The quiz of a page, each question answered with its first choice."""
    found = QUIZ.search(page)
    assert found, "There is no quiz on this page."
    fields = [one for one in HIDDEN.findall(found[0]) if one[0] != "csrfmiddlewaretoken"]
    choices: dict[str, str] = {}
    for name, value in CHOICE.findall(found[0]):
        choices.setdefault(name, value)
    return [("csrfmiddlewaretoken", TOKEN), *fields, *choices.items()]


def cards(site: Site, helper: Helper) -> Job:
    """The mentors who fit, out of all of them, for one person after another who waits."""
    numbers = list(range(1, site.facts["mentorship"]["askers"] + 1))
    found = helper.sessions(numbers, "bench-asker")
    sessions = [key for _number, key in sorted(found.items())]
    return Job(
        "five cards, 3,000 mentors",
        (Step("/mentorship/ask/cards/", contains="mentor-cards"),),
        cookies=lambda number: cookies_of(sessions[number % len(sessions)]),
    )


def by_size(site: Site) -> dict[int, dict[str, Any]]:
    """The large courses by how many learners take them, the smallest first."""
    courses = [course for course in site.facts["courses"] if course["learners"]]
    return {course["learners"]: course for course in reversed(courses)}


def staff(course: dict[str, Any]) -> tuple[Step, ...]:
    """The coordinator of a course's hub signs in."""
    form: Form = {"login": course["hub"].replace("-", "-coordinator-"), "password": PASSWORD}
    return (Step("/accounts/login/", "POST", form, expect=302),)


def desk(course: dict[str, Any]) -> str:
    """Where staff see the learners of a course."""
    return f"/desk/{course['hub']}/courses/{course['key']}/"


def table(course: dict[str, Any]) -> Job:
    """The table of learners."""
    name = f"table of learners, {course['learners']:,}"
    step = Step(desk(course), contains="<table")
    return Job(name, (step,), count=200, clients=4, login=staff(course))


def csv(course: dict[str, Any]) -> Job:
    """The file of all learners of a course, with a line for each."""
    size = course["learners"]
    rounds: dict[str, Any] = {"count": 16, "warmup": 2, "clients": 2}
    if size > min(CSV_SIZES):
        rounds = {"count": 4, "warmup": 1, "clients": 1}
    step = Step(f"{desk(course)}learners.csv", contains=f"bench-{size},")
    return Job(f"CSV, {size:,} learners", (step,), login=staff(course), **rounds)
