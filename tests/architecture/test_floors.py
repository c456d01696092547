"""The house stands as it was drawn: floors, file names, sizes, and what an action looks like."""

import ast
import inspect
import statistics
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import FunctionType

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# From the lowest floor up; what is reserved for later is not here yet.
FLOORS = ["members", "content", "courses", "mentorship", "partners", "hub"]
# Bookkeeping without an acting person: what the clock, a receiver or another action asks for.
NOBODY_ACTS = {
    "ask_about_meetings": "the clock asks for it",
    "delete_old_words": "the clock asks for it",
    "check_links": "the clock asks for it",
    "check_upload": "a worker asks for it",
    "count_click": "nobody is named in a count",
    "count_view": "nobody is named in a count",
    "delete_old_interest": "the clock asks for it",
    "delete_old_invitations": "the clock asks for it",
    "delete_old_uploads": "the clock asks for it",
    "index_offers": "a worker asks for it",
    "remind_agreements": "the clock asks for it",
    "remind_offers": "the clock asks for it",
    "remind_partners": "the clock asks for it",
    "remind_reviewers": "the clock asks for it",
    "write_upload": "a worker asks for it",
    "adopt_visit": "a visit has a member, but begins with its facts",
    "apply_release": "an enrolment is brought up to its release",
    "code_of": "reads what a person typed",
    "cut_release": "receivers and the clock ask for it",
    "derive_permissions": "follows from the roles",
    "derive_permissions_of_page": "follows from the roles",
    "forget_old": "the clock asks for it",
    "issue_certificate": "follows from the last lesson",
    "note_answers": "a visitor has facts and no account",
    "note_read": "a visitor has facts and no account",
    "make_renditions": "a worker asks for it",
    "rebuild_progress": "a command asks for it",
    "sync_groups": "follows from the roles",
    "use_sign_in_code": "nobody is signed in yet",
    "ensure_programme": "a hub gets one when it is needed",
    "expire_proposal": "the clock asks for it",
    "hand_on_away": "the clock asks for it",
    "refresh_checks": "the clock asks for it",
    "refresh_hours": "the clock asks for it",
    "remind_pairs": "the clock asks for it",
    "send_all": "the clock asks for it",
    "send_digests": "the clock asks for it",
    "send_on": "follows from a no, a pause or the clock",
    "settle": "writes what a date has ended",
    "tell_free": "the clock asks for it",
    "create_hub": "a command asks for it",
}
SOURCES = [
    path
    for app in FLOORS
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
]


def linter() -> dict[str, dict]:
    """The contracts of the import linter by their id."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return {one["id"]: one for one in project["tool"]["importlinter"]["contracts"]}


def own_apps() -> set[str]:
    """The apps that stand in this checkout."""
    return {
        config.label for config in apps.get_app_configs() if Path(config.path).parent == ROOT
    } | {"hub"}


def functions() -> Iterator[tuple[str, int]]:
    """Every function, with its place, and how many lines it has."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                place = f"{path.relative_to(ROOT)}:{node.name}"
                yield place, node.end_lineno - node.lineno + 1


def actions() -> Iterator[FunctionType]:
    """The public actions of every app."""
    for app in FLOORS:
        if (ROOT / app / "actions").exists() or (ROOT / app / "actions.py").exists():
            module = import_module(f"{app}.actions")
            yield from (
                getattr(module, name)
                for name in module.__all__
                if inspect.isfunction(getattr(module, name))
            )


KEYWORDS = {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}
ACTIONS = list(actions())


def test_the_linter_knows_every_app_and_its_floor() -> None:
    layers = [layer.split(" | ") for layer in linter()["floors"]["layers"][::-1]]
    assert [room for rooms in layers for room in rooms] == FLOORS
    assert own_apps() == set(FLOORS)
    assert set(linter()["files"]["containers"]) == set(FLOORS) - {"hub"}
    assert linter()["files"]["exhaustive"] is True


def test_no_floor_is_excused() -> None:
    excused = {one for each in linter().values() for one in each.get("ignore_imports", [])}
    assert excused == {"*.migrations.** -> **"}


def test_there_is_no_room_for_odds_and_ends() -> None:
    odd = {"core", "common", "base", "utils", "helpers", "misc"}
    names = {path.stem for path in SOURCES} | {path.parent.name for path in SOURCES}
    assert names & odd == {"base"}
    assert [path.parent.name for path in SOURCES if path.stem == "base"] == ["settings"]


def test_relations_point_down() -> None:
    up = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in FLOORS
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if field.related_model._meta.app_label in FLOORS
        if FLOORS.index(field.related_model._meta.app_label) > FLOORS.index(model._meta.app_label)
    ]
    assert up == []


def test_nothing_points_to_a_page_but_pages() -> None:
    """A key to a page makes the CMS fail when it deletes; rows are keyed by translation key."""
    from wagtail.models import Page

    found = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in FLOORS and not issubclass(model, Page)
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if issubclass(field.related_model, Page) and field.name != "page"
    ]
    assert found == []


def test_functions_can_be_seen_at_once() -> None:
    sizes = dict(functions())
    lengths = sorted(sizes.values())
    assert statistics.median(lengths) < 10
    assert lengths[int(len(lengths) * 0.9)] < 25
    assert [place for place, size in sizes.items() if size > 60] == []


def test_files_are_split_by_noun() -> None:
    long = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in SOURCES
        if len(path.read_text().splitlines()) > 330
    }
    assert long == {}


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_an_action_looks_like_one(action: FunctionType) -> None:
    """Keyword-only, typed, who acts first, and it says what it does."""
    parameters = list(inspect.signature(action).parameters.values())
    assert inspect.getdoc(action)
    if action.__name__ != "code_of":
        assert {one.kind for one in parameters} <= KEYWORDS
    assert all(one.annotation is not inspect.Parameter.empty for one in parameters)
    assert inspect.signature(action).return_annotation is not inspect.Signature.empty
    if action.__name__ not in NOBODY_ACTS:
        assert parameters[0].name == "member"


def test_the_list_of_actions_without_a_person_is_true() -> None:
    assert set(NOBODY_ACTS) - {action.__name__ for action in ACTIONS} == set()


@pytest.mark.parametrize("app", [app for app in FLOORS if (ROOT / app / "rules.py").exists()])
def test_rules_decide_and_change_nothing(app: str) -> None:
    source = (ROOT / app / "rules.py").read_text()
    tree = ast.parse(source)
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert [node.name for node in found if not ast.get_docstring(node)] == []
    changes = {"save", "create", "update", "delete", "get_or_create", "update_or_create", "add"}
    called = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert called & changes == set()
