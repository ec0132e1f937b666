"""What is written of a product for searches and lists: made of its row, with what stood there before (see indexing)."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from app.catalogue import spelling
from app.catalogue.index_models import UNPRICED


def entry(row: Mapping[str, Any], digest: str) -> list[Any]:
    """Its row of lists: the columns of product_entry in their order."""
    gone = row["discontinued_at"] is not None
    stocked = row["stock"] > 0 and not gone
    price = row["retail"] if row["retail"] > 0 else UNPRICED
    title = spelling.plain(row["name"])[:250]
    kept = (row["id"], row["brand_id"], row["category_id"], int(gone), int(stocked), price, row["article_key"], title)
    return [*kept, digest]


def was(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a shelf holds of a product, besides its properties."""
    return tuple(row[f"was_{name}"] for name in ("of", "in", "gone", "stocked", "price", "title"))


def texts(row: Mapping[str, Any]) -> tuple[str, str]:
    """The texts whose words it is found by."""
    return row["name"], f"{row['brand']}, {row['synonyms']}"


def texts_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    """What its tokens are made of."""
    return row["article"], *texts(row)


def tokens(row: Mapping[str, Any]) -> set[str]:
    """What it is found by."""
    return spelling.tokens(row["article"], *texts(row))


def digest_of(row: Mapping[str, Any]) -> str:
    """By which it is seen whether its tokens are others than before."""
    return blake2b("\n".join(texts_of(row)).encode(), digest_size=12).hexdigest()
