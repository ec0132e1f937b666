"""Reading answer templates: one's own and those that all share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.accounts.user import User
from app.answer_templates.models import AnswerTemplate
from app.database import Sql
from app.errors import NotFound

_CHOICES = Sql(
    """
    SELECT id, name, CASE WHEN owner_id IS NULL THEN 1 ELSE 0 END AS shared FROM answer_template
    WHERE owner_id = :person OR owner_id IS NULL ORDER BY shared, name, id
    """
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A template to insert."""

    id: int
    name: str
    shared: bool


async def choices(user: User) -> tuple[Choice, ...]:
    """What the reader may insert, their own first; a partner inserts nothing."""
    if not user.is_staff:
        return ()
    rows: Sequence[Mapping[str, Any]] = await _CHOICES.all(person=user.id)
    return tuple(Choice(row["id"], row["name"], bool(row["shared"])) for row in rows)


async def listed(user: User) -> tuple[list[AnswerTemplate], list[AnswerTemplate]]:
    """The reader's own templates, and the shared ones."""
    own = await AnswerTemplate.filter(owner_id=user.id).order_by("name", "id")
    return own, await AnswerTemplate.filter(owner_id=None).order_by("name", "id")


async def to_insert(user: User, template_id: int) -> AnswerTemplate | None:
    """A template that the reader may insert, or None."""
    found = await AnswerTemplate.get_or_none(id=template_id)
    return found if found and found.owner_id in (None, user.id) else None


async def to_edit(user: User, template_id: int) -> AnswerTemplate:
    """One's own template, or for an administrator a shared one; raises NotFound."""
    found = await AnswerTemplate.get_or_none(id=template_id)
    mine = found and (found.owner_id == user.id or (found.owner_id is None and user.is_administrator))
    if found is None or not mine:
        raise NotFound
    return found
