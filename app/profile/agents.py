"""Browser and system in words, of what a browser says about itself.

Browsers name others in their user agents: the first that fits is the one that speaks. What is unknown is not guessed.
"""

import re

from app.i18n import gettext as _

_BROWSERS = (
    ("YaBrowser/", "Яндекс Браузер"),
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
_NAME = re.compile(r"[\w.-]+")


def in_words(agent: str) -> str:
    """«Firefox, Windows»; the name of a program that is no browser, or «unknown browser»."""
    browser = next((name for sign, name in _BROWSERS if sign in agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in agent), "")
    if browser:
        return f"{browser}, {system}" if system else browser
    named = _NAME.match(agent)
    return named[0] if named else _("unknown browser")
