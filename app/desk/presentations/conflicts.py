"""Two windows with one draft: what was typed in the one against what the other has saved meanwhile.

Only parts that were changed after the page was read are compared, and only what differs is asked about: each line is
a part, and so is each field above the lines. Saving again keeps what was typed, `theirs` takes what was saved.
"""

from app.i18n import gettext as _
from app.presentations.draft_queries import Draft, DraftLine
from app.web.forms import Texts

HEAD = ("title", "greeting", "valid_until", "recipient")
LINE = "dpqr"


def give_way(typed: Texts) -> None:
    """Forgets what was typed in the part that `theirs` names: a field of the head, or l31 for line 31."""
    part = typed["theirs"]
    names = [part] if part in HEAD else [letter + part[1:] for letter in LINE] if part[:1] == "l" else []
    for name in names:
        typed.pop(name, None)


def found(draft: Draft, typed: Texts, seen: int, *, without: int = 0) -> dict[str, str]:
    """What to say at the parts that differ from what was saved after revision `seen`, by the part."""
    if seen >= draft.revision:
        return {}
    who = draft.changed_by or _("Somebody")
    said: dict[str, str] = {}
    if seen < draft.head_revision:
        for name, saved, shown in _head(draft):
            if name in typed and _plain(typed[name]) != _plain(saved):
                words = _("%(who)s has saved here meanwhile: “%(text)s”. Save again to keep yours.")
                said[name] = words % {"who": who, "text": shown}
    for line in draft.lines:
        if seen < line.revision and line.id != without and _differs(line, typed):
            words = _("%(who)s has saved other terms meanwhile: %(terms)s. Save again to keep yours.")
            said[f"l{line.id}"] = words % {"who": who, "terms": _terms(line)}
    return said


def _head(draft: Draft) -> list[tuple[str, str, str]]:
    recipient = next((one.name for one in draft.people if one.id == draft.recipient_id), _("Everybody who may order"))
    return [
        ("title", draft.title, draft.title),
        ("greeting", draft.greeting, draft.greeting),
        ("valid_until", draft.valid_until.isoformat(), f"{draft.valid_until:%d.%m.%Y}"),
        ("recipient", str(draft.recipient_id or ""), recipient),
    ]


def _saved(line: DraftLine) -> dict[str, str]:
    """The fields of a line as its page shows them."""
    return {
        "d": line.discount_field,
        "p": line.price_field,
        "q": str(line.terms.quantity),
        "r": line.remark,
    }


def _differs(line: DraftLine, typed: Texts) -> bool:
    names = {letter: f"{letter}{line.id}" for letter in LINE}
    saved = _saved(line)
    return any(name in typed and _plain(typed[name]) != _plain(saved[letter]) for letter, name in names.items())


def _terms(line: DraftLine) -> str:
    saved = _saved(line)
    parts = [f"{saved['d']} %", f"{saved['p']} ₽", f"{saved['q']} {line.unit}", saved["r"]]
    return ", ".join(part for part in parts if part)


def _plain(text: str) -> str:
    return "".join(text.split())
