"""Doors of cart."""

from starlette.routing import Route

routes: list[Route] = []
