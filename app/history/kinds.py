"""The kinds of actions that the history is filtered by, and what a single action is called there."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.history.words import WORDS
from app.i18n import N_, gettext

# The groups in their order, and the nouns of the actions that belong to each.
GROUPS: dict[str, tuple[str, frozenset[str]]] = {
    "sign-ins": (N_("Sign-ins"), frozenset()),
    "presentations": (N_("Presentations"), frozenset({"presentation"})),
    "cart": (N_("Cart"), frozenset({"cart"})),
    "orders": (N_("Orders"), frozenset({"order", "order_template"})),
    "comments": (N_("Comments"), frozenset({"comment"})),
    "tickets": (N_("Tickets"), frozenset({"ticket"})),
    "people": (N_("Company's people"), frozenset({"registration"})),
    "profile": (N_("Data and access"), frozenset({"person", "company"})),
    "other": (N_("Other"), frozenset()),
}
# Of what is told of persons, some is about signing in, and some about the people of a company.

APART = {
    **dict.fromkeys(("person.signed_in", "person.signed_out", "person.sign_in_failed"), "sign-ins"),
    **dict.fromkeys(("person.invited", "person.invited_again", "person.invitation_withdrawn"), "people"),
    **dict.fromkeys(("person.came_in", "person.role_changed", "person.blocked", "person.unblocked"), "people"),
}
# Partners never see one of these.
FOR_STAFF = frozenset(
    {"order.called", "ticket.assigned", "registration.asked", "person.email_link_made"}
    | {"answer_template.made", "answer_template.changed", "answer_template.deleted"}
)
NAMES: dict[str, str] = {
    "person.signed_in": N_("Sign-in"),
    "person.signed_out": N_("Sign-out"),
    "person.sign_in_failed": N_("Failed sign-in"),
    "person.password_changed": N_("Password changed"),
    "presentation.sent": N_("Presentation sent"),
    "presentation.opened": N_("Presentation opened"),
    "presentation.quantity_changed": N_("Quantity changed"),
    "presentation.extension_asked": N_("Extension asked for"),
    "cart.line_put": N_("Product put into the cart"),
    "cart.line_changed": N_("Quantity in the cart changed"),
    "cart.line_removed": N_("Product removed from the cart"),
    "cart.filled": N_("Presentation put into the cart"),
    "cart.price_accepted": N_("New price accepted"),
    "order.placed": N_("Order placed"),
    "order.claimed": N_("Order taken into work"),
    "order.status_changed": N_("Status changed"),
    "order.called": N_("The partner was called"),
    "comment.added": N_("Comment or note"),
    "person.password_forgotten": N_("Link to a new password asked for"),
    "person.invited": N_("Invitation"),
    "person.invited_again": N_("Invitation sent again"),
    "person.invitation_withdrawn": N_("Invitation withdrawn"),
    "person.came_in": N_("Invitation accepted"),
    "person.role_changed": N_("Role changed"),
    "person.blocked": N_("Access blocked"),
    "person.unblocked": N_("Access opened again"),
    "registration.asked": N_("Registration asked for"),
    "registration.confirmed": N_("Company registered"),
    "registration.put_forward": N_("An employee asks for access"),
    "registration.accepted": N_("Access given to an employee"),
    "registration.declined": N_("Access refused to an employee"),
    "person.changed": N_("Personal data changed"),
    "person.login_changed": N_("Login changed"),
    "person.email_change_asked": N_("Another e-mail address asked for"),
    "person.email_link_made": N_("Link to confirm an e-mail address"),
    "person.email_changed": N_("E-mail address changed"),
    "person.preferences_changed": N_("Choice of letters changed"),
    "person.session_ended": N_("Device signed out"),
    "person.sessions_ended": N_("Other devices signed out"),
    "company.changed": N_("Company's data changed"),
    "cart.repeated": N_("Order repeated"),
    "order_template.saved": N_("Order template saved"),
    "order_template.renamed": N_("Order template renamed"),
    "order_template.changed": N_("Order template changed"),
    "order_template.deleted": N_("Order template deleted"),
    "answer_template.made": N_("Answer template made"),
    "answer_template.changed": N_("Answer template changed"),
    "answer_template.deleted": N_("Answer template deleted"),
    "ticket.opened": N_("Ticket opened"),
    "ticket.taken": N_("Ticket taken into work"),
    "ticket.assigned": N_("Ticket handed to a colleague"),
    "ticket.closed": N_("Ticket closed"),
    "ticket.reopened": N_("Ticket opened again"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A group of actions, or an action alone, as it can be chosen."""

    code: str
    name: str
    actions: tuple[str, ...]


def group_of(action: str) -> str:
    """The group that an action belongs to, by its noun."""
    noun = action.partition(".")[0]
    return APART.get(action) or next((code for code, (_name, nouns) in GROUPS.items() if noun in nouns), "other")


def kinds(*, staff: bool) -> list[tuple[Kind, Sequence[Kind]]]:
    """What can be chosen, in the reader's language: each group with its actions. Partners choose of what they see."""
    seen = [action for action in WORDS if staff or action not in FOR_STAFF]
    chosen: list[tuple[Kind, Sequence[Kind]]] = []
    for code, (name, _nouns) in GROUPS.items():
        actions = tuple(action for action in seen if group_of(action) == code)
        alone = [Kind(action, gettext(NAMES[action]), (action,)) for action in actions if action in NAMES]
        if actions:
            chosen.append((Kind(code, gettext(name), actions), alone))
    return chosen


def actions_of(code: str, *, staff: bool) -> tuple[str, ...]:
    """The actions of a group, or the action alone; empty for a code that cannot be chosen."""
    every = [kind for group, alone in kinds(staff=staff) for kind in (group, *alone)]
    return next((kind.actions for kind in every if kind.code == code), ())
