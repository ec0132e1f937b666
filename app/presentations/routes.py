"""Doors of presentations."""

from starlette.routing import Route

routes: list[Route] = []
