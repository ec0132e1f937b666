"""The feed in Yandex's market language."""

from pathlib import Path

from lxml import etree  # type: ignore[import-untyped]  # it has no types of its own

from app.exports.files import Feed, Market


def test_spaces_that_do_not_break_are_spaces(tmp_path: Path) -> None:
    feed = Feed("ООО\u00a0«Свет»", "https://example.ru", "2026-11-29 10:00", "Единица", "НДС")
    market = Market(tmp_path / "feed.yml", feed)
    row = {"id": 1, "available": True, "price": 100_00, "retail": 100_00, "minimum": 1, "pack": 1, "category": 1}
    texts = {"vendor": "A & B", "article": "A\u20091", "unit": "шт", "vat": "22\u00a0%"}
    market.put({**row, **texts, "name": "Камера\u00a0IP\u202f2\u200b\x07 Мп"})
    market.close()
    told = etree.fromstring((tmp_path / "feed.yml").read_bytes())
    assert told.findtext("shop/name") == "ООО «Свет»" and told.findtext(".//offer/name") == "Камера IP 2 Мп"
    assert (told.findtext(".//vendorCode"), told.findtext(".//vendor")) == ("A 1", "A & B")
    assert told.xpath("string(.//param[@name='НДС'])") == "22 %"
