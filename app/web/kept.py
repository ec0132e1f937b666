"""Keeping a form that was sent when its session had ended: its sender signs in and finds the text again (app/kept)."""

from datetime import timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request

from app import clock, tokens
from app.accounts.models import KeptForm, Session
from app.database import transaction
from app.web.forms import COMMON, form_data
from app.web.requests import seen, site
from app.web.security import crosses_sites

LASTS = timedelta(days=1)
MOST = 5  # for one person
LONGEST = 700_000  # characters of all texts: a list of 2,000 rows among them
NEVER = frozenset({"password", "current", "code"})  # fields of what lets people in


async def keep(request: Request) -> str:
    """The address where the sender of this form will find it; empty when nothing was kept.

    Only for who was signed in in this browser before: a stranger cannot fill the table.
    """
    person = await _last_signed_in(request)
    if person is None or request.method != "POST" or crosses_sites(request):
        return ""
    texts = await _texts(request)
    if not texts or sum(map(len, texts.values())) > LONGEST:
        return ""
    async with transaction():
        older = await KeptForm.filter(person_id=person).order_by("-id")
        gone = [one.id for one in older if one.at < clock.now() - LASTS] + [one.id for one in older[MOST - 1 :]]
        await KeptForm.filter(id__in=gone).delete()
        kept = await KeptForm.create(
            person_id=person, door=request.url.path, page=seen(request)[:1000], texts=texts, at=clock.now()
        )
    return f"/kept/{kept.id}"


async def _last_signed_in(request: Request) -> int | None:
    """The person of the session that this browser still has the cookie of."""
    cookie = request.cookies.get(request.state.cookies.session, "")
    secret = tokens.unsign(site(request), "session", cookie, site(request).session_stay)
    session = await Session.get_or_none(digest=tokens.digest(secret)) if secret else None
    return session.person_id if session else None


async def _texts(request: Request) -> dict[str, str]:
    try:
        form = await form_data(request)
    except HTTPException:
        return {}
    return {name: value for name, value in form.multi_items() if isinstance(value, str) and name not in COMMON | NEVER}
