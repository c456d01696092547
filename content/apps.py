from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail import signals
from wagtail.admin.apps import WagtailAdminAppConfig


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = _("Content")
    default = True

    def ready(self) -> None:
        from . import handlers, tasks

        handlers.connect()
        tasks.connect()


class CmsConfig(WagtailAdminAppConfig):
    """Wagtail's editor without its own mails about reviews: they would leave past the outbox, in
    the middle of a request. `content.handlers` tells people instead."""

    def ready(self) -> None:
        super().ready()
        from wagtail.models import TaskState, WorkflowState

        signals.task_submitted.disconnect(
            sender=TaskState, dispatch_uid="group_approval_task_submitted_email_notification"
        )
        for name in ("submitted", "approved", "rejected"):
            getattr(signals, f"workflow_{name}").disconnect(
                sender=WorkflowState,
                dispatch_uid=f"workflow_state_{name}_email_notification",
            )
