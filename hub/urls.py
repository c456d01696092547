"""Addresses of the whole site. Each app's come in by name; pages come last."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.documents import urls as documents_urls

from hub.sitemaps import robots, sitemap
from hub.styleguide import styleguide

from . import views

hub_patterns = (
    [
        path("me/", views.me, name="me"),
        path("desk/", views.desk, name="desk"),
        path("desk/<slug:hub>/", views.desk_hub, name="desk_hub"),
        path("search/", views.search, name="search"),
        path("display/", views.display, name="display"),
        path("styleguide/", styleguide, name="styleguide"),
    ],
    "hub",
)

urlpatterns = [
    path("healthz", views.healthz),
    path("readyz", views.readyz),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    path("cms/", include("content.urls_cms")),
    path("documents/", include(documents_urls)),
    path("api/", include("partners.urls_api")),
]
if settings.WEFT_SERVE_MEDIA:
    urlpatterns += [path("media/<path:path>", views.media, name="media")]
urlpatterns += i18n_patterns(
    path("", include(hub_patterns)),
    path("", include("courses.urls")),  # asked for most: what stands before is tried before
    path("", include("mentorship.urls")),
    path("", include("partners.urls")),
    path("", include("members.urls")),
    path("", include("content.urls")),
    prefix_default_language=False,
)

handler400 = "hub.views.errors.bad_request"
handler403 = "hub.views.errors.denied"
handler404 = "hub.views.errors.missing"
handler500 = "hub.views.errors.broken"
