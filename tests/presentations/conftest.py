"""An offer to Alice's company: a camera, a cable sold by 305 m, and a discontinued camera with a replacement."""

from dataclasses import dataclass
from datetime import date

import pytest

from app import clock
from app.catalogue.models import Product
from app.presentations.models import Line, Presentation, Version
from tests.factories import Cast, make_presentation, make_product


@dataclass(frozen=True, slots=True)
class Offer:
    """The presentation and its rows; `path` is its page."""

    presentation: Presentation
    camera: Line
    cable: Line
    gone: Line
    replacement: Product
    valid_until: date

    @property
    def path(self) -> str:
        return f"/presentations/{self.presentation.number}"

    def line(self, line: Line) -> str:
        return f"{self.path}/lines/{line.id}"


@pytest.fixture
async def offer(cast: Cast) -> Offer:
    camera = await make_product(article="DS-2CD2043G2-I", retail=1_499_000)
    cable = await make_product(article="01-0043", retail=3_150, unit="м", pack=305, minimum=305)
    new = await make_product(article="SN-IPR80/14ZDR", retail=1_620_000)
    gone = await make_product(article="SN-IPR56/14ZDR", retail=1_580_000, discontinued_at=clock.now(), replacement=new)
    presentation = await make_presentation(
        company=cast.company, author=cast.maria, products=[camera, cable, gone], quantity=4, discount=2200
    )
    version = await Version.get(presentation_id=presentation.id)
    lines = {line.article: line for line in await Line.filter(version__presentation_id=presentation.id)}
    return Offer(
        presentation, lines["DS-2CD2043G2-I"], lines["01-0043"], lines["SN-IPR56/14ZDR"], new, version.valid_until
    )
