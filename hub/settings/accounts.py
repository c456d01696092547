"""How people sign up and sign in. `base` takes all of it."""

AUTHENTICATION_BACKENDS = ["members.backends.Backend"]
PASSWORD_HASHERS = [
    "members.hashers.LightArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name", "email"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "members.accounts.KnownPasswordValidator"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "hub:me"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 30 * 24 * 3600

ACCOUNT_ADAPTER = "members.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "members.forms.SignupForm",
    "login": "members.forms.LoginForm",
    "request_login_code": "members.forms.RequestLoginCodeForm",
    "reset_password": "members.forms.ResetPasswordForm",
    "reset_password_from_key": "members.forms.PasswordFromMailForm",
    "change_password": "members.forms.ChangePasswordForm",
    "set_password": "members.forms.SetPasswordForm",
}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_SIGNUP_REDIRECT_URL = "hub:me"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_USERNAME_BLACKLIST = ["admin", "root", "staff", "support", "system", "weft"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# A class of thirty signs up and in from one address.
ACCOUNT_RATE_LIMITS = {
    "signup": "60/m/ip",
    "login": "100/m/ip",
    "login_failed": "40/m/ip,5/300s/key",
    "sign_in_code": "60/m/ip,10/h/key",
    "erase": "5/m/user",
    "partner_apply": "5/d/user",
    "partner_mail": "20/d/user",
    "partner_code": "5/300s/user",
}
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
