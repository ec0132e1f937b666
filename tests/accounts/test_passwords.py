"""Which passwords are good enough."""

import pytest

from app.accounts import passwords
from app.errors import RuleBroken


@pytest.mark.parametrize(
    "password", ["kabinet-demo", "correct horse battery staple", "abcde-f2345", "первый-пароль-7", "ж" * 4 + "7Qz!"]
)
def test_good(password: str) -> None:
    passwords.must_be_good(password, "sokolov")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "from 8 to 128"),
        ("Kx7!pQz", "from 8 to 128"),
        ("Kx7!" * 33, "from 8 to 128"),
        ("password", "easily guessed"),
        ("qwerty123", "easily guessed"),
        ("йцукен123", "easily guessed"),
        ("ПАРОЛЬ123", "easily guessed"),
        ("12345678", "easily guessed"),
        ("aaaaaaaa", "easily guessed"),
        ("my-Sokolov-7", "the login"),
    ],
)
def test_weak(password: str, why: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        passwords.must_be_good(password, "sokolov")
    assert why in str(broken.value)
