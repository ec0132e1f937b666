"""The worker's part of price lists: makes those that were asked for, one after the other."""

import asyncio
import logging

from app import chosen
from app.database import DatabaseUnavailable
from app.exports import actions, store
from app.exports.goods import Wanted
from app.exports.making import Asked, make
from app.exports.models import PriceList
from app.settings import Settings

log = logging.getLogger("kabinet.price_lists")


class PriceLists:
    """Makes what waits. Several may be at work at once, in one process or in many."""

    def __init__(self, settings: Settings, stop: asyncio.Event | None = None) -> None:
        self.settings = settings
        self.stop = stop or asyncio.Event()

    async def make_all(self) -> int:
        """Makes all that wait, until there are none or `stop` is set. :return: how many were made.

        :raises DatabaseUnavailable: nothing is lost, call again.
        """
        made = 0
        while not self.stop.is_set() and (price_list := await actions.claim()):
            made += await self._make(price_list)
        return made

    async def _make(self, price_list: PriceList) -> bool:
        wanted = Wanted(price_list.brands, price_list.categories)
        company = price_list.company
        asked = Asked(company.id, company.name, price_list.format, price_list.language, wanted)
        path = store.place(self.settings, price_list)
        try:
            await chosen.refresh()
            made = await make(asked, path, chosen.over(self.settings))
        except (DatabaseUnavailable, asyncio.CancelledError):
            await asyncio.shield(actions.give_back(price_list, failed=False))
            raise
        except Exception:
            log.exception("price list %d was not made", price_list.id)
            await actions.give_back(price_list, failed=True)
            return False
        await actions.keep(price_list, made, path.stat().st_size)
        return True
