"""What became of versions: parts of the desk's statements, with a version `v`."""

from datetime import timedelta

from app.presentations.ordered import ORDERED

SOON = timedelta(days=3)  # an offer that ends within it is expiring
STATES = ("draft", "scheduled", "sent", "opened", "in_cart", "expiring", "ordered", "expired", "replaced", "withdrawn")

# How many lines of a version `v` lie in carts. (A manager's cart is what they fill when they act for a partner.)
IN_CARTS = """
    (SELECT COUNT(DISTINCT l.id) FROM presentation_line l JOIN cart_line k ON k.presentation_line_id = l.id
      JOIN person b ON b.id = k.person_id AND b.company_id IS NOT NULL
      WHERE l.version_id = v.id)"""
LINES = "(SELECT COUNT(*) FROM presentation_line l WHERE l.version_id = v.id)"
TOTAL = "(SELECT COALESCE(SUM(l.price * l.quantity), 0) FROM presentation_line l WHERE l.version_id = v.id)"
OPENED = "EXISTS (SELECT 1 FROM presentation_opening o WHERE o.version_id = v.id)"
# Sent and in force: no newer version was sent. (A CASE keeps SQLite from the index of sent_at, by which it would read
# all that was ever sent.)
CURRENT = "CASE WHEN v.sent_at IS NULL OR v.replaced_at IS NOT NULL THEN 0 ELSE 1 END = 1"
# Still in force. (The far end says that these are few: else PostgreSQL takes a third of all for granted, and plans the
# statement anew each time.)
IN_FORCE = "v.valid_until BETWEEN :today AND '9999-12-31'"

# The same for one version after the other. (Of an EXISTS PostgreSQL makes a table of all openings there ever were.)
_WAS_OPENED = "(SELECT 1 FROM presentation_opening o WHERE o.version_id = v.id LIMIT 1) = 1"
STATE = f"""
    CASE WHEN v.send_at IS NOT NULL AND v.sent_at IS NULL THEN 'scheduled'
         WHEN v.sent_at IS NULL THEN 'draft'
         WHEN v.replaced_at IS NOT NULL THEN 'replaced'
         WHEN {ORDERED} THEN 'ordered'
         WHEN v.withdrawn_at IS NOT NULL THEN 'withdrawn'
         WHEN v.valid_until < :today THEN 'expired'
         WHEN {IN_CARTS} > 0 THEN 'in_cart'
         WHEN {_WAS_OPENED} THEN 'opened'
         ELSE 'sent' END
"""
IN_STATE = {
    "opened": f"{STATE} IN ('opened', 'in_cart') AND {OPENED}",
    "expiring": f"{STATE} IN ('sent', 'opened', 'in_cart') AND v.valid_until <= :soon",
}
