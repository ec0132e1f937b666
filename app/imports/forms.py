"""Forms of an import: the file and whose it is; then its columns, and what it is a list of."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.attachments.names import cleaned
from app.catalogue.filters import printable
from app.desk.forms import ListFilter
from app.i18n import gettext as _
from app.imports import files, reasons
from app.imports.actions import Chosen
from app.imports.columns import FIELDS, Layout, from_json, guess, laid, placed, with_header
from app.imports.files import Sheet
from app.imports.limits import Refused
from app.imports.models import Kind
from app.imports.queries import Choices
from app.imports.terms import OWN, Terms
from app.money import Currency
from app.prices.forms import FARTHEST
from app.settings import Settings
from app.web.formats import weight
from app.web.forms import Form
from app.web.quantity_fields import id_of


class FileForm(Form):
    """A price list and its supplier: a known one, or the name of a new one. `chosen` is what was kept."""

    names = frozenset({"supplier", "name", "key"})
    file_names = frozenset({"files"})
    chosen: Chosen

    def check(self, known: Iterable[int]) -> None:
        self.supplier = id_of(self.typed["supplier"])
        if self.supplier and self.supplier not in (there := set(known)):
            self.errors["supplier" if there else "name"] = _("Choose the supplier")
            return
        limit = {
            "limit": 80,
            "required": "" if self.supplier else _("Choose the supplier, or write the name of a new one"),
        }
        self.name = " ".join(printable(self.text("name", **limit)).split())  # type: ignore[arg-type]  # a number, a text

    async def check_files(self, settings: Settings) -> None:
        """Keeps the file and looks into it, or says at the field why it is not taken."""
        if len(self.uploads) != 1:
            self.errors["files"] = _("Choose one file: XLSX, XLS, ODS, CSV or YML")
            return
        [upload] = self.uploads
        code = "" if files.kind(upload.name) else "kind"
        code = code or ("large_file" if upload.size > files.most_size(settings) else "" if upload.size else "empty")
        if code:
            self.errors["files"] = reasons.of_run(code, {"size": weight(files.most_size(settings))})
        elif not self.valid:
            self.errors["files"] = _("Choose the files again: the browser does not keep them")
        else:
            await self._keep(upload, settings)

    async def _keep(self, upload: Any, settings: Settings) -> None:
        try:
            stored = await files.keep(settings, upload.name, upload.file)
        except OSError:
            self.errors["files"] = _("The file cannot be kept at the moment. Try again later")
            return
        try:
            sheets = await files.read(files.place(settings, stored))
        except Refused as no:
            await files.drop(settings, stored)
            self.errors["files"] = reasons.of_run(no.code, no.values)
            return
        name, supplier = cleaned(upload.name)[:200], self.supplier
        self.chosen = Chosen(supplier, self.name, name, stored, upload.size, files.sample(sheets))


class ColumnsForm(Form):
    """Which sheets, in which row the headings stand, which column is what («at_price», a number from 0 or nothing), and

    what the list is of. `layout` and `terms` are what was meant; `looks`: it is only shown with another heading.
    """

    names = frozenset(f"at_{field}" for field in FIELDS) | frozenset(
        [
            "header",
            "seen",
            "do",
            "type",
            "currency",
            "vat",
            "since",
            "warehouse",
            "new",
            "brand",
            "category",
            "details",
            "hide",
        ]
    )
    patterns = (r"s[0-9]{1,2}",)

    def check(self, sheets: Sequence[Sheet], choices: Choices, today: date) -> None:
        ticked = [sheet for at, sheet in enumerate(sheets) if self.ticked(f"s{at}")]
        if not ticked:
            self.errors["s0"] = _("Choose a sheet at least")
        seen = self.typed["seen"].rpartition(":")[0]
        self.sheet = next((one for one in ticked if one.name == seen), ticked[0] if ticked else sheets[0])
        self.looks = self.typed["do"] != "preview" or self.sheet.name != seen
        self._read_columns(not self.looks)
        self.terms = self._terms(tuple(one.name for one in ticked), choices, today)
        if not self.looks:
            self._check_use()
        for name in set(self.errors) - {"s0", "header"} if self.looks else ():
            del self.errors[name]

    def _read_columns(self, chosen: bool) -> None:
        """The columns as chosen; guessed anew when another row or sheet is said to have the headings."""
        header = id_of(self.typed["header"])
        if self.typed["header"].strip() not in ("", "0") and header not in {
            number for number, _cells in self.sheet.rows
        }:
            self.errors["header"] = _("There is no such row with anything in it among the first ones")
        if not chosen and self.typed["seen"] != f"{self.sheet.name}:{header}":
            self.layout = with_header(self.sheet, header)
            self._show_columns()
            return
        columns = {}
        for field in FIELDS:
            typed = self.typed[f"at_{field}"]
            if typed.isascii() and typed.isdigit() and len(typed) < 3:
                columns[field] = int(typed)
        self.layout = laid(self.sheet, header, columns)

    def _show_columns(self) -> None:
        self.typed["seen"] = f"{self.sheet.name}:{self.layout.header}"
        self.typed["header"] = str(self.layout.header)
        for field in FIELDS:
            self.typed[f"at_{field}"] = str(self.layout.columns.get(field, ""))

    def _terms(self, sheets: tuple[str, ...], choices: Choices, today: date) -> Terms:
        warehouses = {one.id for one in choices.warehouses} or {OWN}
        warehouse = OWN if self.typed["warehouse"] == "own" else id_of(self.typed["warehouse"])
        return Terms(
            sheets=sheets,
            price_type=self._one_of("type", {one.id for one in choices.types}),
            currency=Currency.USD if self.typed["currency"] == Currency.USD else Currency.RUB,
            net=_NET.get(self.typed["vat"]),
            since=self._since(today),
            warehouse=warehouse if warehouse in warehouses else 0,
            new=self.ticked("new"),
            brand=self._one_of("brand", {one.id for one in choices.brands}),
            category=self._one_of("category", {one.id for one in choices.categories}),
            details=self.ticked("details"),
            hide=self.ticked("hide"),
        )

    def _one_of(self, name: str, known: set[int]) -> int:
        chosen = id_of(self.typed[name])
        return chosen if chosen in known else 0

    def _since(self, today: date) -> date | None:
        since = self.day("since") if self.typed["since"].strip() else None
        if since and since < today:
            self.errors["since"] = _("Today at the earliest: what was ordered keeps its price")
        elif since and (since - today).days > FARTHEST:
            self.errors["since"] = _("Three years ahead at most")
        return since

    def _check_use(self) -> None:
        """Whether something can come of it."""
        terms, columns = self.terms, self.layout.columns
        if "article" not in columns:
            self.errors["at_article"] = _("Choose the column with the articles")
        if terms.price_type and "price" not in columns:
            self.errors["at_price"] = _("Choose the column with the prices, or say that prices are not read")
        if terms.warehouse and "stock" not in columns:
            self.errors["at_stock"] = _("Choose the column with the stock, or say that stock is not read")
        if not (terms.price_type or terms.warehouse or terms.new or terms.details or terms.hide):
            self.errors["type"] = _("Choose what is taken from the list: prices, stock, new products")


_NET = {"with": False, "without": True}  # anything else: as the list says


class KindFilter(ListFilter):
    """Which rows of a preview are shown."""

    names = ListFilter.names | {"kind"}

    def check(self) -> None:
        super().check()
        self.kind = Kind(self.typed["kind"]) if self.typed["kind"] in set(Kind) else None


def columns_form(
    sheets: Sequence[Sheet], layout: dict[str, Any], terms: dict[str, Any], choices: Choices, *, chosen: bool
) -> ColumnsForm:
    """The form at first: as it was `chosen` for this file, as the supplier's last one was, or guessed."""
    known = from_json(layout) if layout else None
    named = terms["sheets"] if terms else ()
    used = [one for one in sheets if one.name in named] or [max(sheets, key=_use)]
    first = next((one for one in used if known and one.name == known.sheet), used[0])
    found = guess(first) if known is None else known if chosen else placed(first, known)
    said = Terms.of(terms) if terms else _likely(found, choices)
    if not chosen and not _vat_known(terms, known, found):
        said = replace(said, net=None)
    if not chosen:  # what the last list had and this one has not is not read
        prices, stocks = "price" in found.columns, "stock" in found.columns
        said = replace(said, price_type=said.price_type if prices else 0, warehouse=said.warehouse if stocks else 0)
    form = ColumnsForm(_typed(said))
    for at, sheet in enumerate(sheets):
        if sheet in used:
            form.typed[f"s{at}"] = "1"
    form.layout, form.sheet, form.terms = found, first, said
    form._show_columns()
    return form


