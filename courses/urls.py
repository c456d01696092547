"""Addresses of courses; each name is that of its view, its template and its test."""

from django.urls import path

from . import views
from .urls_desk import desk_patterns
from .urls_outer import outer_patterns

app_name = "courses"
urlpatterns = [
    path("learn/resume/", views.resume, name="resume"),
    path("learn/courses/<uuid:course>/start/", views.enrol, name="enrol"),
    path("learn/lessons/<uuid:lesson>/answer/", views.answer, name="answer"),
    path("learn/lessons/<uuid:lesson>/done/", views.lesson_complete, name="lesson_complete"),
    path("learn/lessons/<uuid:lesson>/hand-in/", views.hand_in, name="hand_in"),
    path("learn/lessons/<uuid:lesson>/ask/", views.ask, name="ask"),
    path("learn/photos/<int:pk>/", views.photo, name="photo"),
    *outer_patterns,
    *desk_patterns,
]
