"""Doors of the desk: the day page and the lists behind its counts. Drafting: app/desk/presentations."""

from typing import Any

from babel.dates import format_date
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import clock
from app.accounts.user import User
from app.desk import list_queries, queries
from app.desk.forms import ListFilter, OrderFilter, PartnerFilter
from app.desk.invitations.routes import routes as invitations
from app.desk.partners import queries as partner_queries
from app.desk.partners.routes import routes as partner_card
from app.desk.presentations.queries import SOON
from app.desk.presentations.routes import routes as presentations
from app.desk.promos.routes import routes as promos
from app.desk.sending.routes import routes as sending
from app.i18n import current_language
from app.orders.models import Status
from app.web.access import MANAGER, allow
from app.web.formats import place
from app.web.replies import fragment, page
from app.web.requests import is_htmx, reader, site

PAGE = 30


@allow(MANAGER)
async def desk(request: Request) -> Response:
    """What waits today."""
    user, settings = reader(request), site(request)
    desk = await queries.desk(user, settings)
    soon = clock.today(settings.timezone) + SOON
    return await page(request, "desk/desk.html", desk=desk, soon=soon, moment=_moment(user))


@allow(MANAGER)
async def answers(request: Request) -> Response:
    """Comments of partners that nobody has answered."""
    where = ListFilter(request.query_params.multi_items())
    where.check()
    waiting, more = await queries.waiting(reader(request), limit=PAGE, after=where.after)
    return await page(request, "desk/answers.html", waiting=waiting, more=more, where=where)


@allow(MANAGER)
async def letters(request: Request) -> Response:
    """Letters that did not arrive."""
    where = ListFilter(request.query_params.multi_items())
    where.check()
    undelivered, older = await queries.undelivered(reader(request), limit=PAGE, before=where.before)
    return await page(request, "desk/letters.html", undelivered=undelivered, older=older, where=where)


@allow(MANAGER)
async def orders(request: Request) -> Response:
    """Orders by status, owner, number or company."""
    user = reader(request)
    where = OrderFilter(request.query_params.multi_items())
    where.check(user.zone)
    listed, older = await list_queries.orders(user, where.wanted, before=where.before)
    values: dict[str, Any] = {"statuses": list(Status), "managers": await list_queries.managers()}
    return await page(request, "desk/orders.html", listed=listed, older=older, where=where, **values)


@allow(MANAGER)
async def partners(request: Request) -> Response:
    """Partners by name, ИНН, city or person; htmx gets the list as it is typed for."""
    where = PartnerFilter(request.query_params.multi_items())
    where.check()
    user = reader(request)
    listed, more = await list_queries.partners(user, q=where.q, after=where.after, choice=where.chosen)
    values: dict[str, Any] = {"partners": listed, "more": more, "where": where}
    if is_htmx(request):
        return fragment(request, "desk/_partners.html", **values)
    values["managers"] = await partner_queries.managers() if user.is_administrator else []
    values["asked"] = len(await partner_queries.approvals()) if user.is_administrator else 0
    return await page(request, "desk/partners.html", **values)


def _moment(user: User) -> str:
    """«Вторник, 24 ноября, 15:43, Москва»: the present moment where the reader is."""
    language = current_language()
    now = clock.now().astimezone(user.zone)
    day = format_date(now.date(), "EEEE, d MMMM", language)
    return f"{day[0].upper()}{day[1:]}, {now:%H:%M}, {place(user.timezone, language)}"


routes = [
    Route("/", desk),
    Route("/answers", answers),
    Route("/letters", letters),
    Route("/orders", orders),
    Route("/partners", partners),
    *invitations,
    *partner_card,
    *presentations,
    *promos,
    *sending,
]
