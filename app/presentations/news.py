"""Whether a presentation has changed since a page showed a version of it: one cheap query."""

from app import clock
from app.accounts.user import User
from app.database import Sql, as_date
from app.errors import NotFound
from app.settings import Settings
from app.threads import presence
from app.unread import SINCE
from app.web.news import News, news

_STATE = Sql(
    f"""
    SELECT v.valid_until, v.withdrawn_at, (SELECT MAX(x.number) FROM presentation_version x
            WHERE x.presentation_id = n.id AND x.sent_at IS NOT NULL) AS newest,
           (SELECT e.id FROM extension_request e WHERE e.version_id = v.id AND e.settled_at IS NULL) AS extension,
           COALESCE(CASE WHEN :staff THEN t.comments ELSE t.by_staff END, 0) AS staff_said,
           COALESCE(t.by_partner, 0) AS partner_said,
           {SINCE.format(kind="presentation", number="n.number")}
    FROM presentation n
    JOIN presentation_version v ON v.presentation_id = n.id
    LEFT JOIN assignment s ON s.company_id = n.company_id
    LEFT JOIN thread t ON t.presentation_id = n.id
    WHERE n.number = :number AND v.number = :version AND v.sent_at IS NOT NULL
      AND (n.company_id = :company OR :everything OR (:staff AND (s.manager_id IN :hands OR v.author_id IN :hands)))
    """  # noqa: S608 - constant text
)


async def presentation_news(user: User, number: int, version: int, settings: Settings) -> News:
    """The News of the page of a version; raises NotFound for one that is not this reader's."""
    who = {"person": user.id, "company": user.company_id, "staff": user.is_staff, "everything": user.is_administrator}
    row = await _STATE.one(number=number, version=version, hands=user.hands, **who)
    if row is None:
        raise NotFound
    since = row.pop("since")
    expired = as_date(row.pop("valid_until")) < clock.today(settings.timezone)
    withdrawn = row.pop("withdrawn_at") is not None
    writers = await presence.mark("presentation", number, user)
    base = f"/presentations/{number}/versions/{version}/news"
    return news(base, int(expired), int(withdrawn), *row.values(), writers, since=since)
