"""Codes of the second factor: six digits that change every 30 s (RFC 6238), and recovery codes on paper."""

import asyncio
import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator

import pyotp
import segno

from app import clock, tokens
from app.settings import Settings

STEP = 30  # seconds that a code is shown
WINDOW = 1  # steps that a clock may be slow or fast
RECOVERY = 10  # codes of one set
ROUNDS = 100_000  # of PBKDF2: 20 ms
_SPACES = re.compile(r"[\s\u2010-\u2015-]+")
_QUIET = 4  # modules of white around a QR code, as its standard asks for


def new_salt() -> str:
    """What a secret is derived from, together with the site's."""
    return tokens.new_secret()


def secrets_of(settings: Settings, person_id: int, salt: str) -> Iterator[str]:
    """The authenticator's secret in base32 under each of the site's secrets, the newest first.

    No locked package encrypts, and home-made encryption is none. Derived, nothing has to be kept. The price: a secret
    of the site that is taken away takes the authenticators along that were set up under it (see the README).
    """
    for site_secret in settings.secrets:
        made = hmac.new(site_secret.encode(), f"second factor {person_id} {salt}".encode(), hashlib.sha256).digest()
        yield base64.b32encode(made[:20]).decode()


def step_of(settings: Settings, person_id: int, salt: str, typed: str) -> int | None:
    """The step at which the authenticator shows this code, if it is near now; None: a wrong or old code."""
    if not (typed.isascii() and typed.isdigit() and len(typed) == 6):
        return None
    now = int(clock.now().timestamp()) // STEP
    found = None
    for secret in secrets_of(settings, person_id, salt):
        for step in range(now - WINDOW, now + WINDOW + 1):
            if hmac.compare_digest(pyotp.TOTP(secret).generate_otp(step), typed):
                found = step
    return found


def address(secret: str, *, login: str, site: str) -> str:
    """What the QR code says to an authenticator."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=site)


def in_groups(secret: str) -> str:
    """A secret as people copy it: JBSW Y3DP …"""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def drawing(text: str) -> tuple[int, str]:
    """A QR code as an SVG path: modules on a side with the white around, and the path's data."""
    code = segno.make_qr(text, error="m")
    rows = [[bool(module) for module in row] for row in code.matrix]
    dark = [
        f"M{x + _QUIET} {y + _QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, module in enumerate(row) if module
    ]
    return len(rows) + 2 * _QUIET, "".join(dark)


def new_recovery_codes() -> list[str]:
    """A set of codes for paper: 4821-9057-1138. Digits alone, as the field asks a phone for its digits."""
    made: set[str] = set()
    while len(made) < RECOVERY:
        text = f"{secrets.randbelow(10**12):012}"
        made.add(f"{text[:4]}-{text[4:8]}-{text[8:]}")
    return sorted(made)


def bare(typed: str) -> str:
    """A typed code without spaces and dashes."""
    return _SPACES.sub("", typed)


async def digest(person_id: int, code: str) -> str:
    """What is kept of a recovery code: slow to make, or who has the database would try all codes there can be."""
    return await asyncio.to_thread(_digest, person_id, code)


def _digest(person_id: int, code: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", bare(code).encode(), f"recovery {person_id}".encode(), ROUNDS).hex()
