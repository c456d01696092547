"""Addresses of mentorship; each name is that of its view, its template and its test."""

from django.urls import path

from . import views
from .urls_cases import case_patterns
from .urls_desk import desk_patterns
from .urls_pair import pair_patterns

app_name = "mentorship"
urlpatterns = [
    path("mentorship/", views.mentorship, name="mentorship"),
    path("mentorship/people/", views.mentor_people, name="mentor_people"),
    path("mentorship/ask/", views.mentor_ask, name="mentor_ask"),
    path("mentorship/ask/when/", views.mentor_ask_when, name="mentor_ask_when"),
    path("mentorship/ask/cards/", views.mentor_ask_cards, name="mentor_ask_cards"),
    path("mentorship/ask/cards/choose/", views.mentor_choose, name="mentor_choose"),
    path("mentorship/ask/cards/<int:mentor>/", views.mentor_propose, name="mentor_propose"),
    path("mentorship/ask/withdraw/", views.mentor_ask_withdraw, name="mentor_ask_withdraw"),
    path("mentorship/offer/", views.mentor_offer, name="mentor_offer"),
    path("mentorship/offer/away/", views.mentor_absence_add, name="mentor_absence_add"),
    path(
        "mentorship/offer/away/<int:pk>/drop/",
        views.mentor_absence_drop,
        name="mentor_absence_drop",
    ),
    path("mentorship/offer/pause/", views.mentor_pause, name="mentor_pause"),
    path("mentorship/offer/return/", views.mentor_return, name="mentor_return"),
    path("mentorship/offer/leave/", views.mentor_leave, name="mentor_leave"),
    path(
        "mentorship/offer/courses/<uuid:course>/", views.mentor_volunteer, name="mentor_volunteer"
    ),
    *pair_patterns,
    *desk_patterns,
    *case_patterns,
]
