"""Doors of history."""

from starlette.routing import Route

routes: list[Route] = []
