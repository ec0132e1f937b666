"""Doors of promos: the list, whom one goes to, the check, sending, progress with stop and resume."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import clock, tokens
from app.accounts.user import User
from app.desk.forms import ListFilter
from app.desk.promos import choosing, queries
from app.desk.promos.choosing import SHOWN, Source
from app.desk.promos.forms import PromoForm
from app.desk.promos.queries import Came, Shown
from app.desk.promos.wanted import DAYS, DISCOUNTS, Wanted
from app.errors import RuleBroken
from app.i18n import gettext as _
from app.promos import actions
from app.web.access import MANAGER, allow
from app.web.forms import Form
from app.web.news import News, news, nothing_new, up_to_date
from app.web.replies import changed, explain, page, redirected, refused
from app.web.requests import reader, site
from app.web.templates import path

FRAGMENTS = ("shared/_news.html", ("desk/promos/_progress.html", "progress"))


@allow(MANAGER)
async def index(request: Request) -> Response:
    """Promos of the reader's with how far they have come, newest first."""
    where = ListFilter(request.query_params.multi_items())
    where.check()
    listed, older = await queries.promos(reader(request), site(request), where.before)
    return await page(request, "desk/promos/index.html", promos=listed, older=older, where=where)


@allow(MANAGER)
async def choose(request: Request) -> Response:
    """Whom the lines of a presentation are offered to, and what is said to them."""
    found = await choosing.source(reader(request), request.path_params["number"])
    texts = [("title", found.for_all(found.title)), ("greeting", found.for_all(found.greeting))]
    texts.append(("valid_until", found.valid_until.isoformat()))
    return await _choose_page(request, found, PromoForm(texts), Wanted.of(request.query_params))


@allow(MANAGER)
async def begin(request: Request) -> Response:
    """Keeps what was chosen, to be checked before it is sent."""
    user = reader(request)
    found = await choosing.source(user, request.path_params["number"])
    form = await PromoForm.read(request, found.company, clock.today(site(request).timezone))
    companies = await _companies(user, form)
    if not form.valid:
        return await refused(request, form, whole=lambda: _choose_page(request, found, form, form.wanted))
    try:
        promo = await actions.begin(found.id, form.text_of, companies, key=form.key, by=user)
    except RuleBroken as problem:
        words = explain(problem)
        return await refused(request, problem, whole=lambda: _choose_page(request, found, form, form.wanted, words))
    return redirected(request, path("desk", "promos", promo))


@allow(MANAGER)
async def show(request: Request) -> Response:
    """The check of one that is not sent yet; of one that is, how far it has come and what became of it."""
    return await _page(request, await _promo(request))


@allow(MANAGER)
async def send(request: Request) -> Response:
    """Lets the worker begin, or says what is in the way."""
    promo = await _promo(request)
    await Form.read(request)
    try:
        await actions.send(promo.id, by=reader(request), settings=site(request))
    except RuleBroken as problem:
        return await _refused(request, promo, problem)
    say = _("The promo is on its way: this page shows how far it has come")
    return redirected(request, path("desk", "promos", promo.id), say=say)


@allow(MANAGER)
async def discard(request: Request) -> Response:
    """Forgets one that was not sent."""
    promo = await _promo(request)
    await Form.read(request)
    try:
        await actions.discard(promo.id)
    except RuleBroken as problem:
        return await _refused(request, promo, problem)
    return redirected(request, "/desk/promos", say=_("The promo is discarded"))


@allow(MANAGER)
async def stop(request: Request) -> Response:
    """From here on nobody gets it."""
    promo = await _promo(request)
    await Form.read(request)
    await actions.stop(promo.id, by=reader(request))
    return await _changed(request, _("Stopped: who has the presentation keeps it"))


@allow(MANAGER)
async def resume(request: Request) -> Response:
    """The worker goes on with those that wait."""
    promo = await _promo(request)
    await Form.read(request)
    try:
        await actions.resume(promo.id, by=reader(request), settings=site(request))
    except RuleBroken as problem:
        return await _refused(request, promo, problem)
    return await _changed(request, _("It goes on"))


