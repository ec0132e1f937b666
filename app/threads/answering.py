"""An answer that is being written: a template put into it, and the colleagues told of it."""

from app.accounts.user import User
from app.answer_templates.filling import names
from app.answer_templates.queries import to_insert
from app.i18n import gettext as _
from app.threads import presence
from app.threads.forms import CommentForm
from app.threads.queries import Talk


async def insert(form: CommentForm, talk: Talk, *, by: User) -> None:
    """Puts the chosen template, its placeholders filled in, under what is typed in the form."""
    await note(talk, by=by)
    template = await to_insert(by, form.template) if by.is_staff else None
    if template is None:
        form.errors["template"] = _("Choose a template")
        form.errors.pop("text", None)
        return
    answered = talk.remark(form.answers).author if form.answers is not None else ""
    form.append((await names(talk.kind, talk.of, answered)).fill(template.text))


async def note(talk: Talk, *, by: User) -> None:
    """Tells the colleagues that one of staff writes there."""
    await presence.note(talk.kind, talk.of, by=by)


async def end(talk: Talk, *, by: User) -> None:
    """Tells them that it is done."""
    await presence.end(talk.kind, talk.of, by=by)
