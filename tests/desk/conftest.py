"""A draft of Maria's for Alice's company: a camera, a cable sold by 305 m, and a lock that is not in it yet."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from app import clock
from app.catalogue.models import Product
from app.database import counting_queries
from app.presentations.models import Line, Presentation, Version
from tests.factories import Cast, make_presentation, make_product
from tests.site import Browser

RETAIL = 1_499_000  # kopecks, of the camera


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft and its rows; `path` is its page."""

    presentation: Presentation
    version: Version
    camera: Line
    cable: Line
    lock: Product

    @property
    def path(self) -> str:
        return f"/desk/presentations/{self.presentation.number}"

    def fields(self, **changed: str) -> dict[str, str]:
        """The whole form as the page shows it, with changes."""
        form = {
            "title": self.version.title,
            "greeting": self.version.greeting,
            "valid_until": self.version.valid_until.isoformat(),
            "recipient": "",
            "find": "",
            f"d{self.camera.id}": "22",
            f"p{self.camera.id}": "11\u00a0692,20",
            f"q{self.camera.id}": "4",
            f"d{self.cable.id}": "22",
            f"p{self.cable.id}": "24,57",
            f"q{self.cable.id}": "305",
        }
        return {**form, **changed}

    async def line(self, line: Line) -> Line:
        """The line as it is kept now."""
        return await Line.get(id=line.id)

    async def is_untouched(self) -> bool:
        """Whether head and lines are as they were made."""
        version = await Version.get(id=self.version.id)
        lines = await Line.filter(version_id=self.version.id).order_by("position")
        head = (version.title, version.greeting, version.valid_until, version.sent_at)
        return head == (self.version.title, self.version.greeting, self.version.valid_until, None) and [
            (line.id, line.quantity, line.price, line.discount) for line in lines
        ] == [(line.id, line.quantity, line.price, line.discount) for line in (self.camera, self.cable)]

    async def send(self) -> None:
        """Sends it behind the site's back."""
        await Version.filter(id=self.version.id).update(sent_at=clock.now())


@pytest.fixture
async def draft(cast: Cast) -> Draft:
    camera = await make_product(article="DS-2CD2043G2-I", retail=RETAIL)
    cable = await make_product(article="01-0043", name="Кабель UTP", retail=3_150, unit="м", pack=305, minimum=305)
    lock = await make_product(article="ML-16HR", name="Замок электромагнитный", retail=649_000)
    presentation = await make_presentation(
        company=cast.company,
        author=cast.maria,
        products=[camera, cable],
        quantity=4,
        discount=2200,
        sent=False,
        valid_until=clock.distributor_today() + timedelta(days=14),
    )
    version = await Version.get(presentation_id=presentation.id)
    lines = {line.article: line for line in await Line.filter(version_id=version.id)}
    return Draft(presentation, version, lines["DS-2CD2043G2-I"], lines["01-0043"], lock)


async def cost(browser: Browser, path: str) -> int:
    """How many statements a page takes, once the brands are read."""
    await browser.get(path)
    with counting_queries() as count:
        page = await browser.get(path)
    assert page.status_code == 200
    return count.count
