"""Files that come from elsewhere are what they say, and no file tells where it was made."""

import hashlib
import re
import tomllib
from pathlib import Path

from app.settings import ROOT
from tests.architecture.source import shown, tracked

HTMX = ROOT / "static" / "htmx-4.0.1.min.js"
HTMX_SHA256 = "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"  # dist/htmx.min.js of htmx.org 4.0.1
LOCKS = ("requirements.lock", "requirements-dev.lock")
TEXTS = {".py", ".md", ".toml", ".html", ".css", ".js", ".svg", ".po", ".lock", ".text", ".subject", ".txt", ".sql", ""}


def texts():
    return ((file, file.read_text()) for file in tracked() if file.suffix in TEXTS)


def test_htmx_is_what_its_makers_published():
    assert hashlib.sha256(HTMX.read_bytes()).hexdigest() == HTMX_SHA256
    assert 'version="4.0.1"' in HTMX.read_text()


def test_htmx_has_its_licence_beside_it():
    licence = (ROOT / "static" / "licences" / "htmx.txt").read_text()
    assert "Zero-Clause BSD" in licence and "Permission to use, copy, modify, and/or distribute" in licence


def test_the_project_has_a_licence():
    assert (ROOT / "LICENSE").read_text().startswith("MIT License")


def test_locks_name_versions_and_hashes_and_no_place():
    for name in LOCKS:
        for line in (ROOT / name).read_text().splitlines():
            assert re.fullmatch(
                r"[a-z0-9._-]+(\[[a-z,]+\])?==[\w.+!-]+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?|    # .*",
                line,
            ), f"{name}: {line}"
            assert "://" not in line and not re.search(r"# .*(?<!pyproject\.toml)/", line), f"{name}: {line}"


def test_locks_hold_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {"requirements.lock": project["project"]["dependencies"]}
    wanted["requirements-dev.lock"] = wanted["requirements.lock"] + project["dependency-groups"]["dev"]
    for name, dependencies in wanted.items():
        locked = set(re.findall(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==", (ROOT / name).read_text(), re.MULTILINE))
        assert {re.split(r"[\[<>=~! ]", one)[0] for one in dependencies} <= locked


def test_no_file_names_the_machine_it_was_made_on():
    home = re.compile(r"(?<![\w.])/(?:home/\w+|root|Users/\w+|work)/", re.ASCII)
    lines = ((file, line) for file, text in texts() for line in text.splitlines() if file != Path(__file__))
    assert not [f"{shown(file)}: {line.strip()[:80]}" for file, line in lines if home.search(line)]


def test_what_is_shown_to_people_is_fictional():
    """Addresses end in example.ru or example.com, phones have a block of zeros that nobody is given."""
    strange = []
    for file, text in texts():
        if file.parts[-2] == "licences" or file.suffix in (".lock", ".js"):
            continue
        strange += [
            f"{shown(file)}: {address}"
            for address in re.findall(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.(?:ru|com|net|org)\b", text, re.ASCII)
            if not re.search(r"@([\w-]+\.)*(example\.(ru|com|net|org)|company\.ru)$", address)
        ]
        strange += [
            f"{shown(file)}: {phone}"
            for phone in re.findall(r"\+7[\s ]?\d{3}[\s ]?\d{3}[\s -]?\d{2}[\s -]?\d{2}\b", text)
            if re.sub(r"\D", "", phone)[4:7] != "000"
        ]
    assert not strange
