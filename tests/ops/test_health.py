"""Is it alive, is it ready: for supervisors and balancers."""

from redis.asyncio import Redis
from tortoise import Tortoise

from app.database import tortoise_config
from app.embedded import embedded_queue, stop_embedded_queue
from tests.site import Browser


async def test_alive(guest):
    answer = await guest.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"alive": True})


async def test_ready_without_a_queue(guest):
    """Orders and letters stand in the database: the queue only wakes the worker."""
    answer = await guest.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "queue": False})


async def test_ready_with_a_queue(site, guest, tmp_path):
    site.state.queue = Redis.from_url(embedded_queue(tmp_path / "queue"))
    try:
        assert (await guest.get("/readyz")).json() == {"database": True, "queue": True}
    finally:
        await site.state.queue.aclose()
        stop_embedded_queue(tmp_path / "queue")


async def test_not_ready_without_a_database(site, tmp_path):
    gone = tortoise_config(f"sqlite://{tmp_path}/no/such/place.sqlite3")
    await Tortoise.close_connections()
    await Tortoise.init(config=gone, _enable_global_fallback=True)
    async with Browser(site) as browser:
        answer = await browser.get("/readyz")
        assert (answer.status_code, answer.json()["database"]) == (503, False)
        assert (await browser.get("/healthz")).status_code == 200


async def test_health_asks_nobody_to_sign_in_and_says_no_more_than_that(guest):
    for path in ("/healthz", "/readyz"):
        answer = await guest.get(path)
        assert answer.headers["content-type"] == "application/json"
        assert "set-cookie" not in answer.headers
