"""The texts that people agree to. A text that somebody agreed to is never changed: a new one is a new version.

The texts: templates/policies/POLICY/VERSION.LANGUAGE.html. A consent (app.accounts.joining) names its version.
"""

from datetime import date
from enum import StrEnum

from app.accounts.joining import ConsentKind


class Policy(StrEnum):
    """The texts, as their addresses name them."""

    PERSONAL_DATA = "personal-data"  # how personal data are handled
    CONSENT = "personal-data-consent"  # the consent to that, of Federal Law 152, article 9
    PROMO = "promo-consent"  # the consent to promotional letters, of Federal Law 38, article 18


VERSIONS: dict[Policy, dict[int, date]] = {  # the versions of each text, and since when they are in force
    Policy.PERSONAL_DATA: {1: date(2026, 11, 24)},
    Policy.CONSENT: {1: date(2026, 11, 24)},
    Policy.PROMO: {1: date(2026, 11, 24)},
}


def current(policy: Policy) -> int:
    """The version in force."""
    return max(VERSIONS[policy])


def consent_version(kind: ConsentKind) -> str:
    """The version that somebody who agrees now agrees to: what a Consent keeps."""
    return str(current(Policy.CONSENT if kind is ConsentKind.PERSONAL_DATA else Policy.PROMO))
