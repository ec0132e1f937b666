"""How quickly products are found while they are typed, and lists of them shown, among 50,000 products.

Through the whole site in one process on one core; for PostgreSQL its server works beside it. Searches are asked letter
by letter as people type them, with articles in odd writings, endings, mistakes and the wrong layout. The yardstick of a
search is the same door with a text that finds nothing to look for; that of a list is the same list with 500 products,
taken in turns. A list over its limit is measured again, at most twice.
"""

import asyncio
import os
import statistics
import sys
from time import process_time, time

import brotli

from app import clock
from app.accounts.models import Company
from app.catalogue.indexing import reindex
from app.catalogue.models import Brand, Category, Discount, Product, article_key, search_text
from app.catalogue.properties import code_of
from app.catalogue.synonyms import proposed
from app.database import Sql
from app.demo.goods import catalogue
from app.prices.models import PriceType
from app.web.templates import path
from bench.annals import TIDY
from bench.history import Case, Size, opened
from bench.offer import Site
from bench.pages import get
from bench.report import Report
from tests.factories import Cast
from tests.servers import Kind

FEW, MANY = 500, 50_000
MEDIAN, HIGHEST, LIST_LIMIT, INDEXING, ANSWER = 15, 60, 1.5, 30, 1500
ROUNDS, TRIES, REPEATS = 31, 3, 4
TYPED = (
    *("ds-2cd2143g2-i", "ds 2cd2043g2i", "камеры уличные", "хиквижн купольная", "2,8 мм", "видеорегистратор 8 каналов"),
    *("блок питания 12 в", "замки электромагнитные", "ыл-1200", "rf,tkm енз", "акумулятор 7 ач", "камепа уличная"),
    *("skat-1200", "01-0043", "вызывная видеопанель", "ds-2cd2134g2-i", "аккумуляторы", "рексант разъемы"),
)
# What most cameras have, so that a page is full at both sizes.
PROPERTIES = f"p={code_of('Питание', '12 В, PoE 802.3af')}&p={code_of('Защита', 'IP67')}"
LISTS = (
    ("all", "/catalogue"),
    ("all, deep inside", "/catalogue?page=8"),
    ("a brand", "/catalogue?brand=hikvision"),
    ("a category", "/catalogue?category=ip-cameras"),
    ("a group of categories", "/catalogue?category=cctv&stock=1"),
    ("a brand in a category, in stock", "/catalogue/brands/hikvision?category=ip-cameras&stock=1"),
    ("by article, in stock", "/catalogue?stock=1&sort=article"),
    ("cheaper first", "/catalogue?sort=price"),
    ("a range of prices", "/catalogue?low=5000&high=20000"),
    ("a category in a range of prices, in stock", "/catalogue?category=ip-cameras&low=5000&stock=1"),
    ("a category by two properties", f"/catalogue/categories/ip-cameras?{PROPERTIES}"),
    ("everything together", f"/catalogue?category=ip-cameras&{PROPERTIES}&brand=hikvision&low=1000&stock=1&sort=price"),
)
DEALERS = Sql(
    """
    INSERT INTO product_price (product_id, price_type_id, amount, currency, valid_from, set_at)
    SELECT id, :type, retail * (80 + id % 20) / 100, 'RUB', :day, :now FROM product WHERE id % 5 <> 0
    """
)
OWN = (  # of a partner with a type of prices and discounts on brands
    ("cheaper first", "/catalogue?sort=price"),
    ("cheaper first, deep inside", "/catalogue?sort=price&page=8"),
    ("cheaper first, a category", "/catalogue?sort=price&category=ip-cameras"),
    ("cheaper first, a brand in stock", "/catalogue?sort=price&brand=hikvision&stock=1"),
    ("cheaper first, a range of prices", "/catalogue?sort=price&low=5000&high=20000"),
)


async def main() -> int:
    """Both databases, or those that the command names. :return: the exit code."""
    report = Report()
    kinds: tuple[Kind, ...] = ("sqlite", "postgres")
    for kind in kinds:
        if kind not in (sys.argv[1:] or kinds):
            continue
        async with opened(kind, FEW, stock) as few, opened(kind, MANY, stock) as many:
            await _index(kind, many, report)
            for who in ("guest", "alice"):
                await _typing(kind, who, many, report)
            for who in ("guest", "alice"):
                for name, address in LISTS:
                    await _list(kind, Case(f"{who}: {name}", who, address), few, many, report)
            for name, address in OWN:
                await _list(kind, Case(f"charlie: {name}", "charlie", address), few, many, report)
    return report.exit_code()


