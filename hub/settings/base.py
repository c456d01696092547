"""What every way of running Weft shares."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from . import environment as env
from .accounts import *

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR = env.folder("WEFT_VAR", BASE_DIR / "var")

DEBUG = False
SITE_URL = env.site("SITE_URL", "http://127.0.0.1:8000")
WAGTAIL_SITE_NAME = env.text("SITE_NAME", "Weft")
WAGTAILADMIN_BASE_URL = SITE_URL

INSTALLED_APPS = [
    "hub",
    "mentorship",
    "partners",
    "courses",
    "content",
    "members",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "content.apps.CmsConfig",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "hub.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "hub.middleware.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "content.middleware.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "hub.form_addresses.FormAddressMiddleware",
    "content.middleware.OriginCsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "hub.urls"
WSGI_APPLICATION = "hub.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hub.context.shell",
            ],
        },
    }
]

# A web process soon says that the database is busy; workers and commands have time.
WEFT_IS_WEB = env.flag("WEFT_IS_WEB", False)
SECONDS_FOR_A_LOCK = 1.5 if WEFT_IS_WEB else 20

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": SECONDS_FOR_A_LOCK,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}


POSTGRES_OPTIONS = {
    "connect_timeout": 1 if WEFT_IS_WEB else 5,
    "options": f"-c lock_timeout={SECONDS_FOR_A_LOCK * 1000:.0f}",
}

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{VAR / 'weft.sqlite3'}")}
IS_POSTGRES = DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"
DATABASES["default"]["OPTIONS"] = {
    **(POSTGRES_OPTIONS if IS_POSTGRES else SQLITE_OPTIONS),
    **DATABASES["default"].get("OPTIONS", {}),
}
if IS_POSTGRES:
    INSTALLED_APPS += ["django.contrib.postgres"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_SCHEMES = ("redis", "rediss", "unix")
BROKER_SCHEMES = ("redis", "rediss", "redis+socket", "sentinel", "amqp", "amqps", "pyamqp", "sqs")
REDIS_URL = env.address("REDIS_URL", "", REDIS_SCHEMES)


# Pages may be lost without harm; a version that cannot be changed must be heard of.
REDIS_BACKENDS = {
    "pages": "content.quietcache.QuietRedisCache",
    "version": "django.core.cache.backends.redis.RedisCache",
}
FILE_BACKENDS = {
    "pages": "content.quietcache.QuietFileCache",
    "version": "content.filecache.FileCache",
}


def cache(name: str, seconds: int | None) -> dict[str, object]:
    """A cache that every process shares: Redis when set, files under var otherwise."""
    if REDIS_URL:
        return {
            "BACKEND": REDIS_BACKENDS[name],
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": f"weft-{name}",
            "TIMEOUT": seconds,
            "OPTIONS": {"socket_connect_timeout": 0.3, "socket_timeout": 0.3},
        }
    return {
        "BACKEND": FILE_BACKENDS[name],
        "LOCATION": str(VAR / "cache" / name),
        "TIMEOUT": seconds,
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }


CACHES = {"default": cache("pages", 7 * 24 * 3600), "version": cache("version", None)}

CELERY_BROKER_URL = env.address("CELERY_BROKER_URL", REDIS_URL, BROKER_SCHEMES)
CELERY_TASK_ALWAYS_EAGER = not CELERY_BROKER_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 0.5,
    "socket_timeout": 1,
    "visibility_timeout": 3600,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat")
CELERY_BEAT_SCHEDULE = {"tick": {"task": "hub.tasks.tick", "schedule": 60.0}}

AUTH_USER_MODEL = "members.Member"
SESSION_ENGINE = "members.sessions"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "hub.views.errors.origin_unknown"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("ar", _("Arabic"))]
WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es", "Español")]
WAGTAILADMIN_PERMITTED_LANGUAGES = WAGTAIL_CONTENT_LANGUAGES
# `make messages` writes the first; the second words what other packages say in plain words.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "hub" / "words" / "locale"]
FORMAT_MODULE_PATH = ["hub.formats"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
WEFT_DRAWINGS = BASE_DIR / "demo" / "pictures"
STATICFILES_DIRS = [BASE_DIR / "static", ("drawings", WEFT_DRAWINGS)]
WHITENOISE_USE_FINDERS = True
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
PRIVATE_ROOT = VAR / "private"
WEFT_SERVE_MEDIA = env.flag("WEFT_SERVE_MEDIA", True)

STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

WAGTAILIMAGES_IMAGE_MODEL = "content.WeftImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "content.forms.PictureForm"
WAGTAILDOCS_DOCUMENT_MODEL = "content.WeftDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "content.forms.FileForm"
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # the site calls no other site
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 24_000_000
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = [
    "pdf",
    "txt",
    "csv",
    "odt",
    "ods",
    "odp",
    "docx",
    "xlsx",
    "pptx",
    "html",
    "css",
    "zip",
    "mp3",
    "ogg",
    "oga",
    "m4a",
    "mp4",
    "webm",
    "vtt",
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 100 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
if IS_POSTGRES:
    WAGTAILSEARCH_BACKENDS["default"]["SEARCH_CONFIG"] = "weft"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_NOTIFICATION_USE_HTML = True
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_AUTOSAVE_INTERVAL = 3000
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 1
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = [
    "security.W003",  # content.middleware.OriginCsrfMiddleware is a subclass of Django's
    "security.W019",  # the CMS shows previews in a frame of the same site
]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

EMAIL_TIMEOUT = 2
DEFAULT_FROM_EMAIL = env.sender("DEFAULT_FROM_EMAIL", "Weft <weft@localhost>")

WEFT_REQUIRE_SECOND_FACTOR = env.flag("WEFT_REQUIRE_SECOND_FACTOR", True)
WEFT_DEMO = False
WEFT_DEMO_PASSWORD = "weft-demo-1"  # noqa: S105

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "hub.logs.JsonFormatter"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["out"], "level": env.level("LOG_LEVEL", "INFO")},
}