def _vat_known(terms: dict[str, Any], known: Layout | None, found: Layout) -> bool:
    """Whether what was said of the VAT in the supplier's last list holds for this one: its prices are headed alike."""
    return "net" in terms and known is not None and known.titles.get("price") == found.titles.get("price")


def _likely(layout: Layout, choices: Choices) -> Terms:
    """What a new supplier's list is of, as far as its columns tell: retail, and the stock of the only warehouse."""
    retail = next((one.id for one in choices.types if one.base and "price" in layout.columns), 0)
    warehouses = [one.id for one in choices.warehouses] or [OWN]
    stocked = len(warehouses) == 1 and "stock" in layout.columns
    return Terms(price_type=retail, warehouse=warehouses[0] if stocked else 0)


def _use(sheet: Sheet) -> tuple[int, int]:
    """How likely a sheet is the list: the one of which more columns are understood, then the longer one."""
    columns = guess(sheet).columns
    return len(columns) if "article" in columns else 0, len(sheet.rows)


def _typed(terms: Terms) -> list[tuple[str, str]]:
    """The terms as their fields have them."""
    warehouse = "own" if terms.warehouse == OWN else str(terms.warehouse or "")
    vat = next((name for name, net in _NET.items() if net is terms.net), "")
    boxes = [(name, "1") for name in ("new", "details", "hide") if getattr(terms, name)]
    return [
        *(("type", str(terms.price_type or "")), ("currency", terms.currency.value), ("warehouse", warehouse)),
        *(("since", terms.since.isoformat() if terms.since else ""), ("brand", str(terms.brand or ""))),
        *(("category", str(terms.category or "")), ("vat", vat)),
        *boxes,
    ]
