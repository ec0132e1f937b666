"""The page of a sent presentation, as its doors show it."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app import clock
from app.desk.presentations import queries as presentations
from app.desk.presentations.queries import Summary
from app.desk.sending import queries
from app.desk.sending.forms import ReminderForm
from app.presentations import unsent
from app.presentations.following import DAYS
from app.web.replies import page
from app.web.requests import reader, site


async def find_sent(request: Request) -> Summary:
    """The sent version in the path, or the one that holds of the presentation there; raises NotFound."""
    number, version = request.path_params["number"], request.path_params.get("version", 0)
    return await presentations.summary(reader(request), number, site(request), version=version)


async def sent_page(request: Request, form: ReminderForm | None = None, problem: str = "") -> Response:
    """How a sent version fares, with the other versions beside it."""
    user, sent = reader(request), await find_sent(request)
    came = await queries.came(sent.version_id, sent.company_id, sent.recipient_id)
    today = clock.today(site(request).timezone)
    values: dict[str, Any] = {"sent": sent, "came": came, "days": DAYS, "form": form or ReminderForm()}
    values |= {"versions": await queries.versions(user, sent.number), "unsent": await unsent.beside(user, sent.number)}
    values["reminded_today"] = came.reminded is not None and came.reminded.day == today
    return await page(request, "desk/presentations/sent.html", problem=problem, **values)
