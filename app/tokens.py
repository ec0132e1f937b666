"""Signed values: one signer for each purpose, so that a token made for one door opens no other."""

import base64
import hashlib
import secrets

from itsdangerous import BadData, Signer, URLSafeTimedSerializer

from app.settings import Settings


def new_secret() -> str:
    """256 random bits for a session id or a one-time key, in URL-safe letters."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of a secret in the database: its SHA-256 in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def sign(settings: Settings, purpose: str, value: str) -> str:
    """`value` signed for `purpose` with the newest secret."""
    return URLSafeTimedSerializer(list(reversed(settings.secrets)), salt=purpose).dumps(value)


def unsign(settings: Settings, purpose: str, token: str, max_age: int) -> str | None:
    """The value signed for `purpose` at most `max_age` seconds ago, or None: forged, cut off, old or foreign."""
    try:
        value = URLSafeTimedSerializer(list(reversed(settings.secrets)), salt=purpose).loads(token, max_age=max_age)
    except BadData:
        return None
    return value if isinstance(value, str) else None


def one_time_password(secret: str, number: int) -> str:
    """The password of invitation `number` under one of the site's secrets: 10 letters and digits, as abcde-f2345."""
    signed = Signer(secret, salt="invitation", digest_method=hashlib.sha256).get_signature(str(number))
    text = base64.b32encode(hashlib.sha256(signed).digest()).decode().lower()[:10]
    return f"{text[:5]}-{text[5:]}"


def derived(settings: Settings, purpose: str, key: str) -> str:
    """256 bits that this site alone makes of a key, the same each time: in URL-safe letters, as new_secret()."""
    return Signer(settings.secrets[0], salt=purpose, digest_method=hashlib.sha256).get_signature(key).decode()
