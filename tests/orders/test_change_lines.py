"""POST /orders/{number}/lines: what a manager changes before shipping, and what the partner sees of it."""

import asyncio
from typing import Any

import pytest

from app import clock
from app.accounts.models import Person
from app.history.models import Email, Event
from app.orders.models import LineChange, Order, OrderLine, Status
from app.settings import Settings
from jobs.relay import Relay
from tests.desk.conftest import cost
from tests.factories import Cast, make_order, make_product
from tests.site import Browser

WHY = "Договорились по телефону"


class Ordered:
    """An order of a camera (2 pieces) and a cable sold by 305 m; Maria holds it."""

    order: Order
    camera: OrderLine
    cable: OrderLine

    @classmethod
    async def make(cls, cast: Cast, **fields: Any) -> "Ordered":
        self = cls()
        camera = await make_product(article="DS-1", retail=1_000_000)
        cable = await make_product(article="UTP-305", retail=3_000, pack=305, minimum=305, unit="м")
        values = {"manager": cast.maria, "status": Status.IN_WORK, **fields}
        self.order = await make_order(person=cast.alice, products=[camera, cable], **values)
        self.camera, self.cable = await OrderLine.filter(order=self.order).order_by("position")
        self.cable.quantity = 305
        await self.cable.save()
        total = 2 * 1_000_000 + 305 * 3_000
        await Order.filter(id=self.order.id).update(total=total, retail_total=total)
        return self

    @property
    def door(self) -> str:
        return f"/orders/{self.order.number}/lines"

    def form(self, **changed: str) -> dict[str, str]:
        """The form as the page shows it, with changes: q1 is the camera's quantity, p2 the price of the cable."""
        form = {"seen": "0", "reason": WHY, "find": ""}
        for key, line in (("1", self.camera), ("2", self.cable)):
            form |= {f"q{line.id}": str(line.quantity), f"p{line.id}": f"{line.price / 100:.2f}", f"d{line.id}": "0"}
            form[f"o{line.id}"] = f"{line.quantity}.{line.price}.0"
            for name in "qpdr":
                if f"{name}{key}" in changed:
                    form[f"{name}{line.id}"] = changed.pop(f"{name}{key}")
        return {**form, **changed}

    async def lines(self) -> list[tuple[str, int, int]]:
        """Articles, quantities and prices."""
        rows = await OrderLine.filter(order=self.order).order_by("position")
        return [(row.article, row.quantity, row.price) for row in rows]

    async def is_untouched(self) -> bool:
        """Whether nothing was saved."""
        nothing = not await LineChange.exists() and not await Event.exists()
        return nothing and await self.lines() == [("DS-1", 2, 1_000_000), ("UTP-305", 305, 3_000)]


@pytest.fixture
async def it(cast: Cast) -> Ordered:
    return await Ordered.make(cast)


async def test_without_javascript(maria: Browser, alice: Browser, cast: Cast, it: Ordered, settings: Settings) -> None:
    page = (await maria.get(it.door)).text
    assert f'name="q{it.camera.id}" value="2"' in page and 'name="seen" value="0"' in page

    answer = await maria.post(it.door, it.form(q1="3", d1="10", p2="25,00"))

    assert (answer.status_code, answer.headers["location"]) == (303, f"/orders/{it.order.number}")
    assert await it.lines() == [("DS-1", 3, 900_000), ("UTP-305", 305, 2_500)]
    order = await Order.get(id=it.order.id)
    assert (order.total, order.retail_total) == (3 * 900_000 + 305 * 2_500, 3 * 1_000_000 + 305 * 3_000)
    event = await Event.get(name="order.lines_changed")
    assert event.data["changes"][0] == {
        **{"article": "DS-1", "unit": "шт", "was": 2, "quantity": 3, "price_was": 1_000_000, "price": 900_000},
    }
    assert (event.data["total_was"], event.data["total"], event.data["reason"]) == (2_915_000, order.total, WHY)
    seen = (await alice.get(f"/orders/{it.order.number}")).text
    assert "2 → 3" in seen and WHY in seen and "Изменено после заказа" in seen
    await Relay(settings).run()
    letter = await Email.get(template="order_lines_changed")
    assert letter.recipient == cast.alice.email and WHY in letter.text and "2 → 3" in letter.text
    assert WHY in (await alice.get("/history")).text


