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


def valued(properties: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Code, name and value of each property that products can be told apart by. Spaces and capitals do not matter."""
    return filter(None, (_coded(name, str(value)) for name, value in properties.items()))


@lru_cache(100_000)  # of one product after the other most have the same values
def _coded(name: str, value: str) -> tuple[str, str, str] | None:
    name, value = " ".join(name.split()), " ".join(value.split())
    if not (name and value and len(name) <= LONGEST_NAME and len(value) <= LONGEST_VALUE):
        return None
    return code_of(name, value), name, value


def code_of(name: str, value: str) -> str:
    """40 bits of a hash, as eight letters."""
    digest = blake2b(f"{name}\n{value}".casefold().encode(), digest_size=5).digest()
    return base64.b32encode(digest).decode().lower()


async def named(codes: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Name and value by code, of those that there are."""
    return {row["code"]: (row["name"], row["value"]) for row in await _VALUES.all(codes=codes)} if codes else {}


async def offered(counts: Mapping[str, int]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a category offers whose products have codes so often: names of properties, each with codes and values."""
    considered = dict(Counter(counts).most_common(CONSIDERED))
    names = await named(list(considered))
    by_name: dict[str, list[tuple[int, str, str]]] = {}
    for code, (name, value) in names.items():
        by_name.setdefault(name.casefold(), []).append((-considered[code], value, code))
    return [(names[values[0][2]][0], [(code, value) for _, value, code in values]) for values in _best(by_name)]


def _best(by_name: Mapping[str, Sequence[tuple[int, str, str]]]) -> Iterator[Sequence[tuple[int, str, str]]]:
    """The values of each property that is offered, the most frequent first."""
    weighed = [(sum(count for count, _, _ in values), len(values), name) for name, values in by_name.items()]
    good = [one for one in sorted(weighed) if 2 <= one[1] <= -one[0] / 2]
    for _, _, name in good[:MOST_PROPERTIES]:
        yield sorted(by_name[name])[:MOST_VALUES]
