"""Addresses of the outer pages: the catalogue, its feed, certificates; `urls.py` takes them in."""

from django.urls import path

from . import views

outer_patterns = [
    path("courses/", views.catalogue, name="catalogue"),
    path("courses/feed/", views.course_feed, name="course_feed"),
    path("certificates/", views.certificate_check, name="certificate_check"),
    path("certificates/<str:code>/", views.certificate, name="certificate"),
    path("certificates/<str:code>/pdf/", views.certificate_pdf, name="certificate_pdf"),
    path("certificates/<str:code>/name/", views.certificate_rename, name="certificate_rename"),
]
