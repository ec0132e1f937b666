"""What products refer to: groups, brands, types of prices and warehouses, of a connection, while a file is read.

A thing that is here already under the name is taken; what is new is made. Who renames or merges one here by hand has
it so: a name follows 1C only as long as it is the one that 1C gave.
"""

import logging
from collections import Counter
from collections.abc import Mapping

from app.catalogue.models import Brand, Category, FormerSlug
from app.catalogue.synonyms import proposed
from app.database import transaction
from app.exchange import keys
from app.exchange.items import Group, PriceKind
from app.exchange.keys import Named
from app.exchange.models import Kind
from app.goods import slugs
from app.money import Currency
from app.prices import queries as prices
from app.prices.models import PriceType
from app.warehouses.models import Warehouse

log = logging.getLogger("kabinet.exchange")

NO_BRAND, NO_GROUP, NO_WAREHOUSE = "Без бренда", "Прочее", "Основной склад"
RUB = frozenset({"руб", "руб.", "rub", "rur", "643", "810", "₽", "р", "р.", ""})
USD = frozenset({"usd", "840", "$", "у.е.", "у.е", "уе", "дол", "долл", "долл."})


def currency(text: str) -> Currency | None:
    """A currency by whatever 1C calls it; None: there are no prices in it here."""
    plain = text.strip().casefold()
    return Currency.RUB if plain in RUB else Currency.USD if plain in USD else None


class Brands:
    """Brands by their names and by how people also write them."""

    def __init__(self, ids: dict[str, int]) -> None:
        self._ids = ids

    @classmethod
    async def load(cls) -> "Brands":
        """All that there are."""
        ids: dict[str, int] = {}
        for brand in await Brand.all().order_by("-id"):
            for name in (*brand.synonyms.split(","), brand.name):
                ids[_plain(name)] = brand.id
        ids.pop("", None)
        return cls(ids)

    async def id_of(self, name: str) -> int:
        """The brand of this name; it is made when there is none."""
        name = " ".join(name.split())[:80] or NO_BRAND
        if _plain(name) not in self._ids:
            async with transaction():
                taken = {str(one) for one in await Brand.all().values_list("slug", flat=True)}
                taken |= {str(one) for one in await FormerSlug.filter(kind="brand").values_list("slug", flat=True)}
                made = await Brand.create(name=name, slug=slugs.free(name, taken), synonyms=proposed(name))
            self._ids[_plain(name)] = made.id
        return self._ids[_plain(name)]


class Categories:
    """Categories by the keys of groups: two levels deep, what is deeper is in the second.

    A group that most others are within, like «Каталог» above all, is no level for them.
    """

    def __init__(self, connection_id: int, known: dict[str, Named]) -> None:
        self.connection_id = connection_id
        self._known = known
        self._groups: dict[str, Group] = {}
        self._other = 0

    @classmethod
    async def load(cls, connection_id: int) -> "Categories":
        """Those of a connection; what was merged into another meanwhile is that other."""
        known = await keys.of_kind(connection_id, Kind.GROUP)
        there = {int(str(one)) for one in await Category.all().values_list("id", flat=True)}
        for guid, one in known.items():
            if one.object_id and one.object_id not in there:
                other = await _living(one.object_id)
                known[guid] = Named(other.id if other else None, one.text)
        return cls(connection_id, known)

    def take(self, group: Group) -> None:
        """Takes note of a group; `settle` makes categories of them."""
        if group.guid and group.name and not group.deleted:
            self._groups[group.guid] = group

    async def settle(self) -> None:
        """Makes categories of the groups that were taken note of. One that has its own keeps it, wherever it moves."""
        groups, self._groups = self._groups, {}
        shared = Counter(one.object_id for one in self._known.values())
        aside = _tells_little(groups)
        if aside and any(guid not in self._known for guid in groups):
            log.info("groups above two levels that are left out of their paths: %s", ", ".join(aside.values()))
        for guid in groups:
            path = _path(groups, guid)
            path = [one for one in path[:-1] if one not in aside] + path[-1:]
            parent: int | None = None
            for one in path[:2]:
                parent = await self._category(groups[one], parent)
            own = self._known[guid].object_id if guid in self._known else None
            if len(path) > 2:
                await self._keep(guid, own if own and shared[own] == 1 else parent, groups[guid].name)

    async def id_of(self, guid: str) -> int | None:
        """The category of a group; None when there is no such group."""
        known = self._known.get(guid)
        return known.object_id if known else None

    async def other(self) -> int:
        """The category of what has no group."""
        if not self._other:
            self._other = await self._named(NO_GROUP, None)
        return self._other

    async def _category(self, group: Group, parent: int | None) -> int:
        known = self._known.get(group.guid)
        name = " ".join(group.name.split())[:120]
        category = await _living(known.object_id) if known and known.object_id else None
        if category is None:
            made = parent if parent and not await _is_first(parent) else await self._named(name, parent)
            await self._keep(group.guid, made, name)
            return made
        if known and known.text != name:
            if category.name == known.text and not await Category.filter(parent_id=category.parent_id, name=name):
                await Category.filter(id=category.id).update(name=name, version=category.version + 1)
            await self._keep(group.guid, category.id, name)
        return category.id

    async def _named(self, name: str, parent: int | None) -> int:
        same = await Category.filter(parent_id=parent).order_by("id")
        found = next((one for one in same if _plain(one.name) == _plain(name)), None)
        if found:
            return found.id
        async with transaction():
            taken = {str(one) for one in await Category.all().values_list("slug", flat=True)}
            taken |= {str(one) for one in await FormerSlug.filter(kind="category").values_list("slug", flat=True)}
            made = await Category.create(name=name, slug=slugs.free(name, taken), parent_id=parent)
        return made.id

    async def _keep(self, guid: str, category_id: int | None, name: str) -> None:
        if self._known.get(guid) != Named(category_id, name):
            self._known[guid] = Named(category_id, name)
            await keys.keep(self.connection_id, Kind.GROUP, {guid: self._known[guid]})


