"""One page of every type, as the demo has them: who looks, from where, and by which link."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from playwright.sync_api import Page

STEPS, COOP = "/hubs/harbour/first-steps/", "/hubs/valley/how-a-co-op-works/"
CODE = r"/certificates/[A-Z2-9]{16}/"
DESK = "/desk/harbour/"
COURSE = rf"{DESK}courses/[0-9a-f-]{{36}}/"


@dataclass(frozen=True)
class View:
    """A page: its path, or a link on that page that leads to it; who looks at it."""

    path: str
    user: str = ""
    links: tuple[str, ...] = ()

    def open(self, page: Page) -> None:
        """Go there, by the links where there are some."""
        page.goto(self.path)
        for link in self.links:
            found = re.search(rf'href="({link})"', page.content())
            assert found, f"{link} is not on {page.url}"
            page.goto(urljoin(page.url, found[1]))


PUBLIC = {
    "home": View("/"),
    "catalogue": View("/courses/"),
    "catalogue-filtered": View("/courses/?topic=digital-literacy&q=fone"),
    "catalogue-empty": View("/courses/?q=nothingatall"),
    "search": View("/search/?q=phone"),
    "search-empty": View("/search/?q=nothingatall"),
    "hubs": View("/hubs/"),
    "hub": View("/hubs/harbour/"),
    "standard-page": View("/help/"),
    "course": View(STEPS),
    "lesson": View(f"{STEPS}turn-it-on/"),
    "lesson-quiz": View(f"{STEPS}passwords-and-scams/"),
    "lesson-orders-pairs": View(f"{COOP}seven-principles/"),
    "lesson-task": View("/hubs/market/first-web-page/check-and-show/"),
    "lesson-spanish": View(f"{STEPS}turn-it-on/", links=(r"/es/hubs/[^\"]+",)),
    "home-spanish": View("/es/"),
    "catalogue-arabic": View("/ar/courses/"),
    "signup-arabic": View("/ar/accounts/signup/"),
    "certificate-check": View("/certificates/"),
    "certificate-unknown": View("/certificates/ABCDABCDABCDABCD/"),
    "not-found": View("/no-such-page/"),
    "signup": View("/accounts/signup/?next=/courses/"),
    "login": View("/accounts/login/"),
    "login-code": View("/accounts/login/code/"),
    "hub-code": View("/accounts/code/"),
    "passkey": View("/accounts/passkey/"),
    "password-reset": View("/accounts/password/reset/"),
    "erased": View("/me/data/erased/"),
}
OWN = {
    "me": View("/me/", "learner"),
    "me-new": View("/me/", "partner"),
    "notices": View("/me/notices/", "learner"),
    "details": View("/me/details/", "learner"),
    "sessions-end": View("/me/details/sessions/", "learner"),
    "data": View("/me/data/", "learner"),
    "data-erase": View("/me/data/erase/", "learner"),
    "password-change": View("/accounts/password/change/", "learner"),
    "second-step": View("/accounts/2fa/", "learner"),
    "logout": View("/accounts/logout/", "learner"),
    "course-started": View(STEPS, "amina"),
    "lesson-started": View(f"{STEPS}passwords-and-scams/", "amina"),
    "lesson-answered": View(f"{STEPS}turn-it-on/", "amina"),
    "lesson-task-signed-in": View("/hubs/market/first-web-page/check-and-show/", "elif"),
    "certificate": View("/me/", "learner2", (CODE,)),
    "certificate-withdrawn": View("/me/notices/", "chiara", (CODE,)),
}
STAFF = {
    "desks": View("/desk/", "admin"),
    "desk": View(DESK, "coordinator"),
    "desk-members": View(f"{DESK}members/", "coordinator"),
    "desk-hand-in": View(DESK, "coordinator", (rf"{DESK}hand-ins/\d+/",)),
    "desk-question": View(DESK, "coordinator", (rf"{DESK}questions/\d+/",)),
    "desk-course": View(DESK, "coordinator", (COURSE,)),
    "desk-learner": View(DESK, "coordinator", (COURSE, r"learners/\d+/")),
    "styleguide": View("/styleguide/", "admin"),
    "styleguide-arabic": View("/ar/styleguide/", "admin"),
}
EVERY = PUBLIC | OWN | STAFF
