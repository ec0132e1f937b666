"""No page of the catalogue is kept where somebody else would read it: prices are the reader's own."""

import pytest

from tests.catalogue.conftest import Shop
from tests.site import Browser

PAGES = (
    "/catalogue",
    "/catalogue?category=cameras&stock=1&low=100",
    "/catalogue/brands/hikvision",
    "/catalogue/categories/cctv",
    "/catalogue/search?q=DS",
    "/catalogue/search?q=нет такого",
)


@pytest.mark.parametrize("htmx", [False, True])
async def test_every_page(guest: Browser, alice: Browser, anna: Browser, shop: Shop, htmx: bool) -> None:
    pages = [*PAGES, f"/catalogue/products/{shop.camera.id}", f"/catalogue/products/{shop.gone.id}"]
    for reader, kept in ((guest, "private, no-cache"), (alice, "no-store"), (anna, "no-store")):
        for path in pages:
            answer = await (reader.hx_get if htmx else reader.get)(path)
            assert answer.status_code == 200 and answer.headers["cache-control"] == kept, path
            assert {"HX-Request", "Cookie"} <= {one.strip() for one in answer.headers["vary"].split(",")}, path


async def test_suggestions_and_what_was_changed(guest: Browser, alice: Browser, shop: Shop) -> None:
    for reader, kept in ((guest, "private, no-cache"), (alice, "no-store")):
        answer = await reader.hx_get("/catalogue/suggestions?q=DS-2CD")
        assert shop.camera.article in answer.text and answer.headers["cache-control"] == kept
    path = f"/catalogue/products/{shop.camera.id}"
    answer = await alice.hx_post(f"{path}/cart", {"from": path, f"q{shop.camera.id}": "1"})
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"


async def test_what_was_looked_at_stays_with_who_looked(
    guest: Browser, alice: Browser, bob: Browser, shop: Shop
) -> None:
    first, second = f"/catalogue/products/{shop.camera.id}", f"/catalogue/products/{shop.dome.id}"
    for reader in (guest, alice):
        assert "Вы смотрели" not in (await reader.get(first)).text
        page = (await reader.get(second)).text
        seen = page.partition('id="seen"')[2]
        assert f'href="{first}"' in seen and f'href="{second}"' not in seen
        assert "set-cookie" not in (await reader.get(second)).headers, "once more is nothing new"
    assert "12\u00a0741,50" in page, "at the reader's own price"
    bob.http.cookies.set("seen", alice.http.cookies["seen"])
    assert "Вы смотрели" not in (await bob.get(second)).text, "a cookie of somebody else is nobody's"
    guest.http.cookies.set("seen", "forged")
    assert (await guest.get(second)).status_code == 200
