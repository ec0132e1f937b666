"""Door of discounts for many lines at once: for all, for a brand, or the partner's own."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.desk.presentations.forms import DraftForm, blanket
from app.desk.presentations.routes.editing import saved
from app.i18n import gettext as _
from app.i18n import ngettext
from app.presentations import drafts
from app.presentations.draft_queries import Draft
from app.web.access import MANAGER, allow
from app.web.requests import reader


@allow(MANAGER)
async def change_discounts(request: Request) -> Response:
    """Saves the form and gives all lines, or those of a brand, one discount; `own` fills in the partner's own."""

    async def give(draft: Draft, form: DraftForm) -> str:
        if form.typed["own"]:
            await drafts.take_own_discounts(draft, by=reader(request))
            return _("The partner's own discounts are filled in")
        chosen = blanket(form, draft)
        if form.valid and chosen:
            await drafts.give_discounts(draft, chosen, by=reader(request))
        return _told(draft, chosen) if chosen else _("Saved")

    return await saved(request, give)


def _told(draft: Draft, chosen: Mapping[int, int]) -> str:
    """What was done; a line without a retail price has nothing to take a discount from."""
    passed = sum(1 for line in draft.lines if line.id in chosen and not line.retail)
    said = [_("The discounts are changed")] if passed < len(chosen) else []
    if passed:
        said.append(
            ngettext(
                "%(num)s line without a retail price keeps its own",
                "%(num)s lines without a retail price keep their own",
                passed,
            )
            % {"num": passed}
        )
    return ". ".join(said)


routes = [Route("/presentations/{number:id}/discounts", change_discounts, methods=["POST"])]
