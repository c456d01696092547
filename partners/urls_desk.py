"""Addresses of what else a hub does for its partners; `urls.py` takes them in."""

from django.urls import path

from .views.review import agreements, checks, keeping, reports, suggestions

HUB = "desk/<slug:hub>/partners/"
CHECK = f"{HUB}checks/<int:pk>/"
OFFER = f"{HUB}offers/<uuid:offer>/"
AGREEMENT = f"{HUB}agreements/<int:pk>/"
SUGGESTION = f"{HUB}suggestions/<int:pk>/"
PARTNER = f"{HUB}organisations/<slug:partner>/"
IDENTITY = f"{PARTNER}name/<int:pk>/"

desk_patterns = [
    path(f"{HUB}organisations/", keeping.desk_organisations, name="desk_organisations"),
    path(f"{HUB}enter/", keeping.desk_partner_enter, name="desk_partner_enter"),
    path(f"{PARTNER}invite/", keeping.desk_partner_invite, name="desk_partner_invite"),
    path(f"{PARTNER}pause/", keeping.desk_partner_pause, name="desk_partner_pause"),
    path(f"{PARTNER}return/", keeping.desk_partner_return, name="desk_partner_return"),
    path(f"{IDENTITY}accept/", keeping.desk_identity_accept, name="desk_identity_accept"),
    path(f"{IDENTITY}decline/", keeping.desk_identity_decline, name="desk_identity_decline"),
    path(CHECK, checks.desk_check, name="desk_check"),
    path(f"{CHECK}fine/", checks.desk_check_fine, name="desk_check_fine"),
    path(f"{CHECK}back/", checks.desk_check_back, name="desk_check_back"),
    path(OFFER, reports.desk_offer, name="desk_offer"),
    path(f"{OFFER}down/", reports.desk_offer_down, name="desk_offer_down"),
    path(f"{HUB}reports/<int:pk>/settle/", reports.desk_report_settle, name="desk_report_settle"),
    path(AGREEMENT, agreements.desk_agreement, name="desk_agreement"),
    path(f"{AGREEMENT}confirm/", agreements.desk_agreement_confirm, name="desk_agreement_confirm"),
    path(f"{AGREEMENT}decline/", agreements.desk_agreement_decline, name="desk_agreement_decline"),
    path(SUGGESTION, suggestions.desk_suggestion, name="desk_suggestion"),
    path(f"{SUGGESTION}invite/", suggestions.desk_suggestion_invite, name="desk_suggestion_invite"),
    path(f"{SUGGESTION}later/", suggestions.desk_suggestion_later, name="desk_suggestion_later"),
]
