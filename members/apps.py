from typing import Any

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")

    def ready(self) -> None:
        from . import handlers, tasks

        handlers.connect()
        tasks.connect()
        users: Any = apps.get_app_config("wagtailusers")
        users.user_viewset = "members.viewsets.AccountViewSet"
