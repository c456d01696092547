"""Forms of the public edge and of the CMS: they parse. The rules are in the actions."""

from .accounts import (
    ChangePasswordForm,
    LoginForm,
    PasswordFromMailForm,
    RequestLoginCodeForm,
    ResetPasswordForm,
    SetPasswordForm,
    SignupForm,
)
from .fields import keep_or_end
from .members import CodeForm, DetailsForm, EraseForm, NewPasswordForm, SessionsForm
from .staff import AccountForm, HubForm, NewHubForm, RoleForm

__all__ = [
    "AccountForm",
    "ChangePasswordForm",
    "CodeForm",
    "DetailsForm",
    "EraseForm",
    "HubForm",
    "LoginForm",
    "NewHubForm",
    "NewPasswordForm",
    "PasswordFromMailForm",
    "RequestLoginCodeForm",
    "ResetPasswordForm",
    "RoleForm",
    "SessionsForm",
    "SetPasswordForm",
    "SignupForm",
    "keep_or_end",
]
