"""Keeping lists as templates of presentations, renaming and deleting them: each its author's, or an administrator's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app import clock
from app.accounts.queries import lock_person
from app.accounts.user import User
from app.database import Sql, as_datetime, transaction
from app.errors import NotFound, RuleBroken
from app.outbox import record
from app.presentations.models import Line, Version
from app.presentations.templates import PresentationTemplate, PresentationTemplateLine

MOST_TEMPLATES = 200  # of one manager

_LIST = Sql(
    """
    SELECT t.id, t.name, t.shared, t.changed_at, p.name AS author, t.author_id,
           (SELECT COUNT(*) FROM presentation_template_line l WHERE l.template_id = t.id) AS lines
    FROM presentation_template t JOIN person p ON p.id = t.author_id
    WHERE t.shared OR t.author_id = :person
    ORDER BY t.name, t.id
    """
)
# The version that holds of a presentation, else its draft: of those that the reader may see.
_VERSION = Sql(
    """
    SELECT v.id FROM presentation n JOIN presentation_version v ON v.presentation_id = n.id
    LEFT JOIN assignment s ON s.company_id = n.company_id
    WHERE n.number = :number AND v.replaced_at IS NULL
      AND (:everything OR v.author_id = :person OR (v.sent_at IS NOT NULL AND s.manager_id = :person))
    ORDER BY CASE WHEN v.sent_at IS NULL THEN 0 ELSE 1 END LIMIT 1
    """
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A template in the list; `may_change` says whether it is the reader's to change."""

    id: int
    name: str
    shared: bool
    author: str
    lines: int
    changed_at: datetime
    may_change: bool


class NameTaken(RuleBroken):
    """The manager has a template of this name."""

    def __init__(self) -> None:
        super().__init__("You have a template of this name: choose another one")


async def listed(user: User) -> list[Listed]:
    """The reader's templates and those that are shared, by name."""
    shown = []
    for row in await _LIST.all(person=user.id):
        mine = row.pop("author_id") == user.id or user.is_administrator
        row |= {"shared": bool(row["shared"]), "changed_at": as_datetime(row["changed_at"])}
        shown.append(Listed(**row, may_change=mine))
    return shown


async def source(user: User, number: int) -> Version:
    """What a template is made of: the draft of a presentation, else what is sent of it; raises NotFound."""
    found = await _VERSION.value(number=number, person=user.id, everything=user.is_administrator)
    if found is None:
        raise NotFound
    return await Version.get(id=found).select_related("presentation")


async def own(user: User, template_id: int) -> PresentationTemplate:
    """A template that the reader may change; raises NotFound."""
    found = await PresentationTemplate.get_or_none(id=template_id)
    if found is None or not (found.author_id == user.id or (found.shared and user.is_administrator)):
        raise NotFound
    return found


async def save(version: Version, name: str, *, shared: bool, by: User) -> None:
    """Keeps the lines and the greeting of a version as a template. Raises NameTaken, RuleBroken."""
    # long: a field a line
    async with transaction():
        await lock_person(by.id)
        await _must_be_free(name, by.id)
        if await PresentationTemplate.filter(author_id=by.id).count() >= MOST_TEMPLATES:
            raise RuleBroken("You have %(most)s templates already: delete some first", most=MOST_TEMPLATES)
        lines = await Line.filter(version_id=version.id).order_by("position")
        if not lines:
            raise RuleBroken("There is nothing to keep yet: add a product")
        template = await PresentationTemplate.create(
            author_id=by.id, name=name, shared=shared, greeting=version.greeting, changed_at=clock.now()
        )
        await PresentationTemplateLine.bulk_create(
            [
                PresentationTemplateLine(
                    template_id=template.id,
                    position=position,
                    product_id=line.product_id,
                    quantity=line.quantity,
                    remark=line.remark,
                )
                for position, line in enumerate(lines, 1)
            ],
            batch_size=100,
        )
        await record("presentation_template.saved", by=by, name=name, lines=len(lines), shared=shared)


async def change(template: PresentationTemplate, name: str, *, shared: bool, by: User) -> None:
    """Renames a template, shares it or keeps it to its author. Raises NameTaken."""
    async with transaction():
        await lock_person(template.author_id)
        await _must_be_free(name, template.author_id, but=template.id)
        now = await PresentationTemplate.get_or_none(id=template.id)
        if now is None:
            raise NotFound
        if (now.name, now.shared) == (name, shared):
            return
        was: dict[str, Any] = {"was": now.name, "was_shared": now.shared}
        now.name, now.shared, now.changed_at = name, shared, clock.now()
        await now.save()
        await record("presentation_template.changed", by=by, name=name, shared=shared, **was)


async def delete(template: PresentationTemplate, *, by: User) -> None:
    """Deletes a template; a second time changes nothing."""
    async with transaction():
        await lock_person(template.author_id)
        await PresentationTemplateLine.filter(template_id=template.id).delete()
        if await PresentationTemplate.filter(id=template.id).delete():
            await record("presentation_template.deleted", by=by, name=template.name)


async def _must_be_free(name: str, author_id: int, but: int = 0) -> None:
    names = await PresentationTemplate.filter(author_id=author_id).exclude(id=but).values_list("name", flat=True)
    if name.casefold() in {str(one).casefold() for one in names}:
        raise NameTaken
