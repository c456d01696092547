"""The doors to the CMS. Every other sign-in leads to the one of this site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, re_path
from django.views.decorators.cache import never_cache
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from members.middleware import (
    View,
    cms_access_required,
    in_own_language,
    second_factor_required,
)
from members.viewsets import OwnAccountView

from .viewsets.choosers import OwnBrowseView
from .viewsets.malformed import refuse_malformed
from .viewsets.translating import OwnSubmitTranslationView, OwnUpdateTranslationsView
from .viewsets.walls import walled


def guarded(view: View) -> View:
    """A CMS view for who may enter, in their language, behind the second step and the wall between
    hubs."""
    inside = in_own_language(walled(refuse_malformed(view)))
    return cms_access_required(second_factor_required(inside))


def own(view: View) -> View:
    """A view of ours in the place of one of Wagtail's, behind the same guards."""
    return guarded(never_cache(require_admin_access(view)))


def to_sign_in(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    """Whoever looks for another way in is led to the site's own."""
    return redirect("account_login")


def to_sign_out(request: HttpRequest) -> HttpResponse:
    """Signing out is the same everywhere."""
    return redirect("account_logout")


urlpatterns = [
    path("login/", to_sign_in),
    path("logout/", to_sign_out),
    re_path(r"^password_reset/", to_sign_in),
    path("account/", own(OwnAccountView.as_view()), name="wagtailadmin_account"),
    path("choose-page/", own(OwnBrowseView.as_view()), name="wagtailadmin_choose_page"),
    path(
        "localize/submit/page/<int:page_id>/",
        own(OwnSubmitTranslationView.as_view()),
        name="own_submit_translation",
    ),
    path(
        "localize/update/<int:translation_source_id>/",
        own(OwnUpdateTranslationsView.as_view()),
        name="own_update_translations",
    ),
    path("", include(decorate_urlpatterns(list(wagtailadmin_urls.urlpatterns), guarded))),
]
