"""Addresses of the read API. They belong to no language."""

from django.urls import URLPattern, path
from django.views.generic import RedirectView

from .api import api

app_name = "api"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="partners:offer_api"), name="api-root"),
    *(one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"),
]
