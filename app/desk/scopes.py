"""What is whose on the desk: conditions of the desk's statements (PRODUCT rule 14), and their values.

In them `s` is the assignment of the company, `:person` the reader, `:hands` the reader and those whom
they stand for, and `:everything` true for an administrator.
"""

from typing import Any

from app.accounts.cards import card_values
from app.accounts.user import User
from app.presentations.draft_queries import COMPANIES as COMPANIES
from app.presentations.draft_queries import LEFT

# Orders `o` that they hold or are offered, of their partners, and those that nobody holds.
ORDERS = """(:everything OR o.manager_id IS NULL OR o.manager_id IN :hands OR s.manager_id IN :hands
             OR EXISTS (SELECT 1 FROM order_handover h WHERE h.open_for = o.id AND h.taker_id IN :hands
                        AND NOT h.asked))"""
# Sent versions `v` to their partners, and what they sent themselves.
SENT = "(:everything OR s.manager_id IN :hands OR v.author_id IN :hands)"
# Their own drafts, as long as they may write to the partner.
DRAFTS = f"({COMPANIES} AND (:everything OR v.author_id = :person))"
# Drafts for their partners that were left there by whoever had the partner before.
LEFT_DRAFTS = f"(s.manager_id = :person AND EXISTS (SELECT 1 FROM person a WHERE a.id = v.author_id AND {LEFT}))"  # noqa: S608
SEEN_DRAFTS = f"({DRAFTS} OR {LEFT_DRAFTS})"
# Threads: of the order's or ticket's manager, else of the partner's, else of the presentation's author; everybody's if
# nobody's.
THREADS = "(:everything OR COALESCE(o.manager_id, k.manager_id, s.manager_id, n.author_id, :person) IN :hands)"
# Letters to themselves, to people and addresses of their partners `c`, and of partners that nobody has.
UNDELIVERED = """(:everything OR m.person_id IN :hands OR s.manager_id IN :hands
                  OR (c.id IS NOT NULL AND s.manager_id IS NULL))"""


def scope(user: User, manager: int = 0) -> dict[str, Any]:
    """The values of the conditions for a reader; an administrator may look at what is one manager's (the id)."""
    cards = card_values(user)
    if manager and user.is_administrator:
        return {"person": manager, "hands": [manager], "everything": False, **cards}
    return {"person": user.id, "hands": user.hands, "everything": user.is_administrator, **cards}
