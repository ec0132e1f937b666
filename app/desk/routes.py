"""Doors of the desk: the day page and the lists behind its counts. Drafting: app/desk/presentations."""

from typing import Any

from babel.dates import format_date
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import clock
from app.accounts.queries import managers
from app.accounts.user import User
from app.desk import handover_queries, letter_queries, list_queries, queries, waiting_queries
from app.desk.forms import AnswerFilter, LetterFilter, ListFilter, OrderFilter, PartnerFilter
from app.desk.invitations.routes import routes as invitations
from app.desk.partners import queries as partner_queries
from app.desk.partners.routes import routes as partner_card
from app.desk.picking.routes import routes as picking
from app.desk.presentations.routes import routes as presentations
from app.desk.presentations.states import SOON
from app.desk.promos.routes import routes as promos
from app.desk.sending.routes import routes as sending
from app.desk.settling.routes import routes as settling
from app.desk.waiting_queries import KINDS
from app.i18n import current_language
from app.orders.models import Status
from app.web.access import MANAGER, allow
from app.web.formats import place
from app.web.news import news, nothing_new, up_to_date
from app.web.replies import changed, fragment, page
from app.web.requests import is_htmx, reader, site
from app.web.templates import path

PAGE = 30


@allow(MANAGER)
async def desk(request: Request) -> Response:
    """What waits today; an administrator may look at one manager's."""
    user, where = reader(request), _where(request)
    values = await _desk(request, where)
    values["managers"] = await managers() if user.is_administrator else []
    values["figures"] = await request.app.state.figures.of(user, site(request), where.manager)
    return await page(request, "desk/desk.html", moment=_moment(user), where=where, **values)


@allow(MANAGER, quietly=True)
async def show_news(request: Request) -> Response:
    """The desk as it is now, or nothing when the page shows that already."""
    where = _where(request)
    values = await _desk(request, where)
    if up_to_date(request, values["news"]):
        return nothing_new(values["news"])
    back_to = path("desk", manager=where.manager or None)
    return await changed(request, "shared/_news.html", "desk/_desk.html", back_to=back_to, where=where, **values)


@allow(MANAGER)
async def answers(request: Request) -> Response:
    """Messages of partners that nobody has answered."""
    where = AnswerFilter(request.query_params.multi_items())
    where.check()
    waiting, more = await waiting_queries.waiting(
        reader(request),
        limit=PAGE,
        after=where.after,
        kind=where.kind,
        late=where.late,
        sort=where.sort,
        manager=where.manager,
    )
    return await page(request, "desk/answers.html", waiting=waiting, more=more, where=where, kinds_of_talk=KINDS)


@allow(MANAGER)
async def letters(request: Request) -> Response:
    """Letters that did not arrive."""
    where = LetterFilter(request.query_params.multi_items())
    where.check()
    undelivered, more = await letter_queries.undelivered(
        reader(request), limit=PAGE, key=where.before, what=where.what, sort=where.sort, manager=where.manager
    )
    return await page(request, "desk/letters.html", undelivered=undelivered, more=more, where=where)


@allow(MANAGER)
async def extensions(request: Request) -> Response:
    """Requests to prolong an offer."""
    where = _where(request)
    listed, more = await waiting_queries.extensions(
        reader(request), limit=PAGE, after=where.after, manager=where.manager
    )
    return await page(request, "desk/extensions.html", listed=listed, more=more, where=where)


@allow(MANAGER)
async def handovers(request: Request) -> Response:
    """Orders that change hands when the reader says yes."""
    where = _where(request)
    listed, more = await handover_queries.handovers(
        reader(request), limit=PAGE, after=where.after, manager=where.manager
    )
    return await page(request, "desk/handovers.html", listed=listed, more=more, where=where)


@allow(MANAGER)
async def asked(request: Request) -> Response:
    """Partners who asked for the reader when they registered, and have no manager."""
    where = _where(request)
    listed, more = await waiting_queries.asked(reader(request), limit=PAGE, after=where.after, manager=where.manager)
    return await page(request, "desk/asked.html", listed=listed, more=more, where=where)


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


def _where(request: Request) -> ListFilter:
    where = ListFilter(request.query_params.multi_items())
    where.check()
    return where


async def _desk(request: Request, where: ListFilter) -> dict[str, Any]:
    settings = site(request)
    desk = await queries.desk(reader(request), settings, where.manager)
    state = news(path("desk", "news", manager=where.manager or None), desk.tag, since=None)
    return {"desk": desk, "news": state, "soon": clock.today(settings.timezone) + SOON}


def _moment(user: User) -> str:
    """«Вторник, 24 ноября, 15:43, Москва»: the present moment where the reader is."""
    language = current_language()
    now = clock.now().astimezone(user.zone)
    day = format_date(now.date(), "EEEE, d MMMM", language)
    return f"{day[0].upper()}{day[1:]}, {now:%H:%M}, {place(user.timezone, language)}"


routes = [
    Route("/", desk),
    Route("/answers", answers),
    Route("/asked", asked),
    Route("/extensions", extensions),
    Route("/handovers", handovers),
    Route("/letters", letters),
    Route("/news", show_news),
    Route("/orders", orders),
    Route("/partners", partners),
    *invitations,
    *partner_card,
    *picking,
    *presentations,
    *promos,
    *sending,
    *settling,
]