async def stock(kind: Kind, url: str, cast: Cast, count: int) -> None:
    """So many products of the demo's brands and categories; as many of each hundred in each of them."""
    goods = catalogue(MANY // 400)
    spread = goods.products[:: max(len(goods.products) // count, 1)][:count]
    brands = {
        one.slug: await Brand.create(name=one.name, slug=one.slug, synonyms=proposed(one.name)) for one in goods.brands
    }
    categories: dict[str | None, Category] = {}
    for place, one in enumerate(goods.categories):
        parent = categories.get(one.parent)
        categories[one.slug] = await Category.create(name=one.name, slug=one.slug, position=place, parent=parent)
    plain = ("article", "name", "unit", "pack", "minimum", "vat", "retail", "stock", "picture", "description")
    rows = [
        Product(
            **{name: getattr(one, name) for name in plain},
            article_key=article_key(one.article),
            search=search_text(one.article, one.name, brands[one.brand].name),
            brand=brands[one.brand],
            category=categories[one.category],
            properties=dict(one.properties),
        )
        for one in spread
    ]
    await Product.bulk_create(rows, batch_size=2000)
    dealer = await PriceType.create(name="Дилер", slug="dealer")
    await DEALERS.run(type=dealer.id, day=clock.distributor_today(), now=clock.now())
    await Company.filter(id=cast.other_company.id).update(price_type_id=dealer.id)
    for brand in list(brands.values())[::2]:
        await Discount.create(company=cast.other_company, brand=brand, percent=1200)
    await reindex()
    await TIDY.all()


async def _index(kind: Kind, size: Size, report: Report) -> None:
    """All products indexed anew."""
    began, cpu = time(), process_time()
    await asyncio.create_task(reindex(), context=size.context)
    beside = f"{process_time() - cpu:.1f} s of this process's core"
    report.figure(f"{kind}: {MANY:,} products indexed", time() - began, "≤", INDEXING, unit=" s", beside=beside)


async def _typing(kind: Kind, who: str, size: Size, report: Report) -> None:
    """Each beginning of each text, REPEATS times: the quickest counts, what disturbs a machine makes it only slower."""
    texts = [text[:length] for text in TYPED for length in range(2, len(text) + 1)]
    cases = [Case("", who, path("catalogue", "suggestions", q=text), htmx=True) for text in texts]
    rounds = [[await size.open(case) * 1000 for case in cases] for _ in range(REPEATS)]
    taken = [min(times) for times in zip(*rounds, strict=True)]
    idle = [
        await size.open(Case("", who, path("catalogue", "suggestions", q="-"), htmx=True)) * 1000 for _ in range(200)
    ]
    beside = f"{statistics.median(idle):.1f} ms without a search, {len(texts)} texts"
    median, highest = statistics.median(taken), statistics.quantiles(taken, n=100)[98]
    report.figure(f"{kind}, {who}: as you type, median", median, "≤", MEDIAN, unit=" ms", beside=beside)
    slowest = texts[max(range(len(texts)), key=taken.__getitem__)]
    report.figure(f"{kind}, {who}: as you type, p99", highest, "≤", HIGHEST, unit=" ms", beside=f"slowest: {slowest!r}")
    if who == "guest":
        await _weight(kind, size, report)


async def _weight(kind: Kind, size: Size, report: Report) -> None:
    """The largest answer while one types."""
    site = Site(size.site.app, size.site.partner, size.cookies["guest"], {})
    weights = []
    for text in TYPED:
        address = path("catalogue", "suggestions", q=text)
        answer = await asyncio.create_task(get(site, address, htmx=True), context=size.context)
        weights.append(len(brotli.compress(answer, quality=4)))
    report.figure(f"{kind}: the largest answer while typing", max(weights), "≤", ANSWER, unit=" B")


async def _list(kind: Kind, case: Case, few: Size, many: Size, report: Report) -> None:
    """A list at both sizes, taken in turns."""
    best, told = float("inf"), ""
    for _ in range(TRIES):
        pairs = [(await few.open(case), await many.open(case)) for _ in range(ROUNDS)][6:]
        small, large = (statistics.median(one) * 1000 for one in zip(*pairs, strict=True))
        if large / small < best:
            best, told = large / small, f"{large:.1f} ms with {MANY:,} products, {small:.1f} ms with {FEW}"
        if best <= LIST_LIMIT:
            break
    report.figure(f"{kind}: list, {case.name}", best, "≤", LIST_LIMIT, beside=told)


if __name__ == "__main__":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    sys.exit(asyncio.run(main()))
