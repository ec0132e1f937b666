"""Terms beyond a manager's limit: the manager asks, an administrator says yes or no, and it holds for these terms."""

from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.accounts.user import User
from app.database import Sql, as_datetime, transaction
from app.errors import NotFound, RuleBroken
from app.outbox import record
from app.presentations import checks
from app.presentations.models import Approval, Line, Presentation, Version

_WAITING = Sql(
    """
    SELECT a.id, a.word, a.asked_at, p.name AS author, p.discount_limit, n.number, v.title, c.name AS company, c.city
    FROM presentation_approval a
    JOIN presentation_version v ON v.id = a.version_id AND v.sent_at IS NULL
    JOIN presentation n ON n.id = v.presentation_id
    JOIN company c ON c.id = n.company_id
    JOIN person p ON p.id = a.author_id
    WHERE a.approved IS NULL AND a.id > :after
    ORDER BY a.id LIMIT :limit
    """
)
PAGE = 30


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that nobody has decided; `discount_limit` is the manager's, in basis points."""

    id: int
    number: int
    title: str
    company: str
    city: str
    author: str
    discount_limit: int | None
    word: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with what it is about: all lines as they are now, and those over the limit of who asked."""

    approval: Approval
    version: Version
    lines: list[Line]
    over: frozenset[int]
    current: bool  # the terms are still those that were asked about
    open: bool  # nobody has decided, and it is not sent


async def waiting(*, after: int = 0) -> tuple[list[Waiting], int]:
    """Requests for administrators, the longest waiting first, and the key of the next page (0: none)."""
    rows = await _WAITING.all(after=after, limit=PAGE + 1)
    shown = [Waiting(**{**row, "asked_at": as_datetime(row["asked_at"])}) for row in rows[:PAGE]]
    return shown, shown[-1].id if len(rows) > PAGE else 0


async def asked(approval_id: int) -> Asked:
    """A request; raises NotFound."""
    about = Approval.filter(id=approval_id).select_related("version__presentation__company", "author", "decided_by")
    approval = await about.first()
    if approval is None:
        raise NotFound
    lines = await checks.lines_of(approval.version_id)
    company = approval.version.presentation.company_id
    over = await checks.over_limit(lines, approval.author.discount_limit, company)
    return Asked(
        approval=approval,
        version=approval.version,
        lines=lines,
        over=frozenset(line.id for line in over),
        current=checks.digest(lines) == approval.terms,
        open=approval.approved is None and approval.version.sent_at is None,
    )


async def ask(presentation_id: int, version_id: int, word: str, *, by: User) -> None:
    """Asks an administrator to allow a draft's terms; asked twice about the same terms it is one request.

    Raises AlreadySent, NotFound, RuleBroken when nothing is over the limit.
    """
    async with transaction():
        presentation = await Presentation.select_for_update().get_or_none(id=presentation_id)
        version = await Version.get_or_none(id=version_id)
        if presentation is None or version is None:  # discarded in another window
            raise NotFound
        version.must_be_draft()
        lines = await checks.lines_of(version_id)
        over = await checks.over_limit(lines, await checks.limit_of(by), presentation.company_id)
        if not over or await checks.is_approved(version_id, lines):
            raise RuleBroken("Nothing here needs an approval: it can be sent")
        terms = checks.digest(lines)
        waiting = await Approval.filter(version_id=version_id, approved=None).first()
        if waiting and (waiting.terms, waiting.word) == (terms, word):
            return
        if waiting:
            await waiting.delete()
        approval = await Approval.create(
            version_id=version_id, terms=terms, author_id=by.id, word=word, asked_at=clock.now()
        )
        about = {"presentation": presentation.number, "version": version.number, "approval": approval.id}
        shown = {"title": version.title, "word": word, "articles": [line.product.article for line in over]}
        await record("presentation.approval_asked", by=by, company=presentation.company_id, **about, **shown)


async def decide(approval_id: int, terms: str, answer: str, *, approved: bool, by: User) -> None:
    """Allows or declines the terms that were shown. Raises NotFound, RuleBroken."""
    async with transaction():
        found = await Approval.get_or_none(id=approval_id).select_related("version")
        if found is None:
            raise NotFound
        presentation = await Presentation.select_for_update().get_or_none(id=found.version.presentation_id)
        approval = await Approval.get_or_none(id=approval_id).select_related("version", "decided_by")
        if presentation is None or approval is None:
            raise NotFound
        approval.version.must_be_draft()
        if approval.approved is not None:
            who = approval.decided_by.name if approval.decided_by else ""
            raise RuleBroken("%(who)s has decided already", who=who)
        if {terms, checks.digest(await checks.lines_of(approval.version_id))} != {approval.terms}:
            raise RuleBroken("The terms were changed after the request: the manager must ask again")
        approval.approved, approval.answer = approved, answer
        approval.decided_by_id, approval.decided_at = by.id, clock.now()
        await approval.save()
        about = {"presentation": presentation.number, "version": approval.version.number, "approval": approval.id}
        name = "presentation.approved" if approved else "presentation.declined"
        shown = {"title": approval.version.title, "word": answer}
        await record(name, by=by, company=presentation.company_id, **about, **shown)
