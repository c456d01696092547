"""Addresses of a pair's page and of what protects people; `urls.py` takes them in."""

from django.urls import path

from .views import calendar, meetings, pair, safety

PAIR = "mentorship/pairs/<int:pk>/"

pair_patterns = [
    path(PAIR, pair.pair, name="pair"),
    path(f"{PAIR}answer/", pair.pair_answer, name="pair_answer"),
    path(f"{PAIR}withdraw/", pair.pair_withdraw, name="pair_withdraw"),
    path(f"{PAIR}messages/", pair.pair_message, name="pair_message"),
    path(f"{PAIR}notes/", pair.pair_note, name="pair_note"),
    path(f"{PAIR}goals/", pair.pair_goal, name="pair_goal"),
    path(f"{PAIR}goals/<int:number>/met/", pair.pair_goal_met, name="pair_goal_met"),
    path(f"{PAIR}progress/", pair.pair_progress, name="pair_progress"),
    path(f"{PAIR}pulse/", pair.pair_pulse, name="pair_pulse"),
    path(f"{PAIR}pause/", pair.pair_pause, name="pair_pause"),
    path(f"{PAIR}resume/", pair.pair_resume, name="pair_resume"),
    path(f"{PAIR}extend/", pair.pair_extend, name="pair_extend"),
    path(f"{PAIR}end/", pair.pair_end, name="pair_end"),
    path(f"{PAIR}close/", pair.pair_close, name="pair_close"),
    path(f"{PAIR}again/", pair.pair_again, name="pair_again"),
    path(f"{PAIR}meetings/log/", meetings.meeting_log, name="meeting_log"),
    path(f"{PAIR}meetings/plan/", meetings.meeting_plan, name="meeting_plan"),
    path(f"{PAIR}meetings/<int:meeting>.ics", meetings.meeting_file, name="meeting_file"),
    path(f"{PAIR}meetings/<int:meeting>/", meetings.meeting_change, name="meeting_change"),
    path(f"{PAIR}meetings/<int:meeting>/held/", meetings.meeting_held, name="meeting_held"),
    path(f"{PAIR}meetings/<int:meeting>/cancel/", meetings.meeting_cancel, name="meeting_cancel"),
    path("mentorship/met/<str:token>/", meetings.meeting_met, name="meeting_met"),
    path(f"{PAIR}report/", safety.pair_report, name="pair_report"),
    path(f"{PAIR}block/", safety.pair_block, name="pair_block"),
    path("mentorship/reported/", safety.pair_reported, name="pair_reported"),
    path("mentorship/calendar/", calendar.calendar, name="calendar"),
    path("mentorship/calendar/<str:token>.ics", calendar.calendar_feed, name="calendar_feed"),
]
