"""The VAT rates by date, as the database has them: for app.money.vat_rate."""

from app.database import Sql, as_date
from app.money import STATUTORY, Rates, Vat
from app.remembered import Remembered

_READ = Sql("SELECT vat, since, rate FROM vat_rate ORDER BY vat, since")


async def _read() -> Rates:
    rates: dict[Vat, list[tuple[object, int | None]]] = {}
    for row in await _READ.all():
        rates.setdefault(Vat(row["vat"]), []).append((as_date(row["since"]), row["rate"]))
    return {**STATUTORY, **rates}  # type: ignore[dict-item]  # dates, as the column's type says


_rates: Remembered[Rates] = Remembered(_read, STATUTORY)


async def vat_rates() -> Rates:
    """The table that vat_rate takes. It is a few seconds old at the most; rates are added for later days only."""
    return await _rates.now()


def forget() -> None:
    """Has the rates read again: somebody has just changed them here."""
    _rates.forget()
