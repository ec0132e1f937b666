"""The one Jinja environment: autoescape, undefined names fail, no template can query."""

from datetime import UTC
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app import chosen, clock, money
from app.catalogue.pictures import PICTURES
from app.catalogue.stock import held_mark, stock_mark
from app.i18n import current_language, gettext, ngettext
from app.settings import ROOT, Settings
from app.web import formats
from app.web.labels import label
from app.web.static import static_path


class Templates:
    """The templates of a site, for its pages and letters. Compiled once in a process."""

    def __init__(self, settings: Settings) -> None:
        self.site = settings

    def render(self, template: str, **values: Any) -> str:
        """A template with what it is given, and with what every template may use."""
        return _environment(self.site.debug).get_template(template).render(site=chosen.over(self.site), **values)


@cache
def _environment(auto_reload: bool) -> Environment:
    # long: a line for each name that templates may use
    env = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        undefined=StrictUndefined,
        autoescape=lambda name: not (name or "").endswith((".text", ".subject")),  # noqa: S701 - only plain-text letters are not escaped
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=auto_reload,
        cache_size=-1,
    )
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False}  # what HTML would read is escaped all the same
    env.globals.update(
        _=words,
        ngettext=counted_words,
        path=path,
        static=static_path,
        label=label,
        when=formats.time_tag,
        plain_when=formats.when,
        place=formats.place,
        UTC=UTC,
        pictures=PICTURES,
        stock_mark=stock_mark,
        held_mark=held_mark,
        today=clock.distributor_today,
    )
    env.filters.update(
        money=money.money,
        amount=money.amount,
        priced=formats.priced,
        priced_money=formats.priced_money,
        rate=money.rate_text,
        percent=money.percent,
        day=formats.day,
        waiting=formats.waiting,
        lasting=formats.lasting,
        phone=formats.phone,
        weight=formats.weight,
        whole=formats.whole,
        initials=formats.initials,
        paragraphs=formats.paragraphs,
    )
    return env


def words(message: str, **values: Any) -> Markup:
    """A message in the current language, its `%(name)s` filled in and escaped.

    Jinja's own i18n does the same by way of its context, at three times the cost: a page has a thousand of them.
    """
    text = _marked(current_language(), message)
    return text % values if values else text


def counted_words(singular: str, plural: str, count: int, **values: Any) -> Markup:
    """The form of a message that `count` asks for; `%(num)s` in it is the count."""
    return Markup(ngettext(singular, plural, count)) % {"num": count, **values}  # noqa: S704 - from the catalogue


@cache
def _marked(language: str, message: str) -> Markup:
    """The message of a language (the current one). `%%` is a sign, as in messages with values."""
    text = gettext(message)
    return Markup(text if "%(" in text else text.replace("%%", "%"))  # noqa: S704 - from the catalogue


def path(*parts: Any, **query: Any) -> str:
    """A path of the site: path("orders", 65, q="DS-2") → /orders/65?q=DS-2.

    Empty query values are left out; a list stands there as often as it has values.
    """
    base = "/" + "/".join(quote(str(part), safe="") for part in parts)
    asked = {name: value for name, value in query.items() if value not in ("", None, [], ())}
    return f"{base}?{urlencode(asked, doseq=True)}" if asked else base
