"""The development mailbox."""

from starlette.routing import Route

routes: list[Route] = []
