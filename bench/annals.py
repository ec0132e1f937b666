"""Two years of a site, multiplied by the database itself: so many entries of the history and so many orders.

How they are spread, whatever their number: every other one is of one company, Alice's, which has the hardest of it; the
rest are of 5,000 companies in turn, with a person each. Maria is Alice's manager, Oleg has 166 of the others, a
thirtieth. A tenth of the entries have a letter, a tenth of the orders a talk. Of what is looked for as something rare
there are about RARE pieces, however many others there are: what is found is the same at each size.
"""

import re
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import asyncpg
from tortoise.models import Model

from app import clock
from app.accounts.models import Assignment
from app.database import Sql
from app.history.models import Email, EmailState, HistoryEntry
from app.orders.models import OrderLine
from app.threads.models import Thread
from jobs.history import write
from tests.events import happened
from tests.factories import Cast, make_comment, make_order, make_product
from tests.servers import Kind

COMPANIES, PARTNERS, PRODUCTS, RARE = 5000, 166, 200, 60
BASE = 1000  # added to all numbers: what they are multiplied from has lesser ids
YEARS = timedelta(days=730)
RARE_ARTICLE, RARE_WORD, RARE_ACTION = "RARE-7702", "пуговица", "cart.price_accepted"
# The ways of the two databases.
WAYS = {
    "sqlite": {
        "at": "strftime('%Y-%m-%d %H:%M:%S+00:00', {}, 'unixepoch')",
        "day": "date({} + 14 * 86400, 'unixepoch')",
        "coming": "date('now', '+' || ({}) || ' days')",
        "json": "TEXT",
    },
    "postgres": {
        "at": "to_timestamp({})",
        "day": "CAST(to_timestamp({} + 14 * 86400) AS DATE)",
        "coming": "CAST(CURRENT_DATE + ({}) AS DATE)",
        "json": "JSONB",
    },
}

OURS = "n % 2 = 1"
COMPANY = f"CASE WHEN {OURS} THEN :company ELSE {BASE} + (n / 2) % {COMPANIES} END"
PERSON = f"""CASE WHEN {OURS} THEN (CASE (n / 20) % 3 WHEN 0 THEN :alice WHEN 1 THEN :bob ELSE :vera END)
    ELSE {BASE} + (n / 2) % {COMPANIES} END"""
MANAGER = f"CASE WHEN {OURS} THEN :maria ELSE :oleg END"
_RARE = f"(n - 1) % (2 * (:size / {2 * RARE})) = 0"  # odd numbers, as many at each size
_ACTION = f"""CASE WHEN {_RARE} THEN '{RARE_ACTION}' ELSE CASE (n / 2) % 10
    WHEN 0 THEN 'order.placed' WHEN 1 THEN 'order.status_changed' WHEN 2 THEN 'comment.added'
    WHEN 3 THEN 'presentation.opened' WHEN 4 THEN 'order.called' WHEN 5 THEN 'person.signed_out'
    WHEN 6 THEN 'cart.line_put' ELSE 'person.signed_in' END END"""
_BY_STAFF = "deed IN ('order.status_changed', 'comment.added', 'order.called')"
_DATA = """CASE deed
    WHEN 'order.placed' THEN '{"order":' || (n / 10) || ',"order_id":1,"lines":2,"total":100000}'
    WHEN 'order.status_changed' THEN '{"order":' || (n / 10) || ',"order_id":1,"status":"paid","was":"invoiced"}'
    WHEN 'order.called' THEN '{"order":' || (n / 10) || ',"order_id":1}'
    WHEN 'comment.added' THEN '{"on":"order","order":' || (n / 10) || ',"comment":1}'
    WHEN 'presentation.opened' THEN '{"presentation":' || (n / 10) || ',"version":1}'
    WHEN 'cart.line_put' THEN '{"article":"DS-1","name":"x","unit":"pcs","quantity":2}'
    WHEN 'cart.price_accepted' THEN '{"article":"DS-1","was":100,"price":200}'
    ELSE '{}' END"""
_SUBJECT = """CASE WHEN deed LIKE 'order.%' OR deed = 'comment.added' THEN 'order:' || (n / 10)
    WHEN deed = 'presentation.opened' THEN 'presentation:' || (n / 10) ELSE '' END"""