async def test_with_htmx(maria: Browser, it: Ordered) -> None:
    answer = await maria.hx_post(it.door, it.form(q1="3"))
    assert answer.headers["hx-redirect"] == f"/orders/{it.order.number}"
    wrong = await maria.hx_post(it.door, it.form(q1="5", reason=""))
    assert wrong.status_code == 422 and wrong.text.startswith('<form id="edit"') and 'value="5"' in wrong.text


async def test_taken_out_and_added(maria: Browser, alice: Browser, cast: Cast, it: Ordered) -> None:
    lock = await make_product(article="ML-16", retail=600_000, pack=5, minimum=5)

    found = (await maria.post(it.door, it.form(find="ml16", then="find"))).text
    assert f'value="add:{lock.id}"' in found
    listed = (await maria.post(it.door, it.form(then=f"add:{lock.id}", r2="1"))).text
    assert f'name="n{lock.id}" value="5"' in listed
    assert await it.is_untouched()
    assert (await maria.post(it.door, it.form(r2="1", **{f"n{lock.id}": "10"}))).status_code == 303

    discounted = 600_000 * 85 // 100  # the company's usual discount
    assert await it.lines() == [("DS-1", 2, 1_000_000), ("ML-16", 10, discounted)]
    seen = (await alice.get(f"/orders/{it.order.number}")).text
    assert "убрана" in seen and "добавлена" in seen
    assert (await alice.get("/orders?q=ml-16")).text.count(f"/orders/{it.order.number}") > 0


async def test_replaced(maria: Browser, cast: Cast, it: Ordered) -> None:
    new = await make_product(article="DS-2", retail=1_200_000)
    product = await it.camera.product
    product.discontinued_at, product.replacement_id = clock.now(), new.id
    await product.save()
    assert f'value="replace:{it.camera.id}"' in (await maria.get(it.door)).text
    page = (await maria.post(it.door, it.form(then=f"replace:{it.camera.id}"))).text
    assert f'name="n{new.id}" value="2"' in page
    assert (await maria.post(it.door, it.form(r1="1", **{f"n{new.id}": "2"}))).status_code == 303
    assert ("DS-2", 2, 1_020_000) in await it.lines()


@pytest.mark.parametrize(
    "changed",
    [
        {"q1": "1,5"},
        {"q1": "0"},
        {"q2": "300"},
        {"p1": "даром"},
        {"p1": "0"},
        {"d1": "101"},
        {"d1": "-5"},
        {"d1": "100"},
        {"q1": "3", "reason": " "},
        {"q1": "3", "reason": "я" * 501},
    ],
)
async def test_what_cannot_be(maria: Browser, it: Ordered, changed: dict[str, str]) -> None:
    answer = await maria.post(it.door, it.form(**changed))
    assert answer.status_code == 422 and 'class="err"' in answer.text
    assert all(value in answer.text for value in changed.values())
    assert await it.is_untouched()


async def test_nothing_changed_and_nothing_left(maria: Browser, it: Ordered) -> None:
    assert (await maria.post(it.door, it.form())).status_code == 409
    assert (await maria.post(it.door, it.form(r1="1", r2="1"))).status_code == 409
    assert await it.is_untouched()


@pytest.mark.parametrize("status", [Status.SHIPPED, Status.DONE, Status.CANCELLED])
async def test_from_shipping_on_lines_are_final(maria: Browser, cast: Cast, status: Status) -> None:
    it = await Ordered.make(cast, status=status)
    assert (await maria.get(it.door)).status_code == 409
    assert (await maria.post(it.door, it.form(q1="3"))).status_code == 409
    assert it.door not in (await maria.get(f"/orders/{it.order.number}")).text
    assert await it.is_untouched()


