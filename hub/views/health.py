"""Is the process alive; can it serve."""

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

_migrated = False


def database_ready() -> bool:
    """Whether the database answers and is fully migrated. A yes is remembered."""
    global _migrated
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def cache_ready() -> bool:
    """Whether the shared cache keeps what it is given."""
    caches["version"].set("ready", "yes", 60)
    return caches["version"].get("ready") == "yes"


def broker_ready() -> bool:
    """Whether the broker answers; yes when none is set."""
    if not settings.CELERY_BROKER_URL:
        return True
    from hub.celery import app

    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=1)
    return True


CHECKS = {"database": database_ready, "cache": cache_ready, "broker": broker_ready}


def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """Each part that serving needs, and whether it is ready. 503 when one is not.

    A missing broker or cache is reported but does not stop serving.
    """
    found = {}
    for name, check in CHECKS.items():
        try:
            found[name] = check()
        except Exception:
            found[name] = False
    status = 200 if found["database"] else 503
    words = "ok" if all(found.values()) else ("degraded" if status == 200 else "not ready")
    return JsonResponse({"status": words, **found}, status=status)
