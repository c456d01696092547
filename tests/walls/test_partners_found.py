"""What of partners can be found: by words, in feeds, by other programs. Nobody finds what is
private, also none who may read it elsewhere; what is over is told rightly."""

import json
from collections.abc import Iterator

import pytest
from django.utils import timezone

from partners.addresses import slug_of
from partners.models import Offer, Partner

from .addresses import TOKEN, Got, Walker
from .planted import Planted
from .planted_over import DATE_ENDED, TAKEN_DOWN
from .readers import EVERYBODY, OF_PARTNERS, Word

pytestmark = pytest.mark.walk
SEARCHES = ("/offers/", "/search/")
# Of these, nothing depends on who asks.
SAME_FOR_ALL = ("/api/offers/", "/partners/", "/offers/feed/", "/offers/feed.json")
OF_OFFERS = (
    *("/offers/", "/offers/feed/", "/offers/feed.json", "/offers/calendar.ics"),
    *("/api/offers/", "/sitemap.xml"),
)
LISTS = (*OF_OFFERS, "/partners/", "/")
# What nobody has written.
NOTHING = "qqxzvwkjpqqxzv"


def walkers(planted: Planted) -> Iterator[tuple[str, Walker]]:
    """Every persona."""
    for name, member in planted.personas():
        yield name, Walker(member)


def private_words(planted: Planted) -> list[Word]:
    """What is private of partners."""
    return [
        word
        for word in planted.words
        if word.kind in OF_PARTNERS and EVERYBODY not in OF_PARTNERS[word.kind]
    ]


def hidden_names() -> set[str]:
    """The addresses and the ids of all offers that nobody can take now; the addresses of partners
    that are not in the directory."""
    live = Offer.objects.live_offers(timezone.localdate())
    offers = Offer.objects.exclude(pk__in=live.values("pk"))
    partners = Partner.objects.exclude(pk__in=Partner.objects.open().values("pk"))
    names = {name for row in offers for name in (slug_of(row), str(row.uuid))}
    return names | {f"/partners/{row.slug}/" for row in partners}


def on_the_site(planted: Planted, owner: str = "partner") -> tuple[str, Offer]:
    """The public word of an offer on the site, and the offer."""
    kind = "words of an offer on the site"
    found = [word.text for word in planted.words if (word.kind, word.owner) == (kind, owner)]
    return found[0], Offer.objects.get(learns=found[0])


def text_of(got: Got) -> str:
    """What an answer says; the lines of a calendar are whole."""
    return TOKEN.sub("", got.text).replace("\r\n ", "")


def found_by(walker: Walker, path: str, word: str) -> tuple[int, str]:
    """What a search for a word gives, without the word that was typed."""
    got = walker.ask("get", path, {"q": word})
    return got.status, text_of(got).replace(word, "WORD")


def test_nobody_finds_a_private_word(planted: Planted) -> None:
    """Such a word gives what one gives that nobody has written."""
    hidden, told = hidden_names(), []
    for persona, walker in walkers(planted):
        paths = (*SEARCHES, *SAME_FOR_ALL) if persona == "visitor" else SEARCHES
        for path in paths:
            nothing = found_by(walker, path, NOTHING)
            assert nothing[0] == 200
            told += [(persona, path, name) for name in hidden if name in nothing[1]]
            told += [
                (persona, path, word)
                for word in private_words(planted)
                if found_by(walker, path, word.text) != nothing
            ]
    assert told == []


def test_everybody_finds_a_public_word(planted: Planted) -> None:
    word, offer = on_the_site(planted)
    link = f'href="/offers/{slug_of(offer)}/"'
    for persona, walker in walkers(planted):
        for path in SEARCHES:
            assert link in found_by(walker, path, word)[1], (persona, path)
            assert link not in found_by(walker, path, NOTHING)[1], (persona, path)
        answer = json.loads(walker.ask("get", "/api/offers/", {"q": word}).text)
        assert [row["id"] for row in answer["results"]] == [str(offer.uuid)], persona


def test_no_list_holds_what_is_private(planted: Planted) -> None:
    """Neither a word nor an address, whoever asks. What is on the site is in all of them."""
    hidden, private = hidden_names(), private_words(planted)
    told = []
    for persona, walker in walkers(planted):
        for path in LISTS:
            said = text_of(walker.ask("get", path))
            told += [(persona, path, word) for word in private if word.text in said]
            told += [(persona, path, name) for name in hidden if name in said]
    assert told == []


def test_lists_hold_what_is_public(planted: Planted) -> None:
    walker = Walker(None)
    offers = [on_the_site(planted, name)[1] for name in ("partner", "rival", "valley_partner")]
    for path in OF_OFFERS:
        said = text_of(walker.ask("get", path))
        assert [row.title for row in offers if slug_of(row) not in said] == [], path
    said = text_of(walker.ask("get", "/partners/"))
    assert [row.title for row in offers if f"/partners/{row.partner.slug}/" not in said] == []


def test_an_offer_whose_days_are_over_keeps_its_page(planted: Planted) -> None:
    """Only its last day has ended it."""
    offer, walker = Offer.objects.get(title=DATE_ENDED), Walker(None)
    assert (offer.live, offer.ended_at) == (True, None)
    page = walker.ask("get", f"/offers/{slug_of(offer)}/")
    assert page.status == 200
    for words in (DATE_ENDED, offer.learns, "This offer has ended. You cannot apply any more."):
        assert words in page.text, words
    answer = json.loads(walker.ask("get", f"/api/offers/{offer.uuid}/").text)
    assert (answer["has_ended"], answer["learns"]) == (True, offer.learns)
    applied = Walker(planted.cast.neighbour).ask("get", f"/offers/{slug_of(offer)}/interest/")
    assert (applied.status, applied.location) == (302, f"/offers/{slug_of(offer)}/")


def test_an_offer_that_is_taken_down_keeps_its_title_alone(planted: Planted) -> None:
    offer = Offer.objects.get(title=TAKEN_DOWN)
    address = f"/offers/{slug_of(offer)}/"
    for persona, walker in walkers(planted):
        page = walker.ask("get", address)
        said = (offer.title in page.text, offer.learns in page.text)
        assert (page.status, *said) == (200, True, False), persona
        assert "Harbour Hub has taken this offer down." in page.text, persona
        for path in (f"{address}calendar.ics", f"/api/offers/{offer.uuid}/"):
            assert walker.ask("get", path).status == 404, (persona, path)


def test_a_paused_partner_and_its_offer_are_nowhere(planted: Planted) -> None:
    """Who applied keeps the title and what was sent; there is no page for anybody."""
    offer = Offer.objects.get(partner__state=Partner.State.PAUSED)
    address = f"/offers/{slug_of(offer)}/"
    paths = (address, f"/api/offers/{offer.uuid}/", f"/partners/{offer.partner.slug}/")
    for persona, walker in walkers(planted):
        assert [walker.ask("get", path).status for path in paths] == [404] * 3, persona
    mine = text_of(Walker(planted.cast.learner).ask("get", "/offers/saved/"))
    assert (offer.title in mine, "not on the site now" in mine) == (True, True)
    assert address not in mine.replace(f"{address}interest/", "")