async def price_type(known: Mapping[str, Named], kind: PriceKind) -> int | None:
    """The type of prices that a key of 1C is: as was chosen here (None: not taken), of the same name, or a new one."""
    if kind.guid in known:
        return known[kind.guid].object_id
    name = " ".join(kind.name.split())[:80] or kind.guid[:80]
    await prices.retail_type()
    every = await PriceType.all()
    found = next((one for one in every if _plain(one.name) == _plain(name)), None)
    if found is None:
        slug = slugs.free(name, {one.slug for one in every})
        found = await PriceType.create(name=name, slug=slug, currency=currency(kind.currency) or Currency.RUB)
    return found.id


async def warehouse(known: Mapping[str, Named], guid: str, name: str) -> int:
    """The warehouse that a key of 1C is: a known one, one of the same name, or a new one."""
    there = known.get(guid)
    found = await Warehouse.get_or_none(id=there.object_id) if there and there.object_id else None
    name = " ".join(name.split())[:80] or guid[:80]
    every = await Warehouse.all()
    named = next((one for one in every if _plain(one.name) == _plain(name)), None)
    if found and there and there.text != name and found.name == there.text and named is None:
        await Warehouse.filter(id=found.id).update(name=name, version=found.version + 1)
    found = found or named or await Warehouse.create(name=name, position=len(every) * 10 + 10)
    return found.id


async def living_warehouses(known: dict[str, Named]) -> dict[str, Named]:
    """The keys of warehouses that are still there."""
    there = {int(str(one)) for one in await Warehouse.all().values_list("id", flat=True)}
    return {guid: one for guid, one in known.items() if one.object_id in there}


async def _living(category_id: int) -> Category | None:
    """A category, or the one that it was merged into."""
    found = await Category.get_or_none(id=category_id)
    if found is None:
        former = await FormerSlug.filter(kind="category", former=category_id).select_related("category").first()
        found = former.category if former else None
    return found


async def _is_first(category_id: int) -> bool:
    """Whether a category is of the first level: another one may stand below it."""
    return await Category.filter(id=category_id, parent_id=None).exists()


def _tells_little(groups: Mapping[str, Group]) -> dict[str, str]:
    """The names of groups that more than half of the others are within, three levels deep: at the top they tell little.

    Those that are left below them are looked at in the same way.
    """
    aside: dict[str, str] = {}
    paths = [_path(groups, guid) for guid in groups]
    while paths:
        within, deep = Counter(path[0] for path in paths), {path[0] for path in paths if len(path) > 2}
        top = next((guid for guid in deep if within[guid] * 2 > len(paths)), None)
        if top is None:
            break
        aside[top] = groups[top].name
        paths = [path[1:] if path[0] == top else path for path in paths]
        paths = [path for path in paths if path]
    return aside


def _path(groups: Mapping[str, Group], guid: str) -> list[str]:
    """The keys from the top down to a group; one that is within itself is where it is."""
    path: list[str] = []
    while guid in groups and guid not in path:
        path.insert(0, guid)
        guid = groups[guid].parent
    return path


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
