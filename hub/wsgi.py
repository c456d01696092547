"""The door for web servers: `granian --interface wsgi hub.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings.production")
os.environ.setdefault("WEFT_IS_WEB", "yes")

application = get_wsgi_application()
