"""The mentorship desk of a hub: who waits, mentors, pairs, programmes, figures."""

from .asks import desk_ask
from .board import desk_board
from .figures import desk_figures, desk_figures_csv
from .pairs import desk_pair, desk_pair_contact, desk_pair_move, desk_pairs
from .people import desk_check_add, desk_mentor, desk_mentor_move, desk_mentors
from .programmes import desk_programme, desk_programme_new, desk_programmes

__all__ = [
    "desk_ask",
    "desk_board",
    "desk_check_add",
    "desk_figures",
    "desk_figures_csv",
    "desk_mentor",
    "desk_mentor_move",
    "desk_mentors",
    "desk_pair",
    "desk_pair_contact",
    "desk_pair_move",
    "desk_pairs",
    "desk_programme",
    "desk_programme_new",
    "desk_programmes",
]
