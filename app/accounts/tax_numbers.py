"""One company for one ИНН, whether it is invited, registers itself, or is given another number."""

from app.database import Sql

_LOCK = Sql(
    "SELECT :inn AS inn",  # SQLite: a transaction that writes is alone
    postgres="SELECT pg_advisory_xact_lock(5270134, hashtext(:inn))",
)


async def lock(inn: str) -> None:
    """Makes the current transaction the only one that gives this ИНН to a company: a second waits, then finds it."""
    await _LOCK.value(inn=inn)
