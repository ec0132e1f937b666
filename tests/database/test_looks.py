"""Migration 0002 gives the people of before the looks of their logins."""

from app.accounts.models import Person
from app.database import Sql
from app.migrate import migrate
from tests.database.test_migrate import opened
from tests.servers import Kind, bare_database, drop_database

ROW = """
    INSERT INTO person (role, login, login_key, name, email, email_key, phone, extension, about, work_from, work_till,
                        password_hash, timezone, language, created_at)
    VALUES ('manager', :login, :login, 'Имя', :login, :login, '', '', '', '09:00', '18:00', '', 'Europe/Moscow', 'ru',
            '2026-01-01 00:00:00')
"""


async def test_of_two_who_look_alike_the_first_has_the_look() -> None:
    kind: Kind = "sqlite"
    url = await bare_database(kind)
    await migrate(url, target="0001_initial")
    async with opened(url):
        for login in ("alice", "a1ice", "o'neil"):
            await Sql(ROW).run(login=login)
    await migrate(url)
    async with opened(url):
        looks = dict(await Person.all().order_by("id").values_list("login", "login_look"))
    assert looks == {"alice": "allce", "a1ice": None, "o'neil": "o'nell"}
    await drop_database(url)
