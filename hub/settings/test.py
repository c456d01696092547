"""The test suite: quick hashes, files in a folder of its own."""

import tempfile

from .base import *

SECRET_KEY = "-".join(["weft-test-only"] * 5)
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SITE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
WEFT_DEMO = True
WEFT_REQUIRE_SECOND_FACTOR = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TEST_VAR = Path(tempfile.mkdtemp(prefix="weft-test-"))
MEDIA_ROOT = TEST_VAR / "media"
STATIC_ROOT = TEST_VAR / "static"
STATIC_ROOT.mkdir()
PRIVATE_ROOT = TEST_VAR / "private"
STORAGES["private"]["OPTIONS"]["location"] = PRIVATE_ROOT
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"},
    "version": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "version"},
}
WHITENOISE_AUTOREFRESH = True  # else every client of a test reads the list of all files first
WAGTAIL_AUTOSAVE_INTERVAL = 0
LOGGING["root"]["level"] = "ERROR"