@allow(MANAGER, quietly=True)
async def show_news(request: Request) -> Response:
    """How far it has come, for a page that stands open; nothing when that is what it shows."""
    promo = await _promo(request)
    came = await queries.came(promo.id)
    now = _news(promo, came)
    if up_to_date(request, now):
        return nothing_new(now)
    values: dict[str, Any] = {"promo": promo, "came": came, "news": now}
    return await changed(request, *FRAGMENTS, back_to=path("desk", "promos", promo.id), **values)


async def _companies(user: User, form: PromoForm) -> list[int]:
    """Whom the form means, of those whom the reader may write to."""
    _shown, ids = await choosing.candidates(user, form.wanted if form.everybody else Wanted(manager="all"))
    companies = ids if form.everybody else choosing.ticked(ids, form.chosen)
    if not companies and not form.errors["which"]:
        form.errors["which"] = _("Nobody was found who may be written to")
    return companies


async def _promo(request: Request) -> Shown:
    return await queries.promo(reader(request), request.path_params["promo"], site(request))


async def _changed(request: Request, say: str) -> Response:
    """The progress as it is now."""
    promo = await _promo(request)
    values: dict[str, Any] = {"promo": promo, "came": await queries.came(promo.id)}
    return await changed(request, FRAGMENTS[1], back_to=path("desk", "promos", promo.id), say=say, **values)


async def _page(request: Request, promo: Shown, problem: str = "") -> Response:
    lines = await queries.products(promo.id)
    values: dict[str, Any] = {"promo": promo, "lines": lines, "problem": problem}
    if promo.state == "check":
        return await page(request, "desk/promos/check.html", check=await queries.check(promo.id), **values)
    where = ListFilter(request.query_params.multi_items() if request.method != "POST" else ())
    where.check()
    rows, more = await queries.companies(promo.id, where.after)
    came = await queries.came(promo.id)
    values |= {"rows": rows, "more": more, "where": where, "came": came, "news": _news(promo, came)}
    return await page(request, "desk/promos/show.html", **values)


async def _refused(request: Request, promo: Shown, problem: RuleBroken) -> Response:
    return await refused(request, problem, whole=lambda: _page(request, promo, explain(problem)))


async def _choose_page(request: Request, found: Source, form: PromoForm, wanted: Wanted, problem: str = "") -> Response:
    user = reader(request)
    shown, ids = await choosing.candidates(user, wanted)
    values: dict[str, Any] = {"source": found, "form": form, "wanted": wanted, "problem": problem}
    values |= {"companies": shown, "count": len(ids), "choices": await choosing.choices(user), "most": SHOWN}
    values |= {"days": DAYS, "discounts": DISCOUNTS, "key": form.typed["key"] or tokens.new_secret()}
    return await page(request, "desk/promos/new.html", **values)


def _news(promo: Shown, came: Came) -> News:
    """A finished one still has news: letters on their way, partners who open and order."""
    counts = (promo.made, promo.passed, promo.failed, came.letters, came.letters_sent, came.letters_failed)
    state = (promo.state, *counts, came.opened, came.in_cart, came.ordered, came.total)
    return news(path("desk", "promos", promo.id, "news"), *state, since=None)


routes = [
    Route("/promos", index),
    Route("/promos/{promo:id}", show),
    Route("/promos/{promo:id}/sending", send, methods=["POST"]),
    Route("/promos/{promo:id}/removal", discard, methods=["POST"]),
    Route("/promos/{promo:id}/stop", stop, methods=["POST"]),
    Route("/promos/{promo:id}/resumption", resume, methods=["POST"]),
    Route("/promos/{promo:id}/news", show_news),
    Route("/presentations/{number:id}/promo", choose),
    Route("/presentations/{number:id}/promo", begin, methods=["POST"]),
]
