"""What the site refuses to start with, and that it says which."""

import re

import pytest

from app.cli import main
from app.settings import DEVELOPMENT_SECRET, ROOT, BadSettings, load_settings

GOOD_SECRET = "qT8wYz2LbN5xRv9KsD3fGh7JmP4cXe6A"
LIVE = {
    "KABINET_ENV": "production",
    "KABINET_SECRET": GOOD_SECRET,
    "KABINET_ORIGIN": "https://partner.example.ru",
    "KABINET_DATABASE_URL": "postgres://kabinet@db.example.ru/kabinet",
    "KABINET_QUEUE_URL": "redis://queue.example.ru",
    "KABINET_MAIL_FROM": "robot@example.ru",
}


def test_a_complete_production_starts():
    settings = load_settings(LIVE)
    assert settings.production and settings.secure and not settings.debug
    assert settings.allowed_hosts == ("partner.example.ru",)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"KABINET_SECRET": ""}, "KABINET_SECRET is not set"),
        ({"KABINET_SECRET": "short"}, "KABINET_SECRET is weak"),
        ({"KABINET_SECRET": "a" * 64}, "KABINET_SECRET is weak"),
        ({"KABINET_SECRET": DEVELOPMENT_SECRET}, "KABINET_SECRET is weak"),
        ({"KABINET_SECRET": f"{GOOD_SECRET} weak"}, "KABINET_SECRET is weak"),
        ({"KABINET_ALLOWED_HOSTS": "*"}, "KABINET_ALLOWED_HOSTS has a wildcard"),
        ({"KABINET_ALLOWED_HOSTS": "partner.example.ru, *.example.ru"}, "KABINET_ALLOWED_HOSTS has a wildcard"),
        ({"KABINET_DEBUG": "1"}, "KABINET_DEBUG is on"),
        ({"KABINET_DEBUG": "yes"}, "KABINET_DEBUG is on"),
        ({"KABINET_ORIGIN": ""}, "KABINET_ORIGIN is not set"),
        ({"KABINET_ORIGIN": "http://partner.example.ru"}, "KABINET_ORIGIN is not https"),
        ({"KABINET_DATABASE_URL": ""}, "KABINET_DATABASE_URL is not set"),
        ({"KABINET_QUEUE_URL": ""}, "KABINET_QUEUE_URL is not set"),
        ({"KABINET_MAIL_FROM": ""}, "KABINET_MAIL_FROM is not set"),
        ({"KABINET_MAILBOX": "var/mailbox"}, "KABINET_MAILBOX is for development only"),
    ],
)
def test_production_refuses(change, says):
    with pytest.raises(BadSettings, match=says):
        load_settings(LIVE | change)


def test_it_names_every_fault_at_once():
    with pytest.raises(BadSettings) as refusal:
        load_settings({"KABINET_ENV": "production", "KABINET_DEBUG": "1"})
    for name in ("SECRET", "ORIGIN", "DATABASE_URL", "QUEUE_URL", "MAIL_FROM", "DEBUG"):
        assert f"KABINET_{name} " in str(refusal.value)


@pytest.mark.parametrize(
    ("env", "says"),
    [
        ({"KABINET_ENV": "staging"}, "KABINET_ENV must be development, production or test, not 'staging'"),
        ({"KABINET_SMTP_TLS": "ssl"}, "KABINET_SMTP_TLS must be none, starttls or tls"),
        ({"KABINET_LOG_LEVEL": "loud"}, "KABINET_LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL"),
        ({"KABINET_SMTP_PORT": "smtp"}, "KABINET_SMTP_PORT must be a whole number, not 'smtp'"),
        ({"KABINET_SESSION_IDLE": "-1"}, "KABINET_SESSION_IDLE must be a whole number"),
        ({"KABINET_MAX_BODY": "１０"}, "KABINET_MAX_BODY must be a whole number"),
        ({"KABINET_TIMEZONE": "Moscow"}, "KABINET_TIMEZONE names no time zone: 'Moscow'"),
        ({"KABINET_TIMEZONE": "../../etc/passwd"}, "KABINET_TIMEZONE names no time zone"),
    ],
)
def test_what_cannot_be_read_is_refused_everywhere(env, says):
    with pytest.raises(BadSettings, match=says):
        load_settings(env)


def test_several_secrets_rotate():
    settings = load_settings(LIVE | {"KABINET_SECRET": f"{GOOD_SECRET[::-1]} {GOOD_SECRET}"})
    assert settings.secrets == (GOOD_SECRET[::-1], GOOD_SECRET)


def test_development_needs_nothing():
    settings = load_settings({})
    assert not settings.production
    assert settings.queue_url == "embedded"
    assert settings.database_url.startswith("sqlite://")


def test_var_moves_the_embedded_data(tmp_path):
    settings = load_settings({"KABINET_VAR": str(tmp_path)})
    assert (settings.var, settings.database_url) == (tmp_path, f"sqlite://{tmp_path}/kabinet.sqlite3")


def test_the_readme_has_a_row_for_each_setting():
    source = (ROOT / "app" / "settings.py").read_text()
    readme = (ROOT / "README.md").read_text()
    names = set(re.findall(r"(?:text|number|one_of)\(\"([A-Z_]+)\"", source))
    assert len(names) > 25
    assert [name for name in sorted(names) if f"`KABINET_{name}`" not in readme] == []


@pytest.mark.parametrize("command", ["web", "worker", "release", "migrate", "demo"])
def test_a_command_says_what_is_wrong_and_ends(command, monkeypatch, capsys):
    for name, value in (LIVE | {"KABINET_SECRET": "short"}).items():
        monkeypatch.setenv(name, value)
    assert main([command]) == 2
    said = capsys.readouterr().err
    assert "does not start in production" in said and "KABINET_SECRET is weak" in said and GOOD_SECRET not in said
