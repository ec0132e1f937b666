"""A sent presentation stays as it was sent, whatever changes afterwards; version 2 says what it changed (rule 3)."""

from app.accounts.models import Company
from app.catalogue.models import Brand, Product
from app.money import Vat
from app.presentations.models import Line
from tests.factories import Cast, make_presentation, make_product
from tests.site import Browser


async def test_what_was_sent_does_not_change(maria: Browser, alice: Browser, cast: Cast) -> None:
    product = await make_product(retail=100_000, name="Камера старая")
    offer = await make_presentation(company=cast.company, author=cast.maria, products=[product], discount=2000)
    path = f"/presentations/{offer.number}"
    kept = await Line.filter(version__presentation=offer).values()

    await Product.filter(id=product.id).update(retail=200_000, name="Камера новая", article="NEW-1", vat=Vat.NONE)
    await Brand.filter(id=product.brand_id).update(name="ДРУГОЙ")
    await Company.filter(id=cast.company.id).update(default_discount=5000)

    assert await Line.filter(version__presentation=offer).values() == kept
    page = (await alice.get(path)).text
    assert "Камера старая" in page and "Камера новая" not in page and "800,00" in page.replace("\u00a0", " ")

    desk = f"/desk/presentations/{offer.number}"
    await maria.post(f"{desk}/versions")
    [line] = await Line.filter(version__presentation=offer, version__number=2)
    await maria.post(f"{desk}/recalculation", {f"d{line.id}": "30"})
    assert (await maria.post(f"{desk}/sending")).status_code == 303

    first = (await alice.get(f"{path}/versions/1")).text
    assert "Эта версия заменена" in first and f'href="{path}"' in first and "Камера старая" in first
    changes = (await alice.get(f"{path}/versions/2/changes")).text.replace("\u00a0", " ")
    assert "800,00" in changes and "1 400,00" in changes and "Камера новая" in changes
