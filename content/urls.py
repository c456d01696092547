"""Wagtail's addresses, with the cached route in the place of the last one."""

from django.urls import path, re_path
from wagtail import urls as wagtail_urls

from .urls_cms import to_sign_in
from .views import serve

urlpatterns = [
    path("_util/login/", to_sign_in),
    *wagtail_urls.urlpatterns[:-1],
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
]
