"""How often somebody may knock at a door that writes letters: counted the same for known and unknown addresses."""

from datetime import timedelta

from app import clock, tokens
from app.accounts.models import SignInFailure
from app.errors import RuleBroken
from app.settings import Settings

LETTERS = 5  # that an address is sent within the window, whoever asks for them


class TooOften(RuleBroken):
    """Too many requests within the window; `seconds` is the longest wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__("Too many requests. Wait %(minutes)s min and try again", minutes=seconds // 60)
        self.seconds = seconds


async def count(door: str, *, ip: str, whom: str, settings: Settings) -> None:
    """Counts a knock at `door` from an IP address, about a login or an e-mail address, whether it is known or not.

    Call it within the transaction of what it allows. Raises TooOften, and then nothing is counted.
    """
    limits = {
        f"{door}:{ip}": settings.signin_address_limit,
        f"{door}:{tokens.digest(whom.strip().casefold())}": LETTERS,
    }
    now = clock.now()
    since = now - timedelta(seconds=settings.signin_window)
    for key, limit in limits.items():
        if await SignInFailure.filter(key=key, at__gt=since).count() >= limit:
            raise TooOften(settings.signin_window)
    for key in limits:
        await SignInFailure.create(key=key, at=now)
