"""A small shop: two brands, a group with two categories and one beside it, a discontinued camera."""

from dataclasses import dataclass

import pytest

from app import clock
from app.catalogue.models import Brand, Category, Product
from tests.factories import make_brand, make_product


@dataclass(frozen=True, slots=True)
class Shop:
    """What is sold."""

    hikvision: Brand
    rexant: Brand
    cameras: Category  # in the group «Видеонаблюдение»
    recorders: Category  # likewise
    cable: Category  # a group of its own
    camera: Product
    dome: Product
    recorder: Product
    utp: Product
    gone: Product  # replaced by the dome


@pytest.fixture
async def shop(database: str) -> Shop:
    """The shop, in the database."""
    hikvision, rexant = await make_brand(name="HIKVISION"), await make_brand(name="REXANT")
    cctv = await Category.create(name="Видеонаблюдение", slug="cctv", position=1)
    cameras = await Category.create(name="IP-камеры", slug="cameras", position=2, parent=cctv)
    recorders = await Category.create(name="Видеорегистраторы", slug="recorders", position=3, parent=cctv)
    cable = await Category.create(name="Кабель", slug="cable", position=4)
    made = {"brand": hikvision, "category": cameras}
    dome = await make_product(article="DS-2CD2143G2-IS", name="Камера купольная", retail=1_749_000, stock=4, **made)
    return Shop(
        hikvision,
        rexant,
        cameras,
        recorders,
        cable,
        camera=await make_product(article="DS-2CD2043G2-I", name="Камера уличная, 4 Мп", retail=1_499_000, **made),
        dome=dome,
        recorder=await make_product(
            article="DS-7608NI", name="Видеорегистратор", retail=2_149_000, brand=hikvision, category=recorders, stock=0
        ),
        utp=await make_product(
            article="01-0043",
            name="Кабель UTP, 100 % медь",
            retail=3_150,
            brand=rexant,
            category=cable,
            unit="м",
            pack=305,
            minimum=305,
        ),
        gone=await make_product(
            article="DS-2CD2142",
            name="Камера прошлых лет",
            retail=900_000,
            discontinued_at=clock.now(),
            replacement=dome,
            **made,
        ),
    )


def price(text: str) -> str:
    """«12 345,67» as pages write it."""
    return text.replace(" ", "\u00a0")
