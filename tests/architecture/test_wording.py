"""Everything that people read has Russian words."""

import ast

from app import wording
from app.i18n import gettext, ngettext, speaking
from app.settings import ROOT
from app.web.labels import LABELS


def test_the_russian_catalogue_is_complete():
    assert wording.faults() == []


def test_the_source_is_read_whole():
    found = wording.extract()
    for message in (
        "Sign in",  # a template
        "New",  # N_ in a module
        "A shipped or finished order cannot be cancelled",  # a broken rule
        "The order is already in work: %(manager)s",  # the text of a rule's own class
    ):
        assert message in found, message


def test_ids_within_texts_are_read_too():
    """Before Python 3.12 an f-string hides the ids in it from Babel: each must stand somewhere else as well."""
    found = wording.extract()
    for path in [*ROOT.glob("app/**/*.py"), *ROOT.glob("jobs/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Name(id="_" | "gettext" | "N_"), args=[ast.Constant(value=message)]):
                    assert message in found, f"{path.relative_to(ROOT)}:{node.lineno}"


def test_codes_have_words():
    for message in LABELS.values():
        with speaking("ru"):
            assert gettext(message) != message


def test_russian_counts_in_three_forms():
    with speaking("ru"):
        assert [ngettext("%(num)s day", "%(num)s days", number) % {"num": number} for number in (1, 3, 5, 21, 12)] == [
            "1 день",
            "3 дня",
            "5 дней",
            "21 день",
            "12 дней",
        ]
