import pytest
from django.core.cache import caches

from .tree import Tree, build_tree


@pytest.fixture
def tree(db: None) -> Tree:
    for cache in ("default", "version"):
        caches[cache].clear()
    return build_tree()
