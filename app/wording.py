"""The words of the interface: every message id of the source, and the Russian catalogue that must know them all.

`bin/translations` reads the source again and writes the catalogue; tests/architecture asks `faults` for what is amiss.
"""

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from app.i18n import LOCALE
from app.settings import ROOT

WIDTH = 120
RUSSIAN = LOCALE / "ru" / "LC_MESSAGES" / "messages.po"
WHERE = [
    ("app/**.py", "python"),
    ("jobs/**.py", "python"),
    ("templates/**.html", "jinja2.ext:babel_extract"),
    ("templates/**.text", "jinja2.ext:babel_extract"),
    ("templates/**.subject", "jinja2.ext:babel_extract"),
]
HEADER = """\
msgid ""
msgstr ""
"Language: ru\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; "
"plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

"""
_RULE = re.compile(r"^class (\w+)\((\w+)\):", re.MULTILINE)


def extract() -> Catalog:
    """Every message id of the source, with the files that it stands in."""
    catalog = Catalog(locale="ru")
    keywords = {**DEFAULT_KEYWORDS, "N_": None, **dict.fromkeys(_rules())}
    for file, _, message, comments, context in extract_from_dir(
        ROOT,
        method_map=WHERE,
        options_map={},
        keywords=keywords,
        comment_tags=("translators:",),
        directory_filter=_ours,
    ):
        catalog.add(message, locations=[(file, 0)], auto_comments=comments, context=context)
    return catalog


def read(file: Path = RUSSIAN) -> Catalog:
    """A catalogue; an empty one when there is no such file."""
    if not file.exists():
        return Catalog(locale="ru")
    with file.open("rb") as source:
        return read_po(source, locale="ru")


def update(parts: Sequence[Path] = ()) -> Catalog:
    """Brings the Russian catalogue up to the source: new ids come in, ids that are gone go.

    `parts` are further catalogues, whose translations are taken where there is none yet.
    """
    catalog, known = extract(), [read(), *map(read, parts)]
    for message in catalog:
        if message.id:
            message.string = next(filter(None, (_translation(one, message) for one in known)), message.string)
    written = BytesIO()
    write_po(written, catalog, width=WIDTH, omit_header=True, sort_output=True, include_lineno=False)
    RUSSIAN.parent.mkdir(parents=True, exist_ok=True)
    RUSSIAN.write_text(HEADER + written.getvalue().decode())
    return catalog


def faults() -> list[str]:
    """What is amiss with the Russian catalogue, one line each; none when every message has a translation that fits."""
    wanted, known = extract(), read()
    found = [f"no Russian words: {_shown(one)}" for one in wanted if one.id and not _translation(known, one)]
    for message in known:
        if not message.id:
            continue
        if message.id not in wanted:
            found.append(f"not in the source any more: {_shown(message)}")
        if message.fuzzy:
            found.append(f"fuzzy: {_shown(message)}")
        found += [f"{error}: {_shown(message)}" for error in message.check(known)]
    return found + [f"left over in the file: {one}" for one in known.obsolete]


def _translation(catalog: Catalog, message: Message) -> Any:
    """The translation, a text or its plural forms; None unless all of them are there."""
    found = catalog.get(message.id, message.context)
    if found is None or isinstance(found.string, str) != isinstance(message.id, str):
        return None
    forms = [found.string] if isinstance(found.string, str) else list(found.string or [""])
    return found.string if all(forms) else None


def _rules() -> list[str]:
    """Exceptions whose first argument is a message: RuleBroken and what derives from it (its __init__ included)."""
    derived = {"RuleBroken", "__init__"}
    classes = [found for file in (ROOT / "app").rglob("*.py") for found in _RULE.findall(file.read_text())]
    while more := {name for name, base in classes if base in derived} - derived:
        derived |= more
    return sorted(derived)


def _ours(directory: str | Path) -> bool:
    return Path(directory).name not in ("var", "tests", "bench", "static", "locale", "migrations", "node_modules") and (
        not Path(directory).name.startswith(".")
    )


def _shown(message: Message) -> str:
    return str(message.id if isinstance(message.id, str) else message.id[0])
