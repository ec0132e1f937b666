"""Words for the codes that are kept in the database: statuses, roles, ways of delivery, actions."""

from app.i18n import N_, gettext

LABELS: dict[str, str] = {
    "status.new": N_("New"),
    "status.in_work": N_("In work"),
    "status.invoiced": N_("Invoiced"),
    "status.paid": N_("Paid"),
    "status.picking": N_("Being picked"),
    "status.shipped": N_("Shipped"),
    "status.done": N_("Done"),
    "status.cancelled": N_("Cancelled"),
    "delivery.pickup": N_("Self-pickup"),
    "delivery.address": N_("To an address"),
    "delivery.carrier": N_("By a transport company"),
    "role.owner": N_("owner"),
    "role.buyer": N_("buyer"),
    "role.viewer": N_("viewer"),
    "role.manager": N_("manager"),
    "role.administrator": N_("administrator"),
    "email.queued": N_("queued"),
    "email.sending": N_("being sent"),
    "email.deferred": N_("put off"),
    "email.sent": N_("delivered"),
    "email.failed": N_("not delivered"),
    "presentation.draft": N_("draft"),
    "presentation.sent": N_("sent"),
    "presentation.opened": N_("opened"),
    "presentation.in_cart": N_("in the cart"),
    "presentation.ordered": N_("ordered"),
    "presentation.expired": N_("expired"),
    "presentation.replaced": N_("replaced"),
    "presentations.draft": N_("Drafts"),
    "presentations.sent": N_("Not opened yet"),
    "presentations.opened": N_("Opened, not ordered"),
    "presentations.expiring": N_("Expiring"),
    "presentations.ordered": N_("Ordered"),
    "presentations.expired": N_("Expired"),
    "presentations.replaced": N_("Replaced"),
}


def label(kind: str, code: str) -> str:
    """The word for `code` of `kind` in the current language; KeyError for one that has none."""
    return gettext(LABELS[f"{kind}.{code}"])
