"""What templates promise: they work without JavaScript, trust nobody's HTML, and say which locals they want."""

import re

import pytest

from tests.architecture.source import shown, tags, templates

PAGES = templates(".html")
SENDS = ("hx-post", "hx-put", "hx-patch", "hx-delete")


def ids(files):
    return [shown(file) for file in files]


@pytest.mark.parametrize("file", PAGES, ids=ids(PAGES))
def test_every_post_of_htmx_works_without_it(file):
    """It is a form with method and action, or a button or field that belongs to one: see the form's own attributes.

    A button of a fragment names itself, so that the door of the form around it knows what was pressed.
    """
    form = {}
    for name, attributes in tags(file):
        if name in ("form", "/form"):
            form = attributes
        if not any(one in attributes for one in SENDS):
            continue
        where = f"{shown(file)}: <{name} {attributes}>"
        assert not {"hx-put", "hx-patch", "hx-delete"} & set(attributes), where
        if name == "form":
            assert attributes.get("method") == "post" and attributes.get("action"), where
        elif name == "button":
            named = is_fragment(file) and attributes.get("name") and attributes.get("value")
            assert attributes.get("formaction") or form.get("action") or attributes.get("form") or named, where
        else:
            assert name in ("input", "select", "textarea"), where
            assert form.get("action") or attributes.get("form") or is_fragment(file), where


def is_fragment(file):
    return file.name.startswith("_")


@pytest.mark.parametrize("file", PAGES, ids=ids(PAGES))
def test_every_form_that_posts_is_protected(file):
    text = file.read_text()
    forms = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text, re.DOTALL)
    for form in forms:
        assert 'include "shared/_csrf.html"' in form or 'name="csrf"' in form, shown(file)


@pytest.mark.parametrize("file", templates(), ids=ids(templates()))
def test_nobodys_html_is_trusted(file):
    text = file.read_text()
    assert not re.search(r"\|\s*safe\b|Markup\(|autoescape\s+false", text)


@pytest.mark.parametrize("file", PAGES, ids=ids(PAGES))
def test_nothing_is_inherited_and_no_script_stands_in_a_page(file):
    for name, attributes in tags(file):
        wrong = {one for one in attributes if one.startswith(("on", "hx-on", "hx-boost", "hx-vals:js"))}
        assert not wrong, f"{shown(file)}: <{name}> has {wrong}"
        data = attributes.get("type") == "application/ld+json"  # is read by search engines, and run by nobody
        assert name != "script" or attributes.get("src") or data, f"{shown(file)}: a script within the page"
        assert not any(value.startswith("js:") for value in attributes.values()), shown(file)


FRAGMENTS = [file for file in PAGES if is_fragment(file)]


@pytest.mark.parametrize("file", FRAGMENTS, ids=ids(FRAGMENTS))
def test_a_fragment_says_which_locals_it_wants(file):
    first = file.read_text().splitlines()[0]
    assert re.fullmatch(r"\{# locals: .+ #\}", first), f"{shown(file)} begins with {first!r}"


@pytest.mark.parametrize("file", PAGES, ids=ids(PAGES))
def test_page_styles_stand_in_the_stylesheet(file):
    if "mail" in file.parts:
        return  # mail programs know no stylesheets
    assert not [attributes for name, attributes in tags(file) if "style" in attributes or name == "style"], shown(file)


# What scripts (htmx's and ours) use of a form: a control of that name would stand in its place.
USED = """
    action after append appendChild attributes before childNodes children classList className cloneNode closest contains
    dataset dispatchEvent elements firstChild focus getAttribute hasAttribute id insertBefore isConnected isEqualNode
    lastChild localName matches method nextSibling nodeType noValidate parentElement parentNode prepend querySelector
    querySelectorAll remove removeAttribute removeChild replaceChildren replaceWith reportValidity requestSubmit
    setAttribute submit tagName
"""


@pytest.mark.parametrize("file", PAGES, ids=ids(PAGES))
def test_no_control_hides_what_scripts_call_on_its_form(file):
    named = {attributes.get(key, "") for name, attributes in tags(file) for key in ("name", "id") if name != "meta"}
    assert not named & set(USED.split()), shown(file)
