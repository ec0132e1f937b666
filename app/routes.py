"""The town map: one line for each feature."""

from functools import cache

from starlette.routing import BaseRoute, Route

from app.accounts.routes import routes as accounts
from app.acting.routes import routes as acting
from app.administration.routes import routes as administration
from app.answer_templates.routes import routes as answer_templates
from app.attachments.routes import routes as attachments
from app.cart.routes import routes as cart
from app.catalogue.routes import routes as catalogue
from app.desk.routes import routes as desk
from app.documents.routes import routes as documents
from app.exchange.routes import door as exchange_door
from app.exchange.routes import routes as exchange
from app.exports.routes import routes as exports
from app.goods.routes import routes as goods
from app.help.routes import routes as help_pages
from app.history.routes import routes as history
from app.imports.routes import routes as imports
from app.kept.routes import routes as kept
from app.order_templates.routes import routes as order_templates
from app.orders.routes import routes as orders
from app.own_codes.routes import routes as own_codes
from app.people.routes import routes as people
from app.pictures.routes import routes as pictures
from app.policies.routes import routes as policies
from app.presentations.routes import routes as presentations
from app.prices.routes import routes as prices
from app.profile.routes import routes as profile
from app.quick_order.routes import routes as quick_order
from app.rates.routes import routes as rates
from app.repeat.routes import routes as repeat
from app.search.routes import routes as search
from app.settings import Settings
from app.sitemap.routes import routes as sitemap
from app.tickets.routes import desk_routes as desk_tickets
from app.tickets.routes import routes as tickets
from app.warehouses.routes import routes as warehouses
from app.web.mailbox import routes as mailbox
from app.web.operation import healthz, readyz


def at(prefix: str, doors: list[Route]) -> list[Route]:
    """A feature's doors under its prefix. (A Mount would answer /cart with a redirect to /cart/: a trip too many.)"""
    return [
        Route(prefix + door.path.removesuffix("/"), door.endpoint, methods=sorted(door.methods or ())) for door in doors
    ]


def routes(settings: Settings) -> list[BaseRoute]:
    """All doors of the site; the development mailbox is among them in development only."""
    return _doors(with_mailbox=bool(settings.mailbox))


@cache
def _doors(*, with_mailbox: bool) -> list[BaseRoute]:
    # long: a line for each feature
    return [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        *accounts,  # /  /sign-in  /sign-out  /language
        *acting,  # /desk/people/{person}/acting  /acting/ending
        *at("/catalogue", catalogue),
        *at("/presentations", presentations),
        *at("/cart", cart),
        *at("/orders", orders),
        *at("/order-templates", order_templates),
        *at("/own-codes", own_codes),
        *at("/repeat", repeat),
        *at("/quick-order", quick_order),
        *at("/price-lists", exports),
        *at("/history", history),
        *at("/search", search),
        *at("/profile", profile),
        *at("/people", people),
        *at("/kept", kept),
        *at("/help", help_pages),
        *at("/policies", policies),
        *at("/tickets", tickets),
        *at("/attachments", attachments),
        *at("/administration", administration),
        *at("/media", pictures),
        *at("/documents", documents),
        *at("", sitemap),  # /sitemap.xml  /sitemaps/{part}  /robots.txt
        *at("/administration", goods),
        *at("/administration", prices),
        *at("/administration", rates),
        *at("/administration/exchange", exchange),
        *at("/1c_exchange", exchange_door),
        *at("/administration", imports),
        *at("/administration", warehouses),
        *at("/desk", desk),
        *at("/desk/tickets", desk_tickets),
        *at("/desk/answer-templates", answer_templates),
        *(at("/mailbox", mailbox) if with_mailbox else []),
    ]
