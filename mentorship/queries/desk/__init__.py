"""Reads of mentorship's desk: who waits, who is silent, mentors, pairs, figures."""

from .asks import AskDesk, ask_desk, ask_for
from .board import Board, DeskWaiting, board, desk_waiting, waiting_counts
from .figures import PERIODS, USUAL, FiguresPage, figures_page, figures_section
from .pairs import SHOWS, PairDesk, PairsFilter, PairsPage, pair_desk, pair_for, pairs_page
from .people import PeopleFilter, PeoplePage, PersonPage, mentors_for, people_page, person_page
from .programmes import programme_rows, programmes_for
from .risk import AtRisk, pairs_at_risk

__all__ = [
    "PERIODS",
    "SHOWS",
    "USUAL",
    "AskDesk",
    "AtRisk",
    "Board",
    "DeskWaiting",
    "FiguresPage",
    "PairDesk",
    "PairsFilter",
    "PairsPage",
    "PeopleFilter",
    "PeoplePage",
    "PersonPage",
    "ask_desk",
    "ask_for",
    "board",
    "desk_waiting",
    "figures_page",
    "figures_section",
    "mentors_for",
    "pair_desk",
    "pair_for",
    "pairs_at_risk",
    "pairs_page",
    "people_page",
    "person_page",
    "programme_rows",
    "programmes_for",
    "waiting_counts",
]
