"""Names of brands and categories as addresses have them: «Блоки питания» → bloki-pitaniya."""

import re

_LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya".replace("-", "").split(" "),
        strict=True,
    )
)


def slug(name: str, longest: int = 70) -> str:
    """Latin letters and digits with hyphens; «x» for a name without any."""
    latin = "".join(_LETTERS.get(letter, letter) for letter in name.casefold())
    return re.sub(r"[^a-z0-9]+", "-", latin).strip("-")[:longest].strip("-") or "x"


def free(name: str, taken: set[str]) -> str:
    """The slug of a name, with a number after it when it is taken."""
    base = slug(name)
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(one for one in numbered if one not in taken)
