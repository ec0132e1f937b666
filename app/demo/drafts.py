"""Drafts of the demo that wait: one for its hour, one for an administrator's word about its discounts."""

from collections.abc import Mapping

from app.accounts.models import Person
from app.demo.annals import Letter
from app.demo.offers import Offer
from app.demo.people import Partner
from app.demo.stage import Stage
from app.demo.tales import ASKING, SCHEDULED
from app.presentations.checks import digest
from app.presentations.models import Approval

LIMIT = 2000  # of Oleg Sinitsyn, in basis points
WORD = "Объект на 60 камер, конкурент даёт 25 %. Остальное возьмут по обычной скидке."


def leave_waiting(stage: Stage, drafts: Mapping[int, Offer]) -> None:
    """Both of them."""
    scheduled, asking = drafts[SCHEDULED], drafts[ASKING]
    _schedule(stage, scheduled, stage.cast.orlova)
    _ask(stage, asking, asking.partner, stage.cast.sinitsyn)


def _schedule(stage: Stage, draft: Offer, by: Person) -> None:
    """It leaves in the morning of the day after tomorrow, so that whoever looks at the demo finds it waiting."""
    version, at = draft.version, stage.days.coming(2, "09:30")
    version.send_at, version.send_by_id = at, by.id
    data = draft.data | {"title": version.title, "at": at.isoformat()}
    stage.annals.note("presentation.scheduled", stage.days.ago(66), by, draft.partner, data, hidden=True)


def _ask(stage: Stage, draft: Offer, partner: Partner, by: Person) -> None:
    by.discount_limit = LIMIT
    at = stage.days.ago(52)
    approval = stage.rows.add(
        Approval,
        version_id=draft.version.id,
        terms=digest(draft.lines),
        author_id=by.id,
        word=WORD,
        asked_at=at,
    )
    over = [line.article for line in draft.lines if line.discount > LIMIT]
    title = draft.version.title
    data = draft.data | {"approval": approval.id, "title": title, "word": WORD, "articles": over}
    subject = stage.annals.subject("презентация", draft.presentation.number, None, "скидки сверх предела")
    door = f"/desk/presentations/approvals/{approval.id}"
    letter = Letter("presentation_approval_asked", stage.cast.vetrova, subject, f"{by.name}: {WORD}", door)
    stage.annals.note("presentation.approval_asked", at, by, partner, data, [letter], hidden=True)
