"""Properties as lists are narrowed by them: a code for each name with a value, and which ones a category offers.

A category offers at most MOST_PROPERTIES, those that most of its products have: with two values at least, and not with
another value for each product. Of each it offers the MOST_VALUES that most products have.
"""

import base64
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from app.database import Sql

MOST_PROPERTIES, MOST_VALUES = 12, 20
LONGEST_NAME, LONGEST_VALUE = 100, 60  # characters; what is longer is a text and no value to choose
CONSIDERED = 3000  # values of a category, those of most products

_VALUES = Sql("SELECT code, name, value FROM property_value WHERE code IN :codes")
_OF_SHELVES = "FROM product_entry WHERE category_id IN :ids GROUP BY category_id"
_CODES = Sql(
    f"SELECT category_id, GROUP_CONCAT(codes, '') AS codes {_OF_SHELVES}",
    postgres=f"SELECT category_id, STRING_AGG(codes, '') AS codes {_OF_SHELVES}",
)


def valued(properties: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Code, name and value of each property that products can be told apart by. Spaces and capitals do not matter."""
    for name, value in properties.items():
        pair = " ".join(name.split()), " ".join(str(value).split())
        if all(pair) and len(pair[0]) <= LONGEST_NAME and len(pair[1]) <= LONGEST_VALUE:
            yield code_of(*pair), *pair


@lru_cache(100_000)
def code_of(name: str, value: str) -> str:
    """40 bits of a hash, as eight letters."""
    digest = blake2b(f"{name}\n{value}".casefold().encode(), digest_size=5).digest()
    return base64.b32encode(digest).decode().lower()


async def named(codes: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Name and value by code, of those that there are."""
    return {row["code"]: (row["name"], row["value"]) for row in await _VALUES.all(codes=codes)} if codes else {}


async def offered(category_ids: Sequence[int]) -> list[tuple[int, int, str, int]]:
    """What categories offer to be narrowed by: category, place of the property, code, how many products have it."""
    found: list[tuple[int, int, str, int]] = []
    for row in await _CODES.all(ids=category_ids):
        counts = Counter((row["codes"] or "").split())
        considered = dict(counts.most_common(CONSIDERED))
        by_name: dict[str, list[tuple[int, str, str]]] = {}
        for code, (name, value) in (await named(list(considered))).items():
            by_name.setdefault(name.casefold(), []).append((-considered[code], value, code))
        for place, values in enumerate(_best(by_name)):
            found += [(row["category_id"], place, code, -count) for count, _, code in values]
    return found


def _best(by_name: Mapping[str, Sequence[tuple[int, str, str]]]) -> Iterator[Sequence[tuple[int, str, str]]]:
    """The values of each property that is offered, the most frequent first."""
    weighed = [(sum(count for count, _, _ in values), len(values), name) for name, values in by_name.items()]
    good = [one for one in sorted(weighed) if 2 <= one[1] <= -one[0] / 2]
    for _, _, name in good[:MOST_PROPERTIES]:
        yield sorted(by_name[name])[:MOST_VALUES]
