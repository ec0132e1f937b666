"""Two windows with one draft: what was typed in the one against what the other has saved meanwhile.

A field that was not touched takes what was saved. One that both have changed is asked about: saving again keeps what
was typed, `theirs` takes what was saved. A window is never asked about its own changes, which overtook each other.
"""

from app.i18n import gettext as _
from app.presentations.draft_queries import Draft
from app.presentations.trail import base
from app.web.forms import Texts

HEAD = ("title", "greeting", "valid_until", "recipient")
LINE = "dpqr"


def give_way(typed: Texts) -> None:
    """Forgets what was typed in the part that `theirs` names: a field of the head, or l31 for line 31."""
    part = typed["theirs"]
    names = [part] if part in HEAD else [letter + part[1:] for letter in LINE] if part[:1] == "l" else []
    for name in names:
        typed.pop(name, None)


def merge(draft: Draft, typed: Texts, seen: int, *, without: int = 0) -> dict[str, str]:
    """Forgets what was not typed after all; what to say at the parts that two have changed, by the part."""
    if seen >= draft.revision:
        return {}
    for name in [name for name in typed if name[0] == "o" and name[1:].isdigit()]:
        del typed[name]  # the places are others now
    saved, stood, own = draft.fields, base(draft.trail, seen), all_own(draft, typed["window"], seen)
    said: dict[str, str] = {}
    for name in [name for name in saved if name in typed and name[1:] != str(without)]:
        mine = _plain(typed[name])
        if mine == _plain(saved[name]) or (stood is not None and name not in stood):
            continue
        if stood is not None and mine == _plain(stood[name]):
            del typed[name]
        elif not own:
            part = name if name in HEAD else f"l{name[1:]}"
            said[part] = _words(draft, part)
    return said


def all_own(draft: Draft, window: str, seen: int) -> bool:
    """Whether all that was changed since was changed in this window."""
    return bool(window) and all(step.window == window for step in draft.trail if step.revision > seen)


def _words(draft: Draft, part: str) -> str:
    who = draft.changed_by or _("Somebody")
    if part not in HEAD:
        words = _("%(who)s has saved other terms meanwhile: %(terms)s. Save again to keep yours.")
        return words % {"who": who, "terms": _terms(draft, int(part[1:]))}
    text = draft.fields[part]
    if part == "recipient":
        everybody = _("Everybody who may order")
        text = next((one.name for one in draft.people if one.id == draft.recipient_id), everybody)
    elif part == "valid_until":
        text = f"{draft.valid_until:%d.%m.%Y}"
    words = _("%(who)s has saved here meanwhile: “%(text)s”. Save again to keep yours.")
    return words % {"who": who, "text": text}


def _terms(draft: Draft, line_id: int) -> str:
    line = draft.line(line_id)
    saved = line.fields
    parts = [f"{saved['d']} %", f"{saved['p']} ₽", f"{saved['q']} {line.unit}", saved["r"]]
    return ", ".join(part for part in parts if part)


def _plain(text: str) -> str:
    return "".join(text.split())
