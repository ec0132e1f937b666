"""Values as people read them: days, times, phones, quantities, in the current language and the reader's time zone."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import phonenumbers
from babel.dates import format_date, get_timezone_location
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from app import clock
from app.i18n import current_language, ngettext
from app.i18n import gettext as _
from app.money import NBSP, amount, money


@lru_cache(4096)
def _day(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, language).replace(" ", NBSP, 1)


def day(value: date, today: date | None = None) -> str:
    """«4 декабря», with the year when it is not this one."""
    this_year = (today or clock.distributor_today()).year
    return _day(value, "d MMMM" if value.year == this_year else "d MMMM y", current_language())


def priced(kopecks: int) -> str:
    """«12 345,67» for a price, «по запросу» where there is none: nothing is ever said to cost nothing."""
    return amount(kopecks) if kopecks > 0 else _("on request")


def priced_money(kopecks: int) -> str:
    """The same with its currency: «12 345,67 ₽»."""
    return money(kopecks) if kopecks > 0 else _("on request")


def when(value: datetime, zone: ZoneInfo) -> str:
    """«сегодня, 15:43», «вчера, 17:48», «20 ноября, 12:04» in a zone; `value` is aware."""
    local = value.astimezone(zone)
    today = clock.today(zone)
    days = (today - local.date()).days
    name = {0: _("today"), 1: _("yesterday")}.get(days) or day(local.date(), today)
    return f"{name}, {local:%H:%M}"


@lru_cache(256)
def place(timezone: str, language: str) -> str:
    """The city of a time zone in a language: «Екатеринбург»."""
    return get_timezone_location(timezone, locale=language, return_city=True)


def time_tag(value: datetime, zone: ZoneInfo) -> Markup:
    """A <time> with the short form inside and the full moment with its zone in the title."""
    local = value.astimezone(zone)
    language = current_language()
    full = f"{_day(local.date(), 'd MMMM y', language)}, {local:%H:%M}, {place(zone.key, language)}"
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        f"{local:%Y-%m-%dT%H:%M%z}", full, when(value, zone)
    )


def waiting(since: datetime) -> str:
    """How long something waits: «4 мин», «1 ч 52 мин», «3 дн.»."""
    return lasting(clock.now() - since)


def lasting(time: timedelta) -> str:
    """How long something lasted, in the same words."""
    minutes = int(time.total_seconds() // 60)
    if minutes < 60:
        return _("%(num)s min") % {"num": max(minutes, 0)}
    if minutes < 24 * 60:
        return _("%(hours)s h %(minutes)02d min") % {"hours": minutes // 60, "minutes": minutes % 60}
    days = minutes // (24 * 60)
    return ngettext("%(num)s day", "%(num)s days", days) % {"num": days}


@lru_cache(4096)
def phone(number: str) -> str:
    """«+7 495 000-12-34» of an E.164 number; anything else as it is."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    text = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return text.replace(" ", NBSP)


def whole(number: int) -> str:
    """«12 345» with no-break spaces."""
    return f"{number:,}".replace(",", NBSP)


def initials(name: str) -> str:
    """«ДС» of «Дмитрий Соколов»."""
    return "".join(word[0] for word in name.split()[:2]).upper()


def paragraphs(text: str) -> Markup:
    """What a person typed, escaped, with its line breaks."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def weight(size: int) -> str:
    """«340 КБ», «1,4 МБ» for a size in bytes; a file is never of 0 KB."""
    if size < 1_000_000:
        return _("%(size)s KB") % {"size": max(1, round(size / 1024))}
    return _("%(size)s MB") % {"size": format_decimal(round(size / 1024 / 1024, 1), locale=current_language())}
