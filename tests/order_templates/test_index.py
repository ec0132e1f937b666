"""GET /order-templates and GET /order-templates/3."""

from app import clock
from app.catalogue.models import Product
from app.database import counting_queries
from app.orders.templates import OrderTemplate, OrderTemplateLine
from tests.factories import Cast, make_product
from tests.site import Browser


async def test_all_of_the_company_see_it(alice: Browser, bob: Browser, vera: Browser, template: OrderTemplate) -> None:
    for browser, leads_to in ((alice, f"/repeat?template={template.id}"), (bob, f"/repeat?template={template.id}")):
        page = (await browser.get("/order-templates")).text
        assert f'href="{leads_to}">Склад</a>' in page and "Алиса Соколова" in page
    page = (await vera.get("/order-templates")).text
    assert f'href="/order-templates/{template.id}">Склад</a>' in page and "/repeat" not in page


async def test_search_by_name(alice: Browser, template: OrderTemplate) -> None:
    assert ">Склад</a>" in (await alice.get("/order-templates?q=СКЛ")).text
    assert "Шаблона с таким названием нет." in (await alice.get("/order-templates?q=офис")).text


async def test_an_empty_list_says_how_to_fill_it(charlie: Browser, template: OrderTemplate) -> None:
    page = (await charlie.get("/order-templates")).text
    assert "Шаблонов пока нет." in page and "Склад" not in page


async def test_a_viewer_looks_and_changes_nothing(vera: Browser, template: OrderTemplate) -> None:
    page = (await vera.get(f"/order-templates/{template.id}")).text
    assert "CAM-1" in page and 'name="removed"' not in page and "/removal" not in page and "/repeat?" not in page


async def test_a_stranger_finds_nothing(charlie: Browser, maria: Browser, template: OrderTemplate) -> None:
    assert (await charlie.get(f"/order-templates/{template.id}")).status_code == 404
    assert (await charlie.get(f"/repeat?template={template.id}")).status_code == 404
    assert (await maria.get("/order-templates")).status_code == 403


async def test_the_draft_of_a_template(alice: Browser, template: OrderTemplate, camera: Product) -> None:
    """15 % off since: what the template remembers is the old price."""
    page = (await alice.get(f"/repeat?template={template.id}")).text.replace("\u00a0", " ")
    assert "<h1>Склад</h1>" in page and "дешевле на 2 248,50 ₽" in page


async def test_fifty_templates_and_lines_cost_as_much_as_two(alice: Browser, cast: Cast) -> None:
    counts = []
    await alice.get("/cart")  # what a site reads once is read
    for lines in (2, 50):
        now = clock.now()
        for number in range(lines):
            made = await OrderTemplate.create(
                company=cast.company, author=cast.alice, name=f"{lines}/{number}", key=f"{lines}/{number}",
                created_at=now, changed_at=now,
            )  # fmt: skip
            values = {"template": made, "position": 1, "quantity": 1, "price": 1}
            await OrderTemplateLine.create(product=await make_product(), **values)
        last = {"template": made, "quantity": 1, "price": 1}
        for position in range(2, lines + 1):
            await OrderTemplateLine.create(product=await make_product(), position=position, **last)
        for path in ("/order-templates", f"/order-templates/{made.id}"):
            with counting_queries() as queries:
                assert (await alice.get(path)).status_code == 200
            counts.append(queries.count)
    assert counts[:2] == counts[2:]
