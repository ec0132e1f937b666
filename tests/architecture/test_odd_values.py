"""Whatever stands in a query or a form, at any door: never an error of ours, and a refusal changes nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tortoise.connection import get_connection

from tests.architecture.doors import Row
from tests.architecture.test_odd_requests import opened
from tests.architecture.things import Things
from tests.contents import contents, undone
from tests.site import Browser

DOORS = list(opened())
LIST = "q brand category stock sort page q1 p low high"
SHEET = "step set brand order q{line}"
DRAFT = "title greeting valid_until recipient find then take product step d{line} p{line} q{line}"
SETTINGS = "requisites sender_name mail_signature sign_in_text holidays second_factor_required"
DRAFT = (
    "title greeting valid_until recipient find then take product step d{line} p{line} q{line} "
    "r{line} o{line} seen theirs list all own settle word b1 t1 w1"
)
FIELDS = {  # of queries and forms, besides those of the least form
    "GET /sign-in": "next",
    "GET /sign-in/code": "next",
    "POST /sign-in/code": "next",
    "GET /profile/second-factor": "next",
    "POST /profile/second-factor": "next",
    "GET /profile/second-factor/confirmation": "next",
    "POST /profile/second-factor/confirmation": "next",
    "GET /welcome": "next",
    "POST /welcome": "password consent promo next",
    "GET /catalogue": LIST,
    "GET /catalogue/search": LIST,
    "GET /catalogue/suggestions": LIST,
    "GET /catalogue/brands/{slug}": LIST,
    "GET /catalogue/categories/{slug}": LIST,
    "GET /catalogue/products/{product}": "q{product} picture",
    "GET /presentations": "q state author before",
    "GET /presentations/{number}": "brand order",
    "GET /tickets": "q state topic late manager company before",
    "GET /desk/tickets": "q state topic mine queue late manager company before",
    "GET /orders": "q before",
    "GET /order-templates": "q",
    "GET /order-templates/{template}": "find",
    "GET /own-codes": "q after",
    "POST /own-codes": "codes",
    "POST /order-templates/{template}": "find put removed do step set name q1 q2",
    "GET /repeat": "order orders template q1 take1",
    "POST /repeat": "orders template do seen name step set q1 take1 q2",
    "POST /quick-order": "list do seen name choose set removed near t2 q2 o2 p2",
    "POST /price-lists": "format b1 c1",
    "GET /history": "what who object from to company before",
    "GET /history/export.csv": "what who object from to company before",
    "GET /administration/staff": "q",
    "POST /administration/staff/{person}": "extension about shown_email discount_limit",
    "POST /administration/staff/{person}/absence": "substitute",
    "GET /administration/letters": "state kind recipient subject from to before",
    "GET /administration/jobs": "before after",
    "GET /administration/sign-ins": "who person ip outcome from to before",
    "POST /administration/settings": SETTINGS,
    "POST /profile/absence": "substitute",
    "GET /desk/orders": "status mine queue q company before after manager from to sort",
    "GET /desk/orders/picking": "n1 n2065",
    "GET /desk/partners": "q whose manager orders blocked sort before after",
    "GET /desk/partners/{company}/discounts/new": "what",
    "POST /desk/partners/{company}/discounts": "since until removed",
    "POST /desk/partners/{company}/discounts/{discount}": "since until removed",
    "POST /desk/partners/{company}/transfer": "word",
    "POST /desk/partners/{company}/requisites": "city kpp ogrn legal_address actual_address bank bik bank_account",
    "POST /desk/discounts/approvals/{request}": "word",
    "GET /desk": "manager",
    "GET /desk/answers": "kind late sort manager before after",
    "POST /desk/extensions/{request}/settlement": "text",
    "POST /desk/answer-templates": "shared",
    "POST /desk/answer-templates/{template}": "shared",
    "GET /desk/asked": "manager before after",
    "GET /desk/extensions": "manager before after",
    "GET /desk/handovers": "manager before after",
    "GET /desk/letters": "what sort manager before after",
    "GET /desk/news": "manager",
    "GET /desk/partners/invitations": "state q before after",
    "GET /desk/partners/invitations/new": "q company before after",
    "POST /desk/partners/invitations": "company_name inn phone",
    "GET /desk/presentations/new": "q whose manager orders blocked sort before after",
    "GET /desk/presentations": "state company q sort manager before after",
    "GET /desk/presentations/{number}": "find",
    "GET /desk/presentations/{number}/products": "find",
    "GET /tickets/new": "product",
    "GET /administration/products": "q brand category state before after",
    "GET /administration/products/{product}/discontinuation": "q before after",
    "POST /administration/products": "restock_on description properties version",
    "POST /administration/products/{product}": "restock_on description properties",
    "POST /administration/products/{product}/discontinuation": "q",
    "POST /administration/products/{product}/pictures/{picture}/place": "place",
    "GET /administration/products/{product}/analogues": "q before after",
    "POST /administration/products/{product}/analogues": "q",
    "POST /administration/products/{product}/analogues/{analogue}/removal": "q",
    "POST /administration/products/{product}/stocks": "w1 s1",
    "POST /administration/warehouses": "hidden version",
    "POST /administration/warehouses/{warehouse}": "hidden",
    "POST /administration/price-types": "hidden version",
    "POST /administration/price-types/{type}": "hidden",
    "POST /administration/products/{product}/prices": "currency",
    "POST /desk/partners/{company}/price-type": "price_type",
    "GET /administration/exchange": "before",
    "POST /administration/exchange/connections": "catalogue wrapped active version",
    "POST /administration/exchange/connections/{connection}": "catalogue wrapped active",
    "POST /administration/exchange/connections/{connection}/price-types": "t1 t2",
    "POST /administration/exchange/connections/{connection}/statuses": "s1 s2",
    "POST /administration/rates": "sure",
    "GET /administration/imports": "kind before after",
    "GET /administration/imports/{run}": "kind before after",
    "POST /administration/imports": "supplier",
    "POST /administration/imports/{run}/columns": (
        "s1 s99 vat since warehouse new brand category details hide "
        "at_name at_brand at_category at_unit at_pack at_minimum at_currency at_stock"
    ),
    "POST /administration/brands": "hidden version",
    "POST /administration/brands/{brand}": "hidden",
    "GET /administration/brands/{brand}/merging": "into",
    "GET /administration/categories/{category}/merging": "into",
    "POST /administration/categories": "parent hidden version",
    "POST /administration/categories/{category}": "parent hidden",
    "GET /desk/presentations/{number}/promo": "q city brand discount days manager",
    "POST /desk/presentations/{number}/promo": "greeting q city brand discount days manager",
    "POST /desk/presentations/{number}/reminder-day": "days",
    "GET /desk/promos": "before after",
    "GET /desk/promos/{promo}": "before after",
    "POST /sign-in": "stay next",
    "POST /registration": "manager promo",
    "POST /registration/confirmation/{token}": "login",
    "POST /catalogue/products/{product}/quantity": "step set",
    "POST /presentations/{number}/recalculation": SHEET,
    "POST /presentations/{number}/lines/{line}/quantity": SHEET,
    "POST /presentations/{number}/mark-up": "mark_up",
    "POST /presentations/{number}/comments/settlement": "seen",
    "POST /orders/{number}/comments/settlement": "seen",
    "POST /presentations/{number}/comments": "answers line internal seen template insert",
    "POST /cart/lines/{line}/quantity": "step set q{line}",
    "POST /orders": "inn carrier terminal address comment",
    "POST /profile/person": "extension about",
    "POST /profile/company": "city inn kpp ogrn legal_address actual_address bank bik bank_account",
    "POST /profile/letters": "presentations comments statuses promo",
    "GET /orders/{number}/merging": "with",
    "POST /orders/{number}/lines": "find then n1 d1 p1 r1 o1",
    "POST /orders/{number}/handover": "word",
    "POST /orders/{number}/request": "word",
    "POST /orders/{number}/comments": "answers line internal seen template insert",
    "POST /tickets/{number}/comments": "answers internal seen template insert",
    "POST /tickets/{number}/assignment": "word",
    "POST /desk/presentations/{number}/recalculation": DRAFT,
    "POST /desk/presentations/{number}/lines": "product",
    "POST /desk/presentations/{number}/lines/{line}/move": "step",
    "POST /desk/presentations/{number}/sending": DRAFT,
    "POST /desk/presentations/{number}/list": "list seen",
    "POST /desk/presentations/{number}/copy": "from presentation order template",
    "POST /desk/presentations/{number}/shelf": "all t1 n1",
    "POST /desk/presentations/{number}/doubts/{doubt}/line": "settle t{doubt} w{doubt}",
    "POST /desk/presentations/{number}/discounts": "all own b1",
    "POST /desk/presentations/{number}/approval": "word",
    "POST /desk/presentations/{number}/template": "name shared",
    "GET /desk/presentations/approvals": "after",
    "POST /desk/presentations/templates/{template}": "name shared",
    "POST /desk/presentations/approvals/{approval}": "decision answer terms",
}
COUNTED = (
    "/sign-in",
    "/profile/login",
    "/profile/password",
    "/profile/email",
    "/profile/second-factor",
)  # wrong passwords are
WORST = (
    *("a\x00b", "\ufffd", "2147483648", "9223372036854775808", "-1", "１２", "x" * 5001, "😀" * 300, "%", "\\", "'"),
    *("http://[", "/catalogue/products/999999999?q1=%00&page=0", "31.12.9999", "0001-01-01", "NaN", "1e9"),
)
BAD = (
    *("", " ", "0", "1", "2", "3", "1,5", "100,01", "1 000 000 000", "2147483647", "9" * 40, "99.99.9999", "Infinity"),
    *("\u202e", "\r\nset-cookie: x=1", "_", "%%s", "{{ 7 * 7 }}", "<script>", '"', "' OR 1=1 --", "../../etc/passwd"),
    *("//evil.example.com", "javascript:alert(1)", "/catalogue/brands/%00", "/catalogue/search?q=%00&brand=x"),
    *(
        "new",
        "shipped",
        "cancelled",
        "carrier",
        "address",
        "own",
        "sum",
        "price",
        "preview",
        "q1:5",
        "q999:0",
        "expiring",
    ),
)
values = st.sampled_from(WORST + BAD) | st.text(max_size=30)
names = st.sampled_from(["q", "before", "page", "csrf", "key", "text", "q0", "q2147483648"]) | st.text(max_size=5)
garbage = st.binary(max_size=30).map(quote) | st.text("&=%;+q[]0", max_size=20)


def fields(row: Row, things: Things) -> list[str]:
    """What a door reads."""
    own = FIELDS.get(row.door, "").format(**things.ids[row.thing])
    return [*{*things.forms.get(row.door, {}), *own.split()}]


class Visit:
    """Requests that are made to be forgotten: afterwards database and browser are as before."""

    def __init__(self, people: dict[str, Browser], things: Things) -> None:
        self.people, self.things = people, things

    @asynccontextmanager
    async def answer(
        self, row: Row, name: str, query: str, form: dict[str, str], *, htmx: bool = False
    ) -> AsyncIterator[int]:
        """The status of the answer, with what was done still there to look at."""
        browser = self.people[name]
        kept = dict(browser.http.cookies)
        path = f"{self.things.path(row)}?{query}" if query else self.things.path(row)
        headers = {"hx-request": "true"} if htmx else {}
        data = form if row.method == "POST" else None
        async with undone():
            answer = await browser.http.request(row.method, path, data=data, headers=headers)
            browser.http.cookies = kept
            yield answer.status_code


@pytest.fixture
def visit(people: dict[str, Browser], things: Things) -> Visit:
    return Visit(people, things)


async def test_each_field_with_the_worst(visit: Visit) -> None:
    wrong = []
    for row, name in opened():
        right = visit.things.forms.get(row.door, {})
        for field in fields(row, visit.things):
            for value in WORST:
                query = urlencode({field: value}) if row.method == "GET" else ""
                async with visit.answer(row, name, query, {**right, field: value}) as status:
                    if status >= 500:
                        wrong.append(f"{row.door} {field}={value!r:.50}: {status}")
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


@settings(
    max_examples=200,
    deadline=None,
    derandomize=True,  # the same ones each time: a check that fails now and then tells nobody what they broke
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data(), door=st.sampled_from(DOORS), htmx=st.booleans(), alone=st.booleans())
async def test_anything_anywhere(
    visit: Visit, data: st.DataObject, door: tuple[Row, str], htmx: bool, alone: bool
) -> None:
    row, name = door
    known = st.sampled_from(fields(row, visit.things) or ["q"])
    odd = data.draw(st.dictionaries(known | known | names, values, max_size=4))
    right = {} if alone else visit.things.forms.get(row.door, {})
    query = data.draw(st.just(urlencode(odd)) | garbage) if row.method == "GET" else data.draw(st.just("") | garbage)
    before = await contents()
    async with visit.answer(row, name, query, {**right, **odd}, htmx=htmx) as status:
        assert status < 500
        # A transaction that failed would have been rolled back by now, were it not within ours.
        failed = get_connection("default").failure is not None
        assert status < 400 or failed or row.path in COUNTED or await contents() == before
