"""The source as these tests read it."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from app.settings import ROOT

PARTS = ("routes", "forms", "queries", "actions", "models")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the project, whether committed or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def modules(package: str) -> Iterator[tuple[str, Path]]:
    """The dotted names of a package's modules, and their files."""
    for file in sorted((ROOT / package).rglob("*.py")):
        parts = file.relative_to(ROOT).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), file


def part(name: str) -> str:
    """What a module of a feature is: app.orders.routes.pages is routes; empty for app.money and for app.orders."""
    names = name.split(".")[2:]
    return next((one for one in names if one in PARTS), "")


def imports(file: Path) -> set[str]:
    """What a file imports, as dotted names: `from app.orders import models` is app.orders and app.orders.models."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file}: a relative import"
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def templates(*suffixes: str) -> list[Path]:
    """The templates with one of the suffixes, or all of them."""
    return [
        file
        for file in sorted((ROOT / "templates").rglob("*"))
        if file.is_file() and (not suffixes or file.suffix in suffixes)
    ]


def shown(file: Path) -> str:
    """The path as a message names it."""
    return str(file.relative_to(ROOT))


# Start tags with their attributes. Jinja's own tags are taken out first, and so is what stands in quotes.
_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_TAG = re.compile(r"""<(?P<name>[a-z][\w-]*)(?P<rest>(?:"[^"]*"|'[^']*'|[^'">])*)>|</(?P<end>[a-z][\w-]*)>""")
_ATTRIBUTE = re.compile(r"""([\w:.@-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")


def tags(file: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The start tags of a template with their attributes, and its end tags (`/form`); both arms of an if count."""
    text = _JINJA.sub(lambda found: "J" if found[0].startswith("{{") else " ", file.read_text())
    for tag in _TAG.finditer(text):
        if tag["end"]:
            yield f"/{tag['end']}", {}
        else:
            yield tag["name"], {name: value.strip("\"'") for name, value in _ATTRIBUTE.findall(tag["rest"])}
