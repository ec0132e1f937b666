"""create_app(): the site as an ASGI application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from servestatic import ServeStaticASGI
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette_compress import CompressMiddleware, add_compress_type
from tortoise.contrib.starlette import RegisterTortoise

from app import chosen, clock, outbox
from app.database import tortoise_config
from app.desk.figures import KeptFigures
from app.exports.feeds import Feeds
from app.queue import Waker, connect
from app.routes import routes
from app.settings import Settings, load_settings
from app.web import static
from app.web.access import check_doors
from app.web.body_limit import BodyLimit
from app.web.errors import ErrorPages, RequestLog, error_response
from app.web.frame import Brands
from app.web.security import SecurityHeaders
from app.web.sessions import Sessions
from app.web.templates import Templates


def create_app(settings: Settings | None = None) -> Starlette:
    """The site. Raises BadSettings for settings that may not serve, RuntimeError for an undeclared door."""
    # long: a line for each layer
    settings = settings or load_settings()
    clock.set_calendar(settings.timezone)
    add_compress_type("text/csv")
    doors = routes(settings)
    check_doors(doors)
    app = Starlette(
        debug=False,
        routes=doors,
        lifespan=_lifespan,
        exception_handlers={HTTPException: error_response},
        middleware=[
            Middleware(RequestLog),
            Middleware(SecurityHeaders, settings=settings),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(settings.allowed_hosts), www_redirect=False),
            Middleware(CompressMiddleware, minimum_size=300, zstd=False, brotli_quality=5, gzip_level=6),
            Middleware(ServeStaticASGI, root=str(static.build()), prefix="/static/", max_age=31536000),
            Middleware(Sessions, settings=settings),
            Middleware(ErrorPages),
            Middleware(BodyLimit, limit=settings.max_body, with_files=settings.max_body_with_files, doors=doors),
        ],
    )
    app.state.settings = settings
    app.state.templates = Templates(settings)
    app.state.brands, app.state.figures = Brands(), KeptFigures()
    app.state.feeds = Feeds()
    app.state.queue = None
    return app


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    async with RegisterTortoise(app, config=tortoise_config(settings.database_url)):
        app.state.queue = connect(settings)
        waker = Waker(app.state.queue)
        outbox.set_nudge(waker.wake)
        await chosen.refresh()
        try:
            yield
        finally:
            outbox.set_nudge(lambda: None)
            await waker.close()
            await app.state.queue.aclose()
