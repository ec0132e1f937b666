"""Which way the imports go: routes → forms, queries, actions → models, and jobs → app."""

import pytest

from tests.architecture.source import imports, modules, part

ABOVE = {"app.cli", "app.development", "app.main", "app.routes"}  # they put the house together
APP = list(modules("app"))
FEATURES = sorted({name.split(".")[1] for name, _ in APP if part(name) == "routes"})


def within(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize(("name", "file"), APP, ids=[name for name, _ in APP])
def test_only_routes_and_web_know_starlette(name, file):
    if within(name, "app.web", *ABOVE) or part(name) == "routes":
        return
    assert not {one for one in imports(file) if within(one, "starlette", "uvicorn")}


@pytest.mark.parametrize(("name", "file"), APP, ids=[name for name, _ in APP])
def test_the_app_does_not_know_the_jobs(name, file):
    if name != "app.cli":  # the command line starts the worker
        assert not {one for one in imports(file) if within(one, "jobs")}


@pytest.mark.parametrize(
    ("name", "file"), [*APP, *modules("jobs")], ids=lambda one: one if isinstance(one, str) else ""
)
def test_nobody_imports_the_routes_of_another_feature(name, file):
    if within(name, *ABOVE):
        return
    own = ".".join(name.split(".")[:2])
    routes = {one for one in imports(file) if any(within(one, f"app.{feature}.routes") for feature in FEATURES)}
    assert all(within(one, f"{own}.routes") for one in routes)
    assert not routes or part(name) == "routes"


@pytest.mark.parametrize(("name", "file"), APP, ids=[name for name, _ in APP])
def test_models_know_neither_queries_nor_actions_nor_pages(name, file):
    if part(name) != "models":
        return
    above = {"queries", "actions", "forms", "routes"}
    assert not {one for one in imports(file) if within(one, "app.web") or (within(one, "app") and part(one) in above)}


@pytest.mark.parametrize(("name", "file"), APP, ids=[name for name, _ in APP])
def test_queries_and_actions_know_no_pages(name, file):
    if part(name) in ("queries", "actions"):
        assert not {one for one in imports(file) if within(one, "app.web") or part(one) in ("forms", "routes")}


def test_these_tests_see_the_features():
    assert {"accounts", "cart", "catalogue", "desk", "history", "orders", "presentations"} <= set(FEATURES)
