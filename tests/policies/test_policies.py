"""GET /policies/…: the texts that people agree to, in both languages, all versions."""

from datetime import date

import pytest

from app import policies
from app.accounts.joining import ConsentKind
from app.i18n import LANGUAGES
from app.policies import VERSIONS, Policy
from app.settings import ROOT
from tests.site import Browser

EVERY = [(policy, version) for policy, versions in VERSIONS.items() for version in versions]


@pytest.mark.parametrize(("policy", "version"), EVERY)
def test_every_version_has_its_text_in_both_languages(policy: Policy, version: int) -> None:
    for language in LANGUAGES:
        assert (ROOT / "templates" / "policies" / policy / f"{version}.{language}.html").exists()


@pytest.mark.parametrize("policy", Policy)
async def test_the_text_in_force(guest: Browser, policy: Policy) -> None:
    now = await guest.get(f"/policies/{policy}")
    kept = await guest.get(f"/policies/{policy}/versions/{policies.current(policy)}")
    assert (now.status_code, kept.status_code) == (200, 200)
    assert "Спектр-СБ" in now.text and "+7 495 000-12-00" in now.text.replace("\xa0", " ")
    await guest.post("/language", {"language": "en", "next": "/"})
    english = await guest.get(f"/policies/{policy}")
    assert english.status_code == 200 and "The Russian text decides" in english.text


async def test_a_replaced_version_stays_and_says_so(guest: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    versions = {1: date(2026, 11, 24), 2: date(2027, 1, 1)}
    monkeypatch.setitem(VERSIONS, Policy.PROMO, versions)
    assert policies.consent_version(ConsentKind.PROMO) == "2"
    old = await guest.get("/policies/promo-consent/versions/1")
    assert old.status_code == 200 and "Эта редакция заменена" in old.text
    assert 'href="/policies/promo-consent"' in old.text


@pytest.mark.parametrize("path", ["nothing", "personal-data/versions/99", "promo-consent/versions/0", "../help"])
async def test_what_is_not_there(guest: Browser, path: str) -> None:
    assert (await guest.get(f"/policies/{path}".replace("..", "%2e%2e"))).status_code == 404
