"""The rounds of the worker, and what arq is told."""

import asyncio

from app.database import DatabaseUnavailable
from app.queue import deserialize, serialize
from app.settings import Settings
from jobs.worker import Round, worker_settings


async def test_a_round_goes_on_after_whatever_failed() -> None:
    stop, bells = asyncio.Event(), 0
    troubles: list[Exception] = [DatabaseUnavailable("away"), RuntimeError("a bug")]

    async def work() -> bool:
        nonlocal bells
        bells += 1
        round_.ring()
        if troubles:
            raise troubles.pop()
        stop.set()
        return True

    then: list[str] = []
    round_ = Round("test", work, stop, then=lambda: then.append("rung"))
    async with asyncio.timeout(2):
        await round_.go_on()
    assert (bells, then) == (3, ["rung"])


async def test_a_bell_rung_during_the_work_is_heard_after_it() -> None:
    stop, done = asyncio.Event(), 0

    async def work() -> bool:
        nonlocal done
        done += 1
        if done == 1:
            round_.ring()
        else:
            stop.set()
            round_.ring()
        return False

    round_ = Round("test", work, stop)
    async with asyncio.timeout(2):  # far less than a sweep
        await round_.go_on()
    assert done == 2


def test_arq_keeps_nothing_and_speaks_json(settings: Settings) -> None:
    given = worker_settings(settings, lambda: None)
    assert given["job_serializer"] is serialize and given["job_deserializer"] is deserialize
    (relay,) = given["functions"]
    assert (relay.name, relay.keep_result_s, relay.timeout_s) == ("relay", 0, 5)
    assert given["redis_settings"].retry_on_error
    assert deserialize(serialize({"f": "relay", "a": [], "k": {"слово": 1}})) == {
        "f": "relay",
        "a": [],
        "k": {"слово": 1},
    }
