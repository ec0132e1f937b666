"""Letters about what waits for a word of administrators: an exchange with 1C, the rate of the bank."""

from datetime import timedelta

from app.exchange.models import Exchange, State
from app.history.models import Email, Event, HistoryEntry
from jobs import partners
from jobs.matters import Matter
from jobs.readers import Reader

QUIET = timedelta(days=1)  # 1C comes every hour: of what nobody has decided there is one letter in as much time


async def exchange(event: Event) -> Matter:
    """The exchange that is held back, where it is decided about."""
    number = int(event.data["exchange"])
    return Matter(event, f"exchange.{number}", f"/administration/exchange/{number}", None)


async def rate(event: Event) -> Matter:
    """The rates, where they are decided about, written and read."""
    return Matter(event, "rates", "/administration/rates", None)


async def administrators(matter: Matter) -> list[Reader]:
    """All of them; nobody when they were told of the same lately and have not decided."""
    if matter.event.name == "exchange.held" and await _told_lately(matter.event):
        return []
    return await partners.administrators(matter)


async def _told_lately(event: Event) -> bool:
    """Whether a letter told of an earlier exchange of the connection, which nobody decided about before it was over."""
    since = event.at - QUIET
    earlier = HistoryEntry.filter(action=event.name, at__gt=since, event_id__lt=event.id)
    held = {
        int(one.data["exchange"]): one.event_id
        for one in await earlier
        if one.data["connection"] == event.data["connection"]
    }
    undecided = await Exchange.filter(id__in=list(held), state=State.STOPPED).values_list("id", flat=True)
    told = [held[int(str(one))] for one in undecided]
    return await Email.filter(event_id__in=told, template="exchange_held").exists()
