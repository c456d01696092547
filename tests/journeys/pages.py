"""One page of every type, as the demo has them: who looks, from where, and by which link."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from playwright.sync_api import Page

STEPS, COOP = "/hubs/harbour/first-steps/", "/hubs/valley/how-a-co-op-works/"
PARTNERS = ("university-of-the-firth", "leith-sailmakers-college")
CODE = r"/certificates/[A-Z2-9]{16}/"
DESK = "/desk/harbour/"
COURSE = rf"{DESK}courses/[0-9a-f-]{{36}}/"
CARDS, BOARD = "/mentorship/ask/cards/", f"{DESK}mentorship/"
PAIR = r"/mentorship/pairs/\d+/"
OFFER = r"/offers/[a-z0-9-]+-[0-9a-f]{12}/"
ASK = r"/desk/market/mentorship/asks/\d+/"
FIRTH, SAILMAKERS = (f"/partners/desk/{name}/" for name in PARTNERS)
OFFERS = r"offers/[0-9a-f-]{36}/"
QUEUE = f"{DESK}partners/"
INVITED = "/partners/invitations/weft-demo-invitation/"


@dataclass(frozen=True)
class View:
    """A page: its path, or a link on that page that leads to it; who looks at it. `then` is an
    address from there to which no link leads."""

    path: str
    user: str = ""
    links: tuple[str, ...] = ()
    then: str = ""

    def open(self, page: Page) -> None:
        """Go there, by the links where there are some."""
        page.goto(self.path)
        for link in self.links:
            found = re.search(rf'href="({link})"', page.content())
            assert found, f"{link} is not on {page.url}"
            page.goto(urljoin(page.url, found[1]))
        if self.then:
            page.goto(urljoin(page.url, self.then))


def titled(link: str, title: str) -> str:
    """The link with a title that begins like this."""
    return f'{link}(?="[^>]*>{title})'


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
    "offers": View("/offers/"),
    "offers-filtered": View("/offers/?cost=free&help=money&mode=place"),
    "offers-empty": View("/offers/?q=nothingatall"),
    "offers-arabic": View("/ar/offers/"),
    "offer": View("/offers/?q=spreadsheets", links=(OFFER,)),
    "offer-spanish": View("/es/offers/?language=es", links=(f"/es{OFFER}",)),
    "offer-report": View("/offers/?q=kitchen", links=(OFFER, f"{OFFER}report/")),
    "offer-reported": View("/offers/?q=kitchen", links=(OFFER,), then="reported/"),
    "offer-api": View("/offers/api/"),
    "partners": View("/partners/"),
    "partner-page": View(f"/partners/{PARTNERS[0]}/"),
    "partner-apply": View("/partners/apply/"),
    "mentorship": View("/mentorship/"),
    "mentor-ask": View("/mentorship/ask/"),
    "mentor-people": View("/mentorship/people/"),
    "mentor-offer": View("/mentorship/offer/"),
    "mentorship-arabic": View("/ar/mentorship/"),
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
    "offer-own": View("/offers/?q=kitchen", "learner", (OFFER,)),
    "offer-interest": View("/offers/?q=kitchen", "learner", (OFFER, f"{OFFER}interest/")),
    "offer-saved": View("/offers/saved/", "learner2"),
    "offer-ended": View("/offers/saved/", "learner", (r"/offers/mend-[a-z0-9-]+/",)),
    "partner-desk": View("/partners/desk/", "partner"),
    "partner-waits": View("/partners/desk/", "isla"),
    "partner-people": View(f"{FIRTH}people/", "partner"),
    "partner-own-page": View(f"{FIRTH}page/", "partner"),
    "partner-interest": View(f"{FIRTH}interest/", "partner"),
    "partner-year": View(f"{FIRTH}year/", "partner"),
    "partner-table": View(f"{FIRTH}table/", "partner"),
    "partner-upload": View(f"{FIRTH}table/", "tariq", (rf"{FIRTH}table/[0-9a-f-]{{36}}/",)),
    "partner-suggest": View("/partners/suggest/", "learner"),
    "partner-invitation": View(INVITED, "nadia"),
    "offer-status": View(SAILMAKERS, "partner3", (titled(SAILMAKERS + OFFERS, "Care work"),)),
    "offer-new": View(f"{FIRTH}offers/new/", "tariq"),
    "offer-what": View(SAILMAKERS, "partner3", (SAILMAKERS + OFFERS, r"[^\"]+/what/[^\"]*")),
    "offer-where": View(SAILMAKERS, "partner3", (SAILMAKERS + OFFERS, r"[^\"]+/where/[^\"]*")),
    "offer-how": View(SAILMAKERS, "partner3", (SAILMAKERS + OFFERS, r"[^\"]+/how/[^\"]*")),
    "offer-check": View(SAILMAKERS, "partner3", (SAILMAKERS + OFFERS, r"[^\"]+/check/")),
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
    "mentorship-waits": View("/mentorship/", "olena"),
    "mentor-ask-waits": View("/mentorship/ask/", "olena"),
    "mentor-ask-when": View("/mentorship/ask/when/", "olena"),
    "mentor-cards": View(CARDS, "olena"),
    "mentor-queue": View(CARDS, "selam"),
    "mentor-asked": View(CARDS, "ivy"),
    "mentor-offer-signed-in": View("/mentorship/offer/", "learner2"),
    "mentor-offer-mentor": View("/mentorship/offer/", "mentor"),
    "mentor-offer-away": View("/mentorship/offer/", "leila"),
    "mentor-leave": View("/mentorship/offer/leave/", "mentor"),
    "me-mentor": View("/me/", "mentor"),
    "me-waits": View("/me/", "selam"),
    "pair-proposed": View(CARDS, "ivy", (PAIR,)),
    "pair-to-answer": View("/me/", "mentor2", (PAIR,)),
    "pair-begun": View("/me/", "nadia", (PAIR,)),
    "pair-mentee": View("/me/", "learner", (PAIR,)),
    "pair-mentor": View("/me/", "wanjiru", (PAIR,)),
    "pair-spanish": View("/me/", "learner3", (PAIR,)),
    "pair-paused": View("/me/", "petra", (PAIR,)),
    "pair-closing": View("/me/", "learner2", (PAIR,)),
    "pair-closed": View("/me/", "fiona", (PAIR,)),
    "meeting-change": View("/me/", "learner", (PAIR, rf"{PAIR}meetings/\d+/")),
    "pair-report": View("/me/", "learner", (PAIR, rf"{PAIR}report/")),
    "pair-block": View("/me/", "learner", (PAIR, rf"{PAIR}block/")),
    "pair-reported": View("/mentorship/reported/", "learner"),
    "meeting-calendar": View("/mentorship/calendar/", "learner"),
    "certificate": View("/me/", "learner2", (CODE,)),
    "certificate-withdrawn": View("/me/notices/", "chiara", (CODE,)),
}
STAFF = {
    "desk-partners": View(QUEUE, "reviewer"),
    "desk-review": View(QUEUE, "reviewer", (titled(rf"{QUEUE}reviews/\d+/", "Joinery"),)),
    "desk-check": View(QUEUE, "reviewer", (rf"{QUEUE}checks/\d+/",)),
    "desk-offer": View(QUEUE, "reviewer", (titled(QUEUE + OFFERS, "Read a contract"),)),
    "desk-agreement": View(QUEUE, "reviewer", (rf"{QUEUE}agreements/\d+/",)),
    "desk-suggestion": View(QUEUE, "reviewer", (rf"{QUEUE}suggestions/\d+/",)),
    "desk-partner": View(f"{QUEUE}organisations/gorgie-sewing-co-op/", "reviewer"),
    "desk-organisations": View(f"{QUEUE}organisations/", "coordinator"),
    "desk-partner-enter": View(f"{QUEUE}enter/", "coordinator"),
    "desks": View("/desk/", "admin"),
    "desk": View(DESK, "coordinator"),
    "desk-members": View(f"{DESK}members/", "coordinator"),
    "desk-hand-in": View(DESK, "coordinator", (rf"{DESK}hand-ins/\d+/",)),
    "desk-question": View(DESK, "coordinator", (rf"{DESK}questions/\d+/",)),
    "desk-course": View(DESK, "coordinator", (COURSE,)),
    "desk-learner": View(DESK, "coordinator", (COURSE, r"learners/\d+/")),
    "desk-mentorship": View(BOARD, "coordinator"),
    "desk-mentors": View(f"{BOARD}people/", "coordinator"),
    "desk-mentor": View(f"{BOARD}people/", "coordinator", (rf"{BOARD}people/\d+/",)),
    "desk-mentor-new": View(BOARD, "coordinator", (rf"{BOARD}people/\d+/",)),
    "desk-ask": View(BOARD, "coordinator", (rf"{BOARD}asks/\d+/",)),
    "desk-ask-unmatched": View("/desk/market/mentorship/", "editor3", (ASK,)),
    "desk-pairs": View(f"{BOARD}pairs/", "coordinator"),
    "desk-pairs-proposed": View(f"{BOARD}pairs/?show=proposed", "coordinator"),
    "desk-pairs-ended": View(f"{BOARD}pairs/?show=ended", "coordinator"),
    "desk-pair": View(f"{BOARD}pairs/", "coordinator", (rf"{BOARD}pairs/\d+/",)),
    "desk-pair-at-risk": View(BOARD, "coordinator", (rf"{BOARD}pairs/\d+/",)),
    "desk-pair-ended": View(f"{BOARD}pairs/?show=ended", "coordinator", (rf"{BOARD}pairs/\d+/",)),
    "desk-programmes": View(f"{BOARD}programmes/", "coordinator"),
    "desk-programme": View(f"{BOARD}programmes/", "coordinator", (rf"{BOARD}programmes/\d+/",)),
    "desk-programme-new": View(f"{BOARD}programmes/new/", "coordinator"),
    "desk-figures": View(f"{BOARD}figures/", "coordinator"),
    "desk-cases": View(f"{BOARD}cases/", "safety"),
    "desk-case": View(f"{BOARD}cases/", "safety", (rf"{BOARD}cases/\d+/",)),
    "desk-safety": View(DESK, "safety"),
    "styleguide": View("/styleguide/", "admin"),
    "styleguide-arabic": View("/ar/styleguide/", "admin"),
}
# Pages from above in other states: nothing on the line is other, so they are not weighed.
STATES = {
    "offer-status-draft": View(FIRTH, "tariq", (titled(FIRTH + OFFERS, "Statistics"),)),
    "offer-status-waiting": View(SAILMAKERS, "partner3", (titled(SAILMAKERS + OFFERS, "Joinery"),)),
    "offer-status-declined": View(
        SAILMAKERS, "partner3", (titled(SAILMAKERS + OFFERS, "Get rich"),)
    ),
    "offer-status-live": View(SAILMAKERS, "partner3", (titled(SAILMAKERS + OFFERS, "Kitchen"),)),
    "offer-status-ended": View(SAILMAKERS, "partner3", (titled(SAILMAKERS + OFFERS, "Mend"),)),
    "partner-upload-clean": View(
        f"{FIRTH}table/", "tariq", (titled(rf"{FIRTH}table/[0-9a-f-]{{36}}/", "summer"),)
    ),
    "partner-invitation-used": View("/partners/invitations/no-such-code/", "nadia"),
    "desk-review-beside": View(QUEUE, "reviewer", (titled(rf"{QUEUE}reviews/\d+/", "Access"),)),
    "desk-partner-in": View(f"{QUEUE}organisations/{PARTNERS[0]}/", "reviewer"),
    "desk-partner-kept": View(
        "/desk/valley/partners/organisations/biblioteca-del-telar/", "coordinator2"
    ),
}
EVERY = PUBLIC | OWN | STAFF | STATES
