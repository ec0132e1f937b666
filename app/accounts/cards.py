"""Whose cards staff may open: partners of their own and those of nobody; an administrator every partner's."""

from typing import Any

from app.accounts.user import User

# The id of a company `c` for whoever may open its card, else nothing: the reader in person, whose desk it ever be.
CARD = """CASE WHEN :all_cards OR NOT EXISTS (SELECT 1 FROM assignment b WHERE b.company_id = c.id
               AND b.manager_id <> :reader) THEN c.id END"""


def card_values(user: User) -> dict[str, Any]:
    """What CARD asks for."""
    return {"all_cards": user.is_administrator, "reader": user.id}
