"""Doors of the exchange with 1C: its own, and the pages of administrators below /administration/exchange."""

from app.exchange.routes.connections import routes as connections
from app.exchange.routes.door import routes as door
from app.exchange.routes.pages import routes as pages

__all__ = ["door", "routes"]

routes = [*connections, *pages]
