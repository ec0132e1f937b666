"""Reading the history as its tests do."""

import re


def rows(html: str) -> list[str]:
    """The entries of a page, as text with their links."""
    return re.findall(r'<tr id="entry-\d+".*?</tr>', html, re.DOTALL)


def text(html: str) -> str:
    """What a person reads."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").split())


def deeds(html: str) -> list[str]:
    """The actions of a page, newest first."""
    return [match[1] for row in rows(html) if (match := re.search(r"<b>(.*?)</b>", row))]


def error(html: str, field: str) -> str:
    """What stands at a field that is wrong."""
    found = re.search(rf'<p class="err" id="{field}-e">(.*?)</p>', html)
    return found[1] if found and f'aria-describedby="{field}-e"' in html else ""
