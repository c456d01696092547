"""Addresses of the staff desk; `urls.py` takes them in."""

from django.urls import path

from .views import desk

COURSE = "desk/<slug:hub>/courses/<uuid:course>/"

desk_patterns = [
    path("desk/<slug:hub>/hand-ins/<int:pk>/", desk.desk_hand_in, name="desk_hand_in"),
    path("desk/<slug:hub>/questions/<int:pk>/", desk.desk_ask, name="desk_ask"),
    path(COURSE, desk.desk_course, name="desk_course"),
    path(f"{COURSE}learners.csv", desk.desk_course_csv, name="desk_course_csv"),
    path(f"{COURSE}learners/<int:enrolment>/", desk.desk_learner, name="desk_learner"),
    path(
        f"{COURSE}learners/<int:enrolment>/done/",
        desk.desk_lesson_confirm,
        name="desk_lesson_confirm",
    ),
    path(
        f"{COURSE}learners/<int:enrolment>/withdraw/",
        desk.desk_certificate_withdraw,
        name="desk_certificate_withdraw",
    ),
    path(f"{COURSE}mark-again/", desk.desk_mark_again, name="desk_mark_again"),
    path(f"{COURSE}release/<int:number>/", desk.desk_release, name="desk_release"),
]
