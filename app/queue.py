"""The queue: arq on Redis or Valkey. It only wakes workers; what is to be done stands in the database."""

import asyncio
import json
import logging
from typing import Any

from arq.connections import ArqRedis, RedisSettings
from redis.asyncio import ConnectionPool
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import BusyLoadingError, RedisError
from redis.exceptions import ConnectionError as ConnectionLost
from redis.exceptions import TimeoutError as AnswerLate

from app.settings import Settings

log = logging.getLogger("kabinet.queue")

LOST = [ConnectionLost, AnswerLate, BusyLoadingError, OSError]
WAKE_PATIENCE = 1.0  # seconds: a frozen queue must not hold anything up


def serialize(job: dict[str, Any]) -> bytes:
    """A job as JSON: ids and plain values only."""
    return json.dumps(job, ensure_ascii=False).encode()


def deserialize(data: bytes) -> dict[str, Any]:
    """A job from JSON."""
    job: dict[str, Any] = json.loads(data)
    return job


def redis_settings(settings: Settings) -> RedisSettings:
    """Where the worker finds the queue, with retries that outlive its restart. A longer absence is jobs.worker's."""
    found = RedisSettings.from_dsn(settings.queue_url)
    found.conn_timeout = 2
    found.conn_retries = 0
    found.retry_on_timeout = True
    found.retry_on_error = LOST
    found.retry = Retry(ExponentialBackoff(cap=2, base=0.2), 20)
    return found


def connect(settings: Settings) -> ArqRedis:
    """A client for enqueuing from the web: short time-outs, no retries; connects when first used."""
    pool = ConnectionPool.from_url(
        settings.queue_url, socket_timeout=WAKE_PATIENCE, socket_connect_timeout=WAKE_PATIENCE
    )
    return ArqRedis(pool, job_serializer=serialize, job_deserializer=deserialize)


class Waker:
    """Wakes the relay after a commit: fire and forget, many commits at once make one job."""

    def __init__(self, queue: ArqRedis, job: str = "relay") -> None:
        self.queue = queue
        self.job = job
        self.task: asyncio.Task[None] | None = None
        self.again = False

    def wake(self) -> None:
        """Asks for the relay; returns at once, never raises. A lost call is made good by the worker's sweep."""
        if self.task and not self.task.done():
            self.again = True
            return
        self.task = asyncio.get_running_loop().create_task(self._enqueue())

    async def _enqueue(self) -> None:
        self.again = True
        while self.again:
            self.again = False
            try:
                async with asyncio.timeout(WAKE_PATIENCE * 2):
                    await self.queue.enqueue_job(self.job)
            except (RedisError, OSError, TimeoutError) as lost:
                log.warning("the queue did not take a wake-up: %s", type(lost).__name__)

    async def close(self) -> None:
        """Lets the last wake-up leave."""
        if self.task:
            await asyncio.wait({self.task}, timeout=WAKE_PATIENCE * 2)