_DEEDS = f"(SELECT n, {_ACTION} AS deed FROM n) d"


@dataclass(frozen=True, slots=True)
class Multiplied:
    """A row that is multiplied: `sets` are the columns that differ, in terms of the number n of `source`."""

    row: Model
    sets: Mapping[str, str]
    source: str = "n"
    where: str = "1 = 1"
    count: str = ":size"

    def statement(self, kind: Kind, values: Mapping[str, Any]) -> str:
        """INSERT … SELECT for the numbers from 1 to its count."""
        meta = self.row._meta
        columns = list(meta.db_fields)
        selected = ", ".join(self.sets.get(name, f'"t"."{name}"') for name in columns)
        text = f"""
            INSERT INTO "{meta.db_table}" ({", ".join(f'"{name}"' for name in columns)})
            WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {self.count})
            SELECT {selected} FROM {self.source}, "{meta.db_table}" "t"
            WHERE "t"."{meta.db_pk_column}" = {self.row.pk} AND {self.where}
        """
        for name, value in {**WAYS[kind], **values}.items():
            text = re.sub(rf":{name}\b", str(value), text)
        return text


async def multiply(
    kind: Kind, url: str, cast: Cast, size: int, further: Callable[[Cast], Awaitable[list[Multiplied]]] | None = None
) -> None:
    """Fills a database that holds the cast alone; `further` makes rows of other kinds to be multiplied, too."""
    begin, step = (clock.now() - YEARS).timestamp(), YEARS.total_seconds() / size
    seconds = f"CAST({begin:.0f} + n * {step:.4f} AS BIGINT)"
    people = {name: getattr(cast, name).id for name in ("alice", "bob", "vera", "maria", "oleg")}
    values = {"size": size, "company": cast.company.id, **people, "at": WAYS[kind]["at"].format(seconds)}
    values |= {"day": WAYS[kind]["day"].format(seconds), "coming": WAYS[kind]["coming"].format("n % 10")}
    seeds = [*await _people(cast), *await _deeds(cast), *await _orders(cast), *(await further(cast) if further else ())]
    statements = [seed.statement(kind, values) for seed in seeds]
    await (_run_on_sqlite(url, statements) if kind == "sqlite" else _run_on_postgres(url, statements))


async def _people(cast: Cast) -> list[Multiplied]:
    own = f"{BASE} + n - 1"
    logins = dict.fromkeys(("login", "login_key", "login_look", "email", "email_key"), "'p' || n")
    return [
        Multiplied(
            cast.other_company,
            {"id": own, "name": "'Монтаж-' || n", "search": "'монтаж-' || n"},
            count=str(COMPANIES),
        ),
        Multiplied(
            cast.charlie, {**logins, "id": own, "company_id": own, "name": "'Партнёр ' || n"}, count=str(COMPANIES)
        ),
        Multiplied(
            await Assignment.get(company_id=cast.other_company.id),
            {"company_id": f"{BASE} - 1 + 3 * n"},
            count=str(PARTNERS),
        ),
    ]


async def _deeds(cast: Cast) -> list[Multiplied]:
    event = await happened("person.signed_in", by=cast.charlie)
    await write(event, partner_sees=True)
    letter = await Email.create(
        event=event,
        person=cast.charlie,
        template="order_placed",
        message_id="<1@example.ru>",
        sender="robot@example.ru",
        recipient="charlie@example.ru",
        subject="Спектр-СБ - новый заказ",
        text="Заказ принят.",
        html="<p>Заказ принят.</p>",
        state=EmailState.SENT,
        sent_at=clock.now(),
    )
    key = {"id": f"{BASE} + n"}
    what = {"at": ":at", "actor_id": f"CASE WHEN {_BY_STAFF} THEN {MANAGER} ELSE {PERSON} END"}
    hidden = {"company_id": f"CASE WHEN deed = 'order.called' THEN NULL ELSE {COMPANY} END", "affair_id": COMPANY}
    told = {"action": "deed", "subject": _SUBJECT, "data": f"CAST({_DATA} AS :json)", **hidden}
    return [
        Multiplied(event, {**key, "at": ":at", "handled_at": ":at"}),
        Multiplied(
            await HistoryEntry.get(id=event.id), {**key, **what, **told, "event_id": f"{BASE} + n"}, source=_DEEDS
        ),
        Multiplied(
            letter,
            {**key, "event_id": f"{BASE} + n", "person_id": PERSON, "message_id": "'m' || n"},
            source=_DEEDS,
            where="deed = 'order.placed'",
        ),
    ]


