"""A promo of Maria's: an offer of two products, and four partners of hers."""

from dataclasses import dataclass

import pytest

from app import clock
from app.accounts.joining import Consent, ConsentKind
from app.accounts.models import Company, Person, Role
from app.catalogue.models import Product
from app.presentations.models import Presentation
from app.promos.models import Promo
from app.settings import Settings
from jobs.promos import Promos
from tests.factories import Cast, make_company, make_person, make_presentation, make_product
from tests.site import Browser

KEY = "a-key-that-a-form-was-given"


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered to many, and its form."""

    presentation: Presentation
    products: list[Product]
    companies: list[Company]
    owners: list[Person]

    @property
    def path(self) -> str:
        """Where partners are chosen."""
        return f"/desk/presentations/{self.presentation.number}/promo"

    def form(self, **fields: str) -> dict[str, str]:
        """All companies ticked."""
        ticked = {f"c{company.id}": "1" for company in self.companies}
        day = clock.distributor_today().isoformat()
        return {"key": KEY, "title": "Неделя камер", "valid_until": day, "which": "ticked", **ticked, **fields}


async def agree(person: Person) -> Consent:
    """The person agrees to promotional letters."""
    return await Consent.create(person=person, kind=ConsentKind.PROMO, version="1", given_at=clock.now())


@pytest.fixture
async def offer(cast: Cast) -> Offer:
    """Four companies with discounts of 0, 5, 10 and 15 %, an owner in each; the first two owners agreed to letters."""
    products = [await make_product(retail=100_000), await make_product(retail=33_333)]
    presentation = await make_presentation(
        company=cast.company, author=cast.maria, products=products, title="Неделя камер", discount=4000
    )
    companies, owners = [], []
    for number in range(4):
        companies.append(
            await make_company(name=f"ООО «Дом-{number}»", manager=cast.maria, default_discount=number * 500)
        )
        owners.append(await make_person(name=f"Иван {number}", role=Role.OWNER, company=companies[-1]))
    for owner in owners[:2]:
        await agree(owner)
    return Offer(presentation, products, companies, owners)


@pytest.fixture
async def promo(maria: Browser, offer: Offer) -> Promo:
    """A promo to the four, checked and not sent."""
    answer = await maria.post(offer.path, offer.form())
    assert answer.status_code == 303, answer.text
    return await Promo.get()


@pytest.fixture
def worker(settings: Settings) -> Promos:
    """The worker's part of it."""
    return Promos(settings)
