"""Settings: one frozen dataclass, read once from the environment (see the table in README.md)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ROOT = Path(__file__).resolve().parent.parent
MOST_FILES = 5  # with one message
DEVELOPMENT_SECRET = "development-only-secret-never-in-production"  # noqa: S105 - production refuses it


class BadSettings(Exception):
    """The environment does not describe a site that may start; the text says what to mend."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator may set. Durations are seconds unless the name says otherwise."""

    environment: str  # development | production | test
    debug: bool
    var: Path  # where the embedded database and queue keep their files
    secrets: tuple[str, ...]  # the first signs, all of them verify: put a new one in front to rotate
    origin: str  # https://partner.example.ru: what mail links begin with
    allowed_hosts: tuple[str, ...]
    database_url: str
    queue_url: str  # redis://… or unix://…
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_password: str
    smtp_tls: str  # none | starttls | tls
    mail_from: str
    mailbox: Path | None  # development only: where the development SMTP server keeps what it received
    site_name: str
    site_phone: str
    timezone: ZoneInfo  # the distributor's: a presentation expires at the end of its day here
    session_idle: int
    session_absolute: int
    session_stay: int  # «stay signed in»
    signin_account_limit: int  # failures within the window, by account
    signin_address_limit: int  # failures within the window, by address
    signin_window: int
    second_factor: str  # optional | required: of staff, besides the password
    max_body: int  # bytes
    files: Path  # where attachments lie
    max_file: int  # bytes of one of them
    trusted_proxies: str  # whose X-Forwarded-For is believed
    log_level: str
    rates_url: str  # of the bank's daily XML; empty: nothing is read
    # What has no variable of its own; administrators choose it: app/chosen.py.
    requisites: str = ""
    sender_name: str = ""  # in the From of letters; empty: the site's name
    mail_signature: str = ""
    sign_in_text: str = ""
    work_from: str = "09:00"  # the distributor's working day, in `timezone`, from Monday to Friday
    work_till: str = "18:00"
    holidays: tuple[date, ...] = ()  # working days by the week on which nobody works
    second_factor_required: bool = False

    @property
    def production(self) -> bool:
        """Whether this is the live site, where nothing weak is accepted."""
        return self.environment == "production"

    @property
    def max_body_with_files(self) -> int:
        """Bytes of a form with files: one file more than is taken may come, and be refused in words."""
        return self.max_body + (MOST_FILES + 1) * self.max_file

    @property
    def secure(self) -> bool:
        """Whether the site is reached by https, and so its cookies are Secure."""
        return self.origin.startswith("https://")


def load_settings(env: Mapping[str, str] | None = None) -> Settings:
    """Reads KABINET_* variables; raises BadSettings naming each one that production refuses."""
    # long: a line for each setting
    env = os.environ if env is None else env

    def text(name: str, default: str = "") -> str:
        return env.get(f"KABINET_{name}", default).strip()

    def number(name: str, default: int) -> int:
        raw = text(name, str(default))
        if not raw.isascii() or not raw.isdigit():
            raise BadSettings(f"KABINET_{name} must be a whole number, not {raw!r}")
        return int(raw)

    def zone(name: str) -> ZoneInfo:
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            raise BadSettings(f"KABINET_TIMEZONE names no time zone: {name!r}") from None

    def one_of(name: str, default: str, *options: str) -> str:
        chosen = text(name, default)
        if chosen not in options:
            raise BadSettings(f"KABINET_{name} must be {', '.join(options[:-1])} or {options[-1]}, not {chosen!r}")
        return chosen

    environment = one_of("ENV", "development", "development", "production", "test")
    live = environment == "production"
    origin = text("ORIGIN", "" if live else "http://127.0.0.1:8000").rstrip("/")
    hosts = tuple(h.strip() for h in text("ALLOWED_HOSTS", urlsplit(origin).hostname or "").split(",") if h.strip())
    mailbox, var = text("MAILBOX"), Path(text("VAR", str(ROOT / "var"))).resolve()
    settings = Settings(
        environment=environment,
        debug=text("DEBUG", "0").lower() in ("1", "true", "yes", "on"),
        var=var,
        secrets=tuple(s for s in text("SECRET", "" if live else DEVELOPMENT_SECRET).split() if s),
        origin=origin,
        allowed_hosts=hosts,
        database_url=text("DATABASE_URL", "" if live else f"sqlite://{var / 'kabinet.sqlite3'}"),
        queue_url=text("QUEUE_URL", "" if live else "embedded"),
        smtp_host=text("SMTP_HOST", "127.0.0.1"),
        smtp_port=number("SMTP_PORT", 25 if live else 8025),
        smtp_user=text("SMTP_USER"),
        smtp_password=text("SMTP_PASSWORD"),
        smtp_tls=one_of("SMTP_TLS", "none", "none", "starttls", "tls"),
        mail_from=text("MAIL_FROM", "" if live else "robot@example.ru"),
        mailbox=Path(mailbox) if mailbox else None,
        site_name=text("SITE_NAME", "Спектр-СБ"),
        site_phone=text("SITE_PHONE", "+74950001200"),
        timezone=zone(text("TIMEZONE", "Europe/Moscow")),
        session_idle=number("SESSION_IDLE", 12 * 3600),
        session_absolute=number("SESSION_ABSOLUTE", 24 * 3600),
        session_stay=number("SESSION_STAY", 30 * 86400),
        signin_account_limit=number("SIGNIN_ACCOUNT_LIMIT", 10),
        signin_address_limit=number("SIGNIN_ADDRESS_LIMIT", 50),
        signin_window=number("SIGNIN_WINDOW", 900),
        second_factor=one_of("SECOND_FACTOR", "optional", "optional", "required"),
        max_body=number("MAX_BODY", 1_000_000),
        files=Path(text("FILES", str(var / "files"))).resolve(),
        max_file=number("MAX_FILE", 10 * 1024 * 1024),
        trusted_proxies=text("TRUSTED_PROXIES", "127.0.0.1"),
        rates_url=text("RATES_URL", "https://www.cbr.ru/scripts/XML_daily.asp" if live else ""),
        log_level=one_of("LOG_LEVEL", "INFO", "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"),
    )
    faults = _production_faults(settings) if live else []
    if faults:
        raise BadSettings("Kabinet does not start in production:\n- " + "\n- ".join(faults))
    return settings


def _production_faults(settings: Settings) -> list[str]:
    required = {
        "KABINET_ORIGIN": settings.origin,
        "KABINET_DATABASE_URL": settings.database_url,
        "KABINET_QUEUE_URL": settings.queue_url,
        "KABINET_MAIL_FROM": settings.mail_from,
    }
    faults = [f"{name} is not set" for name, value in required.items() if not value]
    if not settings.secrets:
        faults.append("KABINET_SECRET is not set")
    for secret in settings.secrets:
        if len(secret) < 32 or len(set(secret)) < 12 or secret == DEVELOPMENT_SECRET:
            faults.append("KABINET_SECRET is weak: give at least 32 random characters")
    if any("*" in host for host in settings.allowed_hosts):
        faults.append("KABINET_ALLOWED_HOSTS has a wildcard")
    if settings.debug:
        faults.append("KABINET_DEBUG is on")
    if settings.origin and not settings.secure:
        faults.append("KABINET_ORIGIN is not https")
    if settings.mailbox:
        faults.append("KABINET_MAILBOX is for development only")
    return faults
