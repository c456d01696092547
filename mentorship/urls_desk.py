"""Addresses of mentorship's desk; `urls.py` takes them in."""

from django.urls import path

from .views import desk

DESK = "desk/<slug:hub>/mentorship/"

desk_patterns = [
    path(DESK, desk.desk_board, name="desk_board"),
    path(f"{DESK}people/", desk.desk_mentors, name="desk_mentors"),
    path(f"{DESK}people/<int:mentor>/", desk.desk_mentor, name="desk_mentor"),
    path(f"{DESK}people/<int:mentor>/move/", desk.desk_mentor_move, name="desk_mentor_move"),
    path(f"{DESK}people/<int:mentor>/check/", desk.desk_check_add, name="desk_check_add"),
    path(f"{DESK}asks/<int:ask>/", desk.desk_ask, name="desk_ask"),
    path(f"{DESK}pairs/", desk.desk_pairs, name="desk_pairs"),
    path(f"{DESK}pairs/<int:pairing>/", desk.desk_pair, name="desk_pair"),
    path(f"{DESK}pairs/<int:pairing>/move/", desk.desk_pair_move, name="desk_pair_move"),
    path(f"{DESK}pairs/<int:pairing>/spoke/", desk.desk_pair_contact, name="desk_pair_contact"),
    path(f"{DESK}programmes/", desk.desk_programmes, name="desk_programmes"),
    path(f"{DESK}programmes/new/", desk.desk_programme_new, name="desk_programme_new"),
    path(f"{DESK}programmes/<int:programme>/", desk.desk_programme, name="desk_programme"),
    path(f"{DESK}figures/", desk.desk_figures, name="desk_figures"),
    path(f"{DESK}figures.csv", desk.desk_figures_csv, name="desk_figures_csv"),
]
