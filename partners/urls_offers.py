"""Addresses of offers and of the directory of partners; `urls.py` takes them in, the last of all:
a partner and an offer are named by a word of their own."""

from django.urls import path

from .views import directory, feeds, interest, offer, offers

OFFER = "offers/<slug:offer>/"

offer_patterns = [
    path("offers/", offers.offers, name="offers"),
    path("offers/feed/", feeds.offer_feed, name="offer_feed"),
    path("offers/feed.json", feeds.offer_feed_json, name="offer_feed_json"),
    path("offers/calendar.ics", feeds.offer_calendar, name="offer_calendar"),
    path("offers/api/", offers.offer_api, name="offer_api"),
    path("offers/saved/", interest.offer_saved, name="offer_saved"),
    path(OFFER, offer.offer, name="offer"),
    path(f"{OFFER}calendar.ics", offer.offer_file, name="offer_file"),
    path(f"{OFFER}save/", interest.offer_save, name="offer_save"),
    path(f"{OFFER}interest/", interest.offer_interest, name="offer_interest"),
    path(
        f"{OFFER}interest/withdraw/",
        interest.offer_withdraw_interest,
        name="offer_withdraw_interest",
    ),
    path(f"{OFFER}report/", interest.offer_report, name="offer_report"),
    path(f"{OFFER}reported/", interest.offer_reported, name="offer_reported"),
    path(f"{OFFER}go/", offer.offer_go, name="offer_go"),
    path(f"{OFFER}seen/", offer.offer_seen, name="offer_seen"),
    path("partners/", directory.partners, name="partners"),
    path("partners/<slug:partner>/", directory.partner, name="partner"),
]
