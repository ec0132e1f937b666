"""A file while it is worked off: what its products refer to, and what came of it so far."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app import clock
from app.exchange import items, keys, reference
from app.exchange.keys import Named
from app.exchange.models import Connection, Exchange, ExchangeFile, Kind
from app.exchange.telling import MOST_TROUBLES
from app.settings import Settings

MOST_WORDS = 300_000  # names of properties, values and units that are kept in mind
WORDS = (Kind.PROPERTY, Kind.VALUE, Kind.UNIT, Kind.TERMS)
UNITS = {  # of the classifier of units, for files that give but the code
    "796": "шт",
    "006": "м",
    "6": "м",
    "112": "л",
    "166": "кг",
    "736": "рул",
    "715": "пар",
    "778": "упак",
    "839": "компл",
}


@dataclass
class Work:
    """A file of an exchange, the things that its connection refers to, and what came of it."""

    connection: Connection
    exchange: Exchange
    file: ExchangeFile
    settings: Settings
    at: datetime
    brands: reference.Brands
    categories: reference.Categories
    price_types: dict[str, Named]
    warehouses: dict[str, Named]
    words: dict[Kind, dict[str, str]]
    counts: Counter[str] = field(default_factory=Counter)
    troubles: list[list[Any]] = field(default_factory=list)
    told: set[str] = field(default_factory=set)  # what is said once
    container: set[int | None] | None = None  # orders whose papers stand together; None in it: one of others
    complete: bool | None = None
    complete_offers: bool | None = None
    unknown: int = 0
    named_offers: bool = False  # files of prices alone do not tell which offers there are
    _fresh: dict[Kind, dict[str, Named]] = field(default_factory=dict)

    @classmethod
    async def begin(cls, connection: Connection, exchange: Exchange, file: ExchangeFile, settings: Settings) -> "Work":
        """Loads what the connection refers to."""
        return cls(
            connection,
            exchange,
            file,
            settings,
            clock.now(),
            await reference.Brands.load(),
            await reference.Categories.load(connection.id),
            await keys.of_kind(connection.id, Kind.PRICE_TYPE),
            await reference.living_warehouses(await keys.of_kind(connection.id, Kind.WAREHOUSE)),
            {
                kind: {guid: one.text for guid, one in (await keys.of_kind(connection.id, kind)).items()}
                for kind in WORDS
            },
        )

    def trouble(self, line: int, message: str, *, once: str = "", **values: Any) -> None:
        """Notes what could not be taken; one that is said `once` is not said again of the same thing."""
        if once in self.told:
            return
        if once:
            self.told.add(once)
        self.counts["troubles"] += 1
        if len(self.troubles) < MOST_TROUBLES:
            self.troubles.append([line, message, values])

    def word(self, kind: Kind, guid: str, text: str) -> None:
        """Takes note of a name."""
        known = self.words[kind]
        if guid and known.get(guid) != text[:250] and len(known) < MOST_WORDS:
            known[guid] = text[:250]
            self._fresh.setdefault(kind, {})[guid[:150]] = Named(None, text)

    def word_of(self, word: items.Word) -> None:
        """Takes note of the name that stands in a classifier."""
        self.word(Kind(word.kind), word.guid, word.text)

    async def take_package(self, package: items.Package) -> None:
        """A catalogue or a package of offers begins."""
        if package.goods:
            self.complete = package.complete
        else:
            self.complete_offers = package.complete

    @property
    def has_complete_offers(self) -> bool | None:
        """Whether the file has all offers; None: it does not say."""
        return self.complete_offers if self.named_offers else None

    def unit(self, text: str) -> str:
        """A unit as it is shown: of a code its name."""
        if not text.isdecimal():
            return text[:10]
        return (self.words[Kind.UNIT].get(text) or UNITS.get(text, "шт"))[:10]

    async def settle_words(self) -> None:
        """Writes the names down that were taken note of, and makes categories of groups."""
        fresh, self._fresh = self._fresh, {}
        for kind, of in fresh.items():
            await keys.keep(self.connection.id, kind, of)
        await self.categories.settle()

    async def take_price_kind(self, kind: items.PriceKind) -> None:
        """A type of prices: made here when there is none of its name."""
        if kind.guid:
            self.word(Kind.TERMS, kind.guid, f"{kind.currency} {'' if kind.with_vat else 'net'}")
            made = await reference.price_type(self.price_types, kind)
            await self._keep(Kind.PRICE_TYPE, self.price_types, kind.guid, Named(made, kind.name))

    async def take_place(self, place: items.Place) -> None:
        """A warehouse: made here when there is none of its name."""
        if place.guid:
            made = await reference.warehouse(self.warehouses, place.guid, place.name)
            await self._keep(Kind.WAREHOUSE, self.warehouses, place.guid, Named(made, place.name))

    async def _keep(self, kind: Kind, known: dict[str, Named], guid: str, one: Named) -> None:
        one = Named(one.object_id, one.text[:250])
        if known.get(guid) != one:
            known[guid] = one
            await keys.keep(self.connection.id, kind, {guid: one})
