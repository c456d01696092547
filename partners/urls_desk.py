"""Addresses of what else a hub does for its partners; `urls.py` takes them in."""

from django.urls import URLPattern

desk_patterns: list[URLPattern] = []
