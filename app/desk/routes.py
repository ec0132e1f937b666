"""Doors of desk."""

from starlette.routing import Route

routes: list[Route] = []
