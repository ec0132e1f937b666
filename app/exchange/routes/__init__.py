"""Doors of the exchange with 1C: its own, and the pages of administrators below /administration/exchange."""

from starlette.routing import Route

from app.exchange.routes.door import routes as door

__all__ = ["door", "routes"]

routes: list[Route] = []
