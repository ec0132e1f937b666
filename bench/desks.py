"""Whether the desk and its lists cost the same with 2,000 orders as with 200,000, and 5,000 partners each time.

As many presentations and tickets go with them: bench/affairs.py. Both sizes are taken in turns in one process, through
the whole site; the ratio of the medians stands beside the limit. A case over it is measured again, at most twice.
"""

import asyncio
import sys

from bench.affairs import fill
from bench.annals import BASE
from bench.history import Case, measure, opened
from bench.report import Report
from tests.servers import Kind

SMALL, LARGE = 2_000, 200_000
STATES = ("draft", "sent", "opened", "in_cart", "expiring", "ordered", "expired", "replaced")
LISTS = (
    ("the day", "/desk"),
    ("orders", "/desk/orders"),
    ("orders, deep inside", "/desk/orders?before={deep}"),
    ("orders, the queue", "/desk/orders?queue=1"),
    ("orders, mine", "/desk/orders?mine=1"),
    ("orders, mine and new", "/desk/orders?mine=1&status=new"),
    ("orders, in work", "/desk/orders?status=in_work"),
    ("orders, done", "/desk/orders?status=done"),
    ("orders, by sum", "/desk/orders?sort=sum"),
    ("orders, done by sum", "/desk/orders?status=done&sort=sum"),
    ("orders, of Maria", "/desk/orders?manager={maria}"),
    ("orders, of a partner", "/desk/orders?company={company}"),
    ("orders, half a year", "/desk/orders?from={from_day}&to={to_day}"),
    ("orders, a number", f"/desk/orders?q=№ {BASE + 61}"),  # without the sign names of companies have it, too
    ("orders, a company", "/desk/orders?q=монтаж-77"),
    ("orders, a part of many names", "/desk/orders?q=монтаж"),
    ("partners", "/desk/partners"),
    ("partners, a name", "/desk/partners?q=монтаж-77"),
    ("presentations", "/desk/presentations"),
    *((f"presentations, {state}", f"/desk/presentations?state={state}") for state in STATES),
    ("presentations, the oldest", "/desk/presentations?sort=old"),
    ("presentations, what expires first", "/desk/presentations?sort=until"),
    ("presentations, of a partner", "/desk/presentations?company={company}"),
    ("presentations, a number", f"/desk/presentations?q=№ {BASE + 61}"),
    ("presentations, words of a title", "/desk/presentations?q=склад"),
    ("presentations, a company", "/desk/presentations?q=монтаж-77"),
    ("tickets", "/desk/tickets"),
    ("tickets, open", "/desk/tickets?state=open"),
    ("tickets, complaints", "/desk/tickets?topic=complaint"),
    ("tickets, mine", "/desk/tickets?mine=1"),
    ("tickets, nobody's", "/desk/tickets?queue=1"),
    ("answers", "/desk/answers"),
    ("answers about orders", "/desk/answers?kind=order&sort=new"),
    ("letters", "/desk/letters"),
    ("requests to prolong", "/desk/extensions"),
    ("hand-overs", "/desk/handovers"),
    ("partners who asked", "/desk/asked"),
    ("invitations", "/desk/partners/invitations"),
)
NUMBERS = (("maria", 61), ("oleg", 62), ("anna", 61))  # of tickets that they may see
CASES = (
    *(Case(f"{who}: {name}", who, path) for who in ("maria", "oleg", "anna", "idle") for name, path in LISTS),
    *(Case(f"{who}: tickets, a number", who, f"/desk/tickets?q={BASE + number}") for who, number in NUMBERS),
)


async def main() -> int:
    """Both databases, or those that the command names. :return: the exit code."""
    report = Report()
    kinds: tuple[Kind, ...] = ("sqlite", "postgres")
    for kind in kinds:
        if kind not in (sys.argv[1:] or kinds):
            continue
        async with opened(kind, SMALL, fill) as small, opened(kind, LARGE, fill) as large:
            for case in CASES:
                await measure(kind, case, small, large, report)
    return report.exit_code()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
