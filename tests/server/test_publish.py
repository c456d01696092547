"""A page that is published in one process shows at once in another that keeps whole pages."""

import glob
import urllib.request
from pathlib import Path

import pytest
import redis

from tests.demo_site import free_port, manage, serving, wait_until_ready

pytestmark = pytest.mark.server
PUBLISH = """
from courses.models import CoursePage
page = CoursePage.objects.get(slug="first-steps", locale__language_code="en")
page.title = "Published elsewhere"
page.save_revision().publish()
"""


def kept_pages(var: Path, store: str) -> int:
    """How many entries the cache of pages holds."""
    if store:
        return len(redis.Redis.from_url(store).keys("weft-pages:*"))
    return len(glob.glob(str(var / "cache" / "pages" / "*.djcache")))


def title_of(url: str) -> tuple[bool, str]:
    """Whether the catalogue has the new title, and the page's ETag."""
    with urllib.request.urlopen(url, timeout=10) as response:
        return "Published elsewhere" in response.read().decode(), response.headers["ETag"]


@pytest.mark.parametrize(
    "is_redis", [False, pytest.param(True, marks=pytest.mark.redis)], ids=["files", "redis"]
)
def test_a_publish_shows_at_once(var: Path, is_redis: bool, request: pytest.FixtureRequest) -> None:
    """The second view comes from the cache; the view after the publish is new."""
    store = request.getfixturevalue("redis_server") if is_redis else ""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with serving(var, port, REDIS_URL=store) as server:
        wait_until_ready(url, server)
        first = title_of(f"{url}/courses/")
        assert kept_pages(var, store) > 0
        assert (title_of(f"{url}/courses/"), first[0]) == (first, False)
        manage(var, "shell", "--no-imports", "-c", PUBLISH, REDIS_URL=store)
        second = title_of(f"{url}/courses/")
    assert second[0]
    assert second[1] != first[1]
