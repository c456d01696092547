"""Addresses of safety cases on the desk; `urls.py` takes them in."""

from django.urls import path

from .views.desk import cases

CASES = "desk/<slug:hub>/mentorship/cases/"

case_patterns = [
    path(CASES, cases.desk_cases, name="desk_cases"),
    path(f"{CASES}<int:pk>/", cases.desk_case, name="desk_case"),
    path(f"{CASES}<int:pk>/note/", cases.desk_case_note, name="desk_case_note"),
    path(f"{CASES}<int:pk>/words/", cases.desk_case_words, name="desk_case_words"),
    path(f"{CASES}<int:pk>/end/", cases.desk_case_end, name="desk_case_end"),
    path(f"{CASES}<int:pk>/hold/", cases.desk_case_hold, name="desk_case_hold"),
    path(f"{CASES}<int:pk>/close/", cases.desk_case_close, name="desk_case_close"),
]
