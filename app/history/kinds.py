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
    "orders": (N_("Orders"), frozenset({"order", "template"})),
    "comments": (N_("Comments"), frozenset({"comment"})),
    "tickets": (N_("Tickets"), frozenset({"ticket"})),
    "people": (N_("Company's people"), frozenset({"invitation", "registration", "employee"})),
    "profile": (N_("Data and access"), frozenset({"person", "company"})),
}
SIGN_INS = frozenset({"person.signed_in", "person.signed_out", "person.sign_in_failed"})
FOR_STAFF = frozenset({"order.called"})  # partners never see one of these
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
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A group of actions, or an action alone, as it can be chosen."""

    code: str
    name: str
    actions: tuple[str, ...]


def group_of(action: str) -> str:
    """The group that an action belongs to; raises StopIteration for one whose noun is of none."""
    if action in SIGN_INS:
        return "sign-ins"
    return next(code for code, (_name, nouns) in GROUPS.items() if action.partition(".")[0] in nouns)


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
