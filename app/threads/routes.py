"""Doors of threads."""

from starlette.routing import Route

routes: list[Route] = []
