"""Doors of help."""

from starlette.routing import Route

routes: list[Route] = []
