"""Every door of the site says who may knock."""

from pathlib import Path

import pytest
from starlette.responses import Response
from starlette.routing import Mount, Route

from app.main import create_app
from app.routes import routes
from app.settings import load_settings
from app.web.access import check_doors, public


async def undeclared(request):
    return Response()


@pytest.fixture(params=["", "/var/tmp/mailbox"], ids=["live", "with the mailbox"])
def settings(request):
    return load_settings({"KABINET_MAILBOX": request.param})


def test_every_door_is_declared(settings):
    paths = check_doors(routes(settings))
    assert len(paths) == len(routes(settings)) > 30
    assert ("/mailbox" in paths) is (settings.mailbox == Path("/var/tmp/mailbox"))


def test_a_site_with_an_undeclared_door_does_not_start(monkeypatch):
    monkeypatch.setattr("app.main.routes", lambda settings: [*routes(settings), Route("/back", undeclared)])
    with pytest.raises(RuntimeError, match=r"/back: say @allow"):
        create_app(load_settings({}))


def test_a_door_within_a_mount_is_looked_at_too():
    with pytest.raises(RuntimeError, match=r"/cellar/back: say @allow"):
        check_doors([Mount("/cellar", routes=[Route("/back", undeclared)])])


def test_what_cannot_be_checked_is_refused():
    with pytest.raises(RuntimeError, match="no door that can be checked"):
        check_doors([Mount("/files", app=undeclared), object()])


def test_public_doors_say_why(settings):
    for route in routes(settings):
        access = route.endpoint.access
        assert isinstance(access, frozenset) or len(access.split()) > 3, f"{route.path}: {access!r} is no reason"


def test_a_path_and_a_method_lead_to_one_door(settings):
    doors = [(route.path, method) for route in routes(settings) for method in route.methods - {"HEAD"}]
    assert len(doors) == len(set(doors))
    assert {method for _, method in doors} == {"GET", "POST"}


def test_public_wants_a_reason():
    assert public("a reason that says something")(undeclared).access
