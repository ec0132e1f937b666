"""Doors of catalogue."""

from starlette.routing import Route

routes: list[Route] = []
