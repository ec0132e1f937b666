"""What is done with answer templates: made, changed, deleted. The shared ones are an administrator's."""

from app import clock
from app.accounts.queries import lock_person
from app.accounts.user import User
from app.answer_templates.models import AnswerTemplate
from app.database import transaction
from app.errors import Forbidden, RuleBroken
from app.outbox import record

MOST = 100  # of a manager, and shared ones


async def make(name: str, text: str, *, shared: bool, key: str, by: User) -> AnswerTemplate:
    """Makes a template, one for a form (`key`) however often it is sent.

    :raises Forbidden: only administrators make shared ones. RuleBroken: there are too many.
    """
    if shared and not by.is_administrator:
        raise Forbidden
    owner = None if shared else by.id
    async with transaction():
        await lock_person(by.id)
        made = await AnswerTemplate.get_or_none(key=key)
        if made:
            return made
        if await AnswerTemplate.filter(owner_id=owner).count() >= MOST:
            raise RuleBroken("There are %(most)s templates already: delete one first", most=MOST)
        made = await AnswerTemplate.create(owner_id=owner, name=name, text=text, key=key, changed_at=clock.now())
        await record("answer_template.made", by=by, name=name, text=text, shared=shared)
    return made


async def change(template: AnswerTemplate, name: str, text: str, *, by: User) -> None:
    """Changes a template; what was inserted from it stays."""
    async with transaction():
        before = await AnswerTemplate.select_for_update().get_or_none(id=template.id)
        if before is None or (before.name, before.text) == (name, text):
            return
        await AnswerTemplate.filter(id=template.id).update(name=name, text=text, changed_at=clock.now())
        shared, was = before.owner_id is None, before.text
        what = "answer_template.changed"
        await record(what, by=by, name=name, text=text, shared=shared, was_name=before.name, was=was)


async def delete(template: AnswerTemplate, *, by: User) -> None:
    """Deletes a template; a repeat changes nothing."""
    async with transaction():
        if await AnswerTemplate.filter(id=template.id).delete():
            shared = template.owner_id is None
            await record("answer_template.deleted", by=by, name=template.name, was=template.text, shared=shared)
