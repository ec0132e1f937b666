"""What counts as ordered of what was offered: parts of statements, with a line `l` and a version `v` of a presentation.

An order that was cancelled does not count: the offer waits for an order again.
"""

# After lines `g` of orders: those of orders that count.
COUNTED = "JOIN orders o ON o.id = g.order_id AND o.status <> 'cancelled'"
_OF_VERSION = f"""
    FROM presentation_line l JOIN order_line g ON g.presentation_line_id = l.id {COUNTED} WHERE l.version_id = v.id"""
# Whether something of the version was ordered, and how many of its lines were.
ORDERED = f"EXISTS (SELECT 1 {_OF_VERSION})"
ORDERED_LINES = f"(SELECT COUNT(DISTINCT l.id) {_OF_VERSION})"
