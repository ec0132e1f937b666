"""What the ORM is told: which engine, which models, which migrations."""

from collections.abc import Sequence
from typing import Any

from tortoise.backends.base.config_generator import expand_db_url

MODELS = (
    "app.accounts.models",
    "app.accounts.joining",
    "app.accounts.second_factor_models",
    "app.acting.models",
    "app.catalogue.models",
    "app.prices.models",
    "app.rates.models",
    "app.warehouses.models",
    "app.analogues.models",
    "app.documents.models",
    "app.catalogue.index_models",
    "app.own_codes.models",
    "app.imports.models",
    "app.desk.partners.models",
    "app.presentations.models",
    "app.presentations.templates",
    "app.promos.models",
    "app.exports.models",
    "app.cart.models",
    "app.orders.models",
    "app.quick_order.models",
    "app.exchange.models",
    "app.orders.templates",
    "app.orders.handovers",
    "app.tickets.models",
    "app.threads.models",
    "app.threads.presence",
    "app.answer_templates.models",
    "app.history.models",
    "app.administration.models",
    "app.numbers",
    "app.unread",
)
# By the ORM's own engine: ours in its place, and what holds where the URL says nothing else.
# `timeout` is for connecting, `command_timeout` for a statement, in seconds; `busy_timeout` is in
# milliseconds: longer than a price list of the longest is written for in one transaction.
ENGINES: dict[str, tuple[str, dict[str, Any]]] = {
    "tortoise.backends.sqlite": (
        "app.database.sqlite",
        {"busy_timeout": 10000, "synchronous": "NORMAL", "foreign_keys": "ON"},
    ),
    "tortoise.backends.asyncpg": (
        "app.database.postgres",
        {"minsize": 1, "maxsize": 10, "timeout": 5, "command_timeout": 30},
    ),
}


def tortoise_config(
    url: str, models: Sequence[str] = MODELS, migrations: str = "migrations", *, growing: bool = False
) -> dict[str, Any]:
    """The configuration of the ORM for a database URL.

    :param url: `sqlite:///absolute/path`, `sqlite://relative/path` or `postgres://…`.
    :param growing: tables grow by the thousand through this process. PostgreSQL would keep to plans that it made while
        they were empty; it plans each statement anew, by how large they are by then.
    :raises ValueError: the URL names another kind of database. ConfigurationError: it cannot be read.
    """
    connection = expand_db_url(url)
    if connection["engine"] not in ENGINES:
        raise ValueError(f"only sqlite:// and postgres:// databases are served, not {url.partition(':')[0]}")
    engine, defaults = ENGINES[connection["engine"]]
    credentials = {**defaults, **connection["credentials"]}
    if "command_timeout" in credentials:
        credentials["command_timeout"] = float(credentials["command_timeout"])
        credentials["server_settings"] = {"plan_cache_mode": "force_custom_plan"} if growing else {}
    app = {"models": list(models), "default_connection": "default", "migrations": migrations}
    return {
        "connections": {"default": {"engine": engine, "credentials": credentials}},
        "apps": {"models": app},
        "use_tz": True,
        "timezone": "UTC",
    }


TORTOISE = tortoise_config(
    "sqlite://var/kabinet.db"
)  # for `tortoise makemigrations`, which writes and does not connect
