"""Why a row of a price list cannot be read, and what went wrong with an import, in words."""

from collections.abc import Mapping
from typing import Any

from app.i18n import N_, gettext
from app.imports.files import REFUSALS

ROWS = {
    "article": N_("There is no article"),
    "long_article": N_("The article is longer than 80 characters: %(doubt)s"),
    "again": N_("The same product as in row %(doubt)s"),
    "price": N_("No price: “%(doubt)s”"),
    "thousands": N_("“%(doubt)s” may be thousands or a fraction: write it with two decimals"),
    "currency": N_("Prices are in roubles or dollars, and here is “%(doubt)s”"),
    "stock": N_("No quantity in stock: “%(doubt)s”"),
    "pack": N_("No pack from 1 to 10,000: “%(doubt)s”"),
    "minimum": N_("No least quantity from 1 to 100,000: “%(doubt)s”"),
    "unit": N_("The unit is longer than ten characters: “%(doubt)s”"),
    "brands": N_("Several brands have this article (%(doubt)s): a column of brands would tell which"),
    "unknown": N_("It is not in the catalogue"),
    "name": N_("A new product has no name"),
    "brand": N_("A new product has no brand: choose one for all, or a column of brands"),
    "no_brand": N_("There is no brand “%(doubt)s” yet: make it first, or give it to a brand as another spelling"),
    "no_category": N_("There is no category “%(doubt)s”: choose one for new products"),
    "sheet": N_("The columns of this sheet were not found: import it by itself"),
}
RUNS = {
    "failure": N_("Something went wrong with us, and nothing is changed. Try again; if it happens again, tell us."),
}


def of_row(reason: str, doubt: str) -> str:
    """Why a row cannot be read."""
    text = gettext(ROWS[reason])
    return text % {"doubt": doubt} if "%(" in ROWS[reason] else text


def of_run(problem: str, about: Mapping[str, Any]) -> str:
    """What went wrong with an import, or with its file."""
    text = gettext({**RUNS, **REFUSALS}[problem])
    return text % dict(about) if "%(" in text else text
