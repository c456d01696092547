"""Addresses of reviews and of new organisations on a hub's desk; `urls.py` takes them in."""

from django.urls import path

from .views.review import offers, organisations, queue

HUB = "desk/<slug:hub>/partners/"
REVIEW = f"{HUB}reviews/<int:pk>/"
PARTNER = f"{HUB}organisations/<slug:partner>/"

review_patterns = [
    path(HUB, queue.desk_partners, name="desk_partners"),
    path(REVIEW, offers.desk_review, name="desk_review"),
    path(f"{REVIEW}publish/", offers.desk_review_publish, name="desk_review_publish"),
    path(f"{REVIEW}change/", offers.desk_review_change, name="desk_review_change"),
    path(f"{REVIEW}decline/", offers.desk_review_decline, name="desk_review_decline"),
    path(PARTNER, organisations.desk_partner, name="desk_partner"),
    path(f"{PARTNER}proof/", organisations.desk_partner_prove, name="desk_partner_prove"),
    path(f"{PARTNER}approve/", organisations.desk_partner_approve, name="desk_partner_approve"),
    path(f"{PARTNER}decline/", organisations.desk_partner_decline, name="desk_partner_decline"),
]
