"""Addresses of members. The sign-in of allauth comes in here too, each page once."""

from allauth.urls import urlpatterns as allauth_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.utils.urlpatterns import decorate_urlpatterns

from . import views
from .middleware import View, forget_when_signed_out, say_when_refused

member_patterns = (
    [
        path("me/data/", views.data, name="data"),
        path("me/data/export/", views.data_export, name="data_export"),
        path("me/data/erase/", views.data_erase, name="data_erase"),
        path("me/data/erased/", views.data_erased, name="data_erased"),
        path("me/details/", views.details, name="details"),
        path("me/details/sessions/", views.sessions_end, name="sessions_end"),
        path("me/hubs/<slug:hub>/leave/", views.hub_leave, name="hub_leave"),
        path("me/notices/", views.notices, name="notices"),
        path("accounts/code/", views.code_sign_in, name="code_sign_in"),
        path("accounts/code/password/", views.code_password, name="code_password"),
        path("accounts/passkey/", views.passkey_sign_in, name="passkey_sign_in"),
        path("desk/<slug:hub>/members/", views.desk_members, name="desk_members"),
        path(
            "desk/<slug:hub>/members/<int:member>/code/",
            views.desk_code,
            name="desk_code",
        ),
        path(
            "desk/<slug:hub>/members/<int:member>/code/issue/",
            views.desk_code_issue,
            name="desk_code_issue",
        ),
    ],
    "members",
)


def guarded(view: View) -> View:
    """A view of allauth's, with what this site adds."""
    return forget_when_signed_out(say_when_refused(view))


urlpatterns = [
    path("", include(member_patterns)),
    path("accounts/email/", RedirectView.as_view(pattern_name="members:details")),
    path("accounts/", include(decorate_urlpatterns(list(allauth_patterns), guarded))),
]
