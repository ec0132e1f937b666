"""The worker's part of currency rates: reads the bank's when it is time. Several workers may be at work at once."""

from app.rates import actions
from app.settings import Settings


class Rates:
    """Reads what is due; what was missed while no worker was at work is due, too."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    async def read_due(self) -> bool:
        """Whether it tried. What fails is noted for administrators and tried again. :raises DatabaseUnavailable:"""
        return await actions.read_due(self.settings)
