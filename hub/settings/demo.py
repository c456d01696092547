"""`make demo`: one machine, SQLite, no mail server, demo accounts."""

from .base import *

SECRET_KEY = env.text("SECRET_KEY", "weft-demo-only-not-a-secret-0123456789-abcdefghij")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
DEBUG = env.flag("DEBUG", False)
WEFT_DEMO = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WEFT_REQUIRE_SECOND_FACTOR = env.flag("WEFT_REQUIRE_SECOND_FACTOR", False)
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
LOGGING["root"]["level"] = env.level("LOG_LEVEL", "WARNING")
