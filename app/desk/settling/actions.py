"""Dealing with what waits on the desk: a letter that did not arrive, a request that gets no new version."""

from app import clock
from app.accounts.user import User
from app.database import Sql, transaction
from app.desk.settling.queries import ExtensionWish, Letter
from app.errors import RuleBroken
from app.history.models import Email
from app.outbox import record
from app.presentations.models import ExtensionRequest, Presentation
from app.threads.actions import add_comment

_LETTER = Sql("UPDATE email SET settled_at = :now WHERE id = :id AND state = 'failed' AND settled_at IS NULL")
_REQUEST = Sql(
    """
    UPDATE extension_request SET settled_at = :now
    WHERE id = :id AND settled_at IS NULL
      AND EXISTS (SELECT 1 FROM presentation_version v WHERE v.id = extension_request.version_id
                  AND v.replaced_at IS NULL AND v.withdrawn_at IS NULL)
    """
)


async def settle_letter(letter: Letter, *, by: User) -> None:
    """Takes a letter that did not arrive off the desk; done twice it is done once.

    :raises RuleBroken: it waits for nobody: it has arrived, or is being sent again.
    """
    async with transaction():
        if await _LETTER.run(id=letter.id, now=clock.now()):
            about = {"letter": letter.id, "subject": letter.subject, "recipient": letter.recipient}
            await record("letter.settled", by=by, company=letter.company_id, **about)
        elif (await Email.get(id=letter.id)).settled_at is None:
            raise RuleBroken("This letter waits for nobody: it has arrived, or is being sent again")


async def settle_request(wish: ExtensionWish, comment: str, *, key: str, by: User) -> None:
    """Takes a request to prolong off the desk, with a comment to the partner if there is one to say.

    Done twice it is done once; what a second one has to say to the partner is said all the same.

    :param key: of the form: sent twice, its comment is one.
    :raises RuleBroken: the partner has an answer already: a new version, or that there will be none.
    """
    async with transaction():
        about = {"presentation": wish.number, "version": wish.version, "title": wish.title}
        if await _REQUEST.run(id=wish.id, now=clock.now()):
            await record("presentation.extension_settled", by=by, company=wish.company_id, **about)
        elif (await ExtensionRequest.get(id=wish.id)).settled_at is None:
            raise RuleBroken("The request is answered already: there is a new version, or the offer was withdrawn")
        if comment:
            await add_comment(await Presentation.get(id=wish.presentation_id), comment, by=by, key=key)