async def test_the_limit_of_discounts(maria: Browser, anna: Browser, cast: Cast, it: Ordered) -> None:
    await Person.filter(id=cast.maria.id).update(discount_limit=1500)
    refused = [await maria.post(it.door, it.form(**over)) for over in ({"d1": "15,01"}, {"p1": "8 499,00"})]
    for answer in refused:
        assert answer.status_code == 409 and cast.anna.name in answer.text and "15" in answer.text
    assert await it.is_untouched()
    assert (await anna.post(it.door, it.form(d1="30"))).status_code == 303
    last = await LineChange.all().order_by("-id").first()
    form = it.form(seen=str(last.id if last else 0), q1="4")
    for name, value in (
        (f"o{it.camera.id}", "2.700000.3000"),
        (f"p{it.camera.id}", "7000"),
        (f"d{it.camera.id}", "30"),
    ):
        form[name] = value
    assert (await maria.post(it.door, form)).status_code == 303, "a discount that is there may stay"
    form |= {f"o{it.camera.id}": "4.700000.3000", f"d{it.camera.id}": "15", "seen": str(await last_change())}
    assert (await maria.post(it.door, form)).status_code == 303
    assert (await it.lines())[0] == ("DS-1", 4, 850_000)


async def last_change() -> int:
    """The id of the last change."""
    last = await LineChange.all().order_by("-id").first()
    return last.id if last else 0


async def test_two_managers_at_once(maria: Browser, anna: Browser, cast: Cast, it: Ordered) -> None:
    forms = (it.form(q1="3"), it.form(q1="5", p2="29"))
    answers = await asyncio.gather(maria.post(it.door, forms[0]), anna.post(it.door, forms[1]))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert await Event.filter(name="order.lines_changed").count() == 1


async def test_the_second_is_shown_both(maria: Browser, anna: Browser, cast: Cast, it: Ordered) -> None:
    await maria.post(it.door, it.form(q1="3"))
    answer = await anna.post(it.door, it.form(p2="29"))
    assert answer.status_code == 409
    assert "2 → 3" in answer.text and cast.maria.name in answer.text
    assert f'name="q{it.camera.id}" value="3"' in answer.text, "untouched: as it is now"
    assert f'name="p{it.cable.id}" value="29"' in answer.text, "typed: kept"
    shown = it.form(p2="29", seen=str(await last_change()), q1="3", **{f"o{it.camera.id}": "3.1000000.0"})
    assert (await anna.post(it.door, shown)).status_code == 303
    assert await it.lines() == [("DS-1", 3, 1_000_000), ("UTP-305", 305, 2_900)]


async def test_the_same_form_twice(maria: Browser, it: Ordered) -> None:
    lock = await make_product(article="ML-16", retail=600_000)
    form = it.form(q1="3", r2="1", **{f"n{lock.id}": "1"})
    answers = [await maria.post(it.door, form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert await Event.all().count() == 1 and len(await it.lines()) == 2


async def test_old_quantities_that_fit_no_pack_may_stay(maria: Browser, it: Ordered) -> None:
    await OrderLine.filter(id=it.cable.id).update(quantity=100)
    await it.cable.refresh_from_db()
    assert (await maria.post(it.door, it.form(p2="29"))).status_code == 303


async def test_discontinued_cannot_be_added(maria: Browser, it: Ordered) -> None:
    gone = await make_product(article="OLD-1", discontinued_at=clock.now())
    assert (await maria.post(it.door, it.form(**{f"n{gone.id}": "1"}))).status_code == 409
    assert await it.is_untouched()


async def test_strangers(guest: Browser, alice: Browser, oleg: Browser, it: Ordered) -> None:
    assert (await guest.post(it.door, it.form())).headers["location"].startswith("/sign-in")
    assert (await alice.post(it.door, it.form(q1="3"))).status_code == (await alice.get(it.door)).status_code == 403
    assert (await oleg.post(it.door, it.form(q1="3"))).status_code == (await oleg.get(it.door)).status_code == 404
    assert await it.is_untouched()


async def test_it_costs_the_same_however_many_lines(maria: Browser, cast: Cast, it: Ordered) -> None:
    many = [await make_product() for _ in range(20)]
    large = await make_order(person=cast.alice, manager=cast.maria, products=many)
    assert await cost(maria, f"/orders/{large.number}/lines") == await cost(maria, it.door)
