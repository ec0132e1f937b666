"""The door of one's own absence, for staff: partners learn of it, and a colleague answers meanwhile."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.administration import staff_absence
from app.administration.staff_forms import AbsenceForm
from app.administration.staff_queries import colleagues
from app.i18n import gettext as _
from app.profile import queries
from app.profile.routes.cards import PROFILE, profile_page
from app.web.access import MANAGER, allow
from app.web.replies import changed, refused
from app.web.requests import reader

FORM = "administration/_absence.html"


@allow(MANAGER)
async def change_absence(request: Request) -> Response:
    """Keeps when the reader is away."""
    user = reader(request)
    person, others = await queries.person(user), await colleagues(user.id)
    form = await AbsenceForm.read(request, person, others)
    values: dict[str, Any] = {"form": form, "person": person, "colleagues": others, "to": "/profile/absence"}
    if await staff_absence.keep(person, form, by=user):
        return await changed(request, FORM, back_to=PROFILE, say=_("Saved"), **values)
    return await refused(request, form, FORM, whole=lambda: profile_page(request, form), **values)
