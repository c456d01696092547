"""The staff edge in the CMS: hubs, roles and accounts, for the network admin only."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic.edit import ModelFormMixin
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.admin.views import account, generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from .actions import change_account, grant_role, sync_groups, withdraw_role
from .errors import Refused
from .forms import AccountForm, HubForm, NewHubForm, RoleForm
from .models import Hub, HubRole, Member


class AdminPolicy(ModelPermissionPolicy):
    """The network admin may do some things with a model; nobody else may do any."""

    def __init__(self, model: type[Any], *actions: str) -> None:
        super().__init__(model)
        self.actions = actions

    def user_has_permission(self, user: Any, action: str) -> bool:
        return user.is_active and user.is_superuser and action in self.actions

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class RefusableMixin(ModelFormMixin):
    """Shows the reason of an action that refuses above the form."""

    def form_valid(self, form: forms.ModelForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
            self.produced_error_message = str(refused)
            return self.form_invalid(form)


def refuse_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action_class: Any
) -> HttpResponse | None:
    """Accounts are changed one by one: no door passes the actions by."""
    if Member not in action_class.models:
        return None
    messages.error(request, _("Accounts are changed one by one. Nothing was changed."))
    return HttpResponseRedirect(reverse("wagtailusers_users:index"))


class HubAddView(generic.CreateView):
    def save_instance(self) -> Hub:
        hub = super().save_instance()
        sync_groups(hub=hub)
        return hub


class HubViewSet(ModelViewSet):
    """Hubs: made and changed, never deleted, since people's learning belongs to them."""

    model = Hub
    icon = "home"
    menu_label = _("Hubs")
    menu_order = 590
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    add_view_class = HubAddView
    list_display = ("name", "place", "slug")
    search_fields = ("name", "place")

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return HubForm if for_update else NewHubForm


class RoleAddView(RefusableMixin, generic.CreateView):
    def save_instance(self) -> HubRole:
        given = self.form.cleaned_data
        return grant_role(
            member=self.request.user, to=given["member"], hub=given["hub"], role=given["role"]
        )


class RoleDeleteView(generic.DeleteView):
    def delete_action(self) -> None:
        held = self.object
        withdraw_role(member=self.request.user, to=held.member, hub=held.hub, role=held.role)


class RoleViewSet(ModelViewSet):
    """Roles in hubs: given and taken."""

    model = HubRole
    icon = "group"
    menu_label = _("Roles in hubs")
    menu_order = 591
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    add_view_class = RoleAddView
    delete_view_class = RoleDeleteView
    list_display = ("member", "hub", "role")
    list_filter = ("hub", "role")
    list_select_related = ("member", "hub")
    search_fields = ("member__name", "member__username")

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return RoleForm


class AccountEditView(RefusableMixin, generic.EditView):
    def save_instance(self) -> Member:
        given = self.form.cleaned_data
        return change_account(
            member=self.request.user,
            to=Member.objects.get(pk=self.object.pk),
            is_active=given["is_active"],
            is_superuser=given["is_superuser"],
        )


class AccountViewSet(ModelViewSet):
    """Accounts, in place of Wagtail's own users: people sign up and erase by themselves."""

    model = Member
    icon = "user"
    menu_name = "users"
    menu_label = _("Accounts")
    menu_order = 600
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    edit_view_class = AccountEditView
    list_display = (
        "name",
        "username",
        BooleanColumn("is_superuser", label=_("Network admin")),
        BooleanColumn("is_active", label=_("Active")),
        DateColumn("last_login", label=_("Last sign-in")),
    )
    list_filter = ("is_superuser", "is_active")
    search_fields = ("name", "username")

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return AccountForm


class OwnAccountView(account.AccountView):
    """A person's settings of the CMS. The name is changed on /me/details/, like everybody's."""

    def get_panels(self) -> list[account.BaseSettingsPanel]:
        panels = super().get_panels()
        return [p for p in panels if not isinstance(p, account.NameEmailSettingsPanel)]
