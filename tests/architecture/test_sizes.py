"""Size alarms: what grew past one is split, or says why beside it: `# long: a line for each setting`."""

import ast
import re

import pytest

from tests.architecture.source import modules, shown, templates

FILE, TEMPLATE, FUNCTION, HANDLER = 250, 80, 25, 15  # lines
REASON = re.compile(r"#.*(?:\blong: \S+ \S+|\bsize alarm\b.*\w)")
FILES = [file for package in ("app", "jobs") for _, file in modules(package)]


def functions(tree):
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(function):
    """Lines from `def` to the end, without the docstring."""
    documented = ast.get_docstring(function) and function.body[0]
    whole = function.end_lineno - function.lineno + 1
    return whole - (documented.end_lineno - documented.lineno + 1 if documented else 0)


def limit(function):
    called = {getattr(one.func, "id", "") for one in function.decorator_list if isinstance(one, ast.Call)}
    return HANDLER if called & {"allow", "public"} else FUNCTION


def explained(function, lines):
    """Whether a reason stands above the function, on its first lines, or before its first statement."""
    first = min([function.lineno, *(one.lineno for one in function.decorator_list)])
    body = function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
    return any(REASON.search(line) for line in lines[max(first - 2, 0) : body.lineno])


@pytest.mark.parametrize("file", FILES, ids=map(shown, FILES))
def test_python(file):
    text = file.read_text()
    lines, tree = text.splitlines(), ast.parse(text)
    if len(lines) > FILE:
        assert any(REASON.match(line) for line in lines[:12]), f"{len(lines)} lines: split, or say why"
    long = [
        f"{one.name}: {length(one)} lines"
        for one in functions(tree)
        if length(one) > limit(one) and not explained(one, lines)
    ]
    assert not long


@pytest.mark.parametrize("file", templates(), ids=map(shown, templates()))
def test_templates(file):
    lines = file.read_text().splitlines()
    assert len(lines) <= TEMPLATE or any(REASON.search(line) for line in lines[:3]), f"{len(lines)} lines"