async def _orders(cast: Cast) -> list[Multiplied]:
    plain, rare = await make_product(article="DS-1"), await make_product(article=RARE_ARTICLE, name=RARE_WORD)
    order = await make_order(person=cast.charlie, manager=cast.oleg, products=[plain])
    comment = await make_comment(on=order, author=cast.charlie, text="Когда отгрузите?")
    line = await OrderLine.get(order=order)
    key, tenth = {"id": f"{BASE} + n"}, "(n / 2) % 10 = 0"
    whose = {"company_id": COMPANY, "person_id": PERSON, "manager_id": MANAGER}
    status = f"CASE WHEN {_RARE} THEN 'paid' WHEN n % 7 = 0 THEN 'cancelled' ELSE 'done' END"  # few are open at a time
    of_order = {"order_id": f"{BASE} + n"}
    product = f"CASE WHEN {_RARE} THEN {rare.id} ELSE {BASE} + n % {PRODUCTS} + 1 END"
    article = f"CASE WHEN {_RARE} THEN '{RARE_ARTICLE}' ELSE 'XC-' || (n % {PRODUCTS} + 1) END"
    said = f"CASE WHEN {_RARE} THEN 'Нужна {RARE_WORD}' ELSE 'Когда отгрузите заказ ' || n || '?' END"
    goods = {"article": "'XC-' || n", "article_key": "'XC' || n", "search": "'xc-' || n", "name": "'Камера ' || n"}
    return [
        Multiplied(plain, {**key, **goods}, count=str(PRODUCTS)),
        Multiplied(
            order, {**key, **whose, "number": f"{BASE} + n", "status": status, "key": "'k' || n", "placed_at": ":at"}
        ),
        Multiplied(line, {"id": f"{BASE} + 2 * n", **of_order, "product_id": product, "article": article}),
        Multiplied(line, {"id": f"{BASE} + 2 * n + 1", **of_order, "position": "2", "product_id": str(plain.id)}),
        Multiplied(
            await Thread.get(id=comment.thread_id),
            {**key, **of_order, "company_id": COMPANY},
            where=f"({tenth} OR {_RARE})",
        ),
        Multiplied(
            comment,
            {**key, "thread_id": f"{BASE} + n", "author_id": PERSON, "text": said, "key": "'c' || n"},
            where=f"({tenth} OR {_RARE})",
        ),
    ]


def _tables(statements: Sequence[str]) -> set[str]:
    return {statement.split('"')[1] for statement in statements}


async def _run_on_sqlite(url: str, statements: Sequence[str]) -> None:
    """Without indexes, which are made again at the end: rows come in ten times as fast."""
    with sqlite3.connect(urlsplit(url).path, isolation_level=None) as file:
        file.executescript("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -200000")
        made = file.execute("SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        indexes = [(name, sql) for name, sql, table in made.fetchall() if table in _tables(statements)]
        file.execute("BEGIN")
        for name, _sql in indexes:
            file.execute(f'DROP INDEX "{name}"')
        for statement in [*statements, *(sql for _name, sql in indexes)]:
            file.execute(statement)
        file.execute("COMMIT")
    file.close()


# PostgreSQL would look at its tables by itself within a minute. SQLite never does: no statistics are made there.
TIDY = Sql("SELECT 1", postgres="VACUUM ANALYZE")


async def _run_on_postgres(url: str, statements: Sequence[str]) -> None:
    connection: Any = await asyncpg.connect(url)
    try:
        await connection.execute("SET session_replication_role = replica; SET maintenance_work_mem = '256MB'")
        made = await connection.fetch(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY($1) "
            "AND indexdef NOT LIKE 'CREATE UNIQUE%'",
            sorted(_tables(statements)),
        )
        for index in made:
            await connection.execute(f'DROP INDEX "{index["indexname"]}"')
        for statement in [*statements, *(index["indexdef"] for index in made)]:
            await connection.execute(statement)
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()
