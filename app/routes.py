"""The town map: one Mount for each feature."""

from starlette.routing import BaseRoute, Mount, Route

from app.accounts.routes import routes as accounts
from app.cart.routes import routes as cart
from app.catalogue.routes import routes as catalogue
from app.desk.routes import routes as desk
from app.help.routes import routes as help_pages
from app.history.routes import routes as history
from app.orders.routes import routes as orders
from app.presentations.routes import routes as presentations
from app.settings import Settings
from app.threads.routes import routes as threads
from app.web.mailbox import routes as mailbox
from app.web.operation import healthz, readyz


def routes(settings: Settings) -> list[BaseRoute]:
    """All doors of the site; the development mailbox is among them in development only."""
    return [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        *accounts,  # /  /sign-in  /sign-out  /language
        Mount("/catalogue", routes=catalogue),
        Mount("/presentations", routes=presentations),
        Mount("/cart", routes=cart),
        Mount("/orders", routes=orders),
        Mount("/comments", routes=threads),
        Mount("/history", routes=history),
        Mount("/help", routes=help_pages),
        Mount("/desk", routes=desk),
        *([Mount("/mailbox", routes=mailbox)] if settings.mailbox else []),
    ]
