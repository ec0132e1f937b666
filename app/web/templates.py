"""The one Jinja environment: autoescape, undefined names fail, no template can query."""

from datetime import UTC
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app import money
from app.catalogue.pictures import PICTURES
from app.catalogue.stock import stock_mark
from app.i18n import gettext, ngettext
from app.settings import ROOT, Settings
from app.web import formats
from app.web.labels import label
from app.web.static import static_path


def environment(settings: Settings) -> Environment:
    """The environment for pages and letters of a site."""
    env = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        undefined=StrictUndefined,
        autoescape=lambda name: not (name or "").endswith((".text", ".subject")),  # noqa: S701 - only plain-text letters are not escaped
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        extensions=["jinja2.ext.i18n"],
        auto_reload=settings.debug,
        cache_size=-1,
    )
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # added by i18n
    env.globals.update(
        site=settings,
        path=path,
        static=static_path,
        label=label,
        when=formats.time_tag,
        plain_when=formats.when,
        place=formats.place,
        UTC=UTC,
        pictures=PICTURES,
        stock_mark=stock_mark,
    )
    env.filters.update(
        money=money.money,
        amount=money.amount,
        percent=money.percent,
        day=formats.day,
        waiting=formats.waiting,
        phone=formats.phone,
        whole=formats.whole,
        initials=formats.initials,
        paragraphs=formats.paragraphs,
    )
    return env


def path(*parts: Any, **query: Any) -> str:
    """A path of the site: path("orders", 65, q="DS-2") → /orders/65?q=DS-2; empty query values are left out."""
    base = "/" + "/".join(quote(str(part), safe="") for part in parts)
    asked = {name: value for name, value in query.items() if value not in ("", None)}
    return f"{base}?{urlencode(asked)}" if asked else base
