"""The kinds of actions that the history is filtered by, and what a single action is called there."""

# long: a line for each action
from collections.abc import Sequence
from dataclasses import dataclass

from app.history.words import WORDS, exchange, goods, imports, prices
from app.i18n import N_, gettext

# The groups in their order, and the nouns of the actions that belong to each.
GROUPS: dict[str, tuple[str, frozenset[str]]] = {
    "sign-ins": (N_("Sign-ins"), frozenset()),
    "presentations": (N_("Presentations"), frozenset({"presentation", "presentation_template", "promo"})),
    "cart": (N_("Cart"), frozenset({"cart"})),
    "orders": (N_("Orders"), frozenset({"order", "order_template", "own_code"})),
    "price_lists": (N_("Price lists"), frozenset({"price_list", "price_list_token"})),
    "comments": (N_("Comments"), frozenset({"comment", "answer_template"})),
    "tickets": (N_("Tickets"), frozenset({"ticket"})),
    "people": (N_("Company's people"), frozenset({"registration"})),
    "administration": (N_("Administration"), frozenset({"staff", "letter", "event", "setting", "vat_rate"})),
    "goods": (
        N_("Goods"),
        frozenset({"product", "brand", "category", "price", "price_type", "currency_rate", "import", "warehouse"}),
    ),
    "exchange": (N_("Exchange with 1C"), frozenset({"exchange"})),
    "profile": (N_("Data and access"), frozenset({"person", "company", "discount"})),
    "acting": (N_("Acting for a partner"), frozenset({"acting"})),
    "other": (N_("Other"), frozenset()),
}
# Of what is told of persons, some is about signing in, and some about the people of a company.

APART = {
    **dict.fromkeys(("person.signed_in", "person.signed_out", "person.sign_in_failed"), "sign-ins"),
    **dict.fromkeys(("person.sign_in_throttled", "person.signed_out_by_staff"), "sign-ins"),
    **dict.fromkeys(("person.invited", "person.invited_again", "person.invitation_withdrawn"), "people"),
    **dict.fromkeys(("person.came_in", "person.role_changed", "person.blocked", "person.unblocked"), "people"),
}
# Partners never see one of these.
FOR_STAFF = frozenset(
    {
        *("order.called", "registration.asked", "person.email_link_made", "person.sign_in_throttled"),
        *("ticket.assigned", "answer_template.made", "answer_template.changed", "answer_template.deleted"),
        *("staff.changed", "staff.absence_set", "staff.blocked", "staff.unblocked"),
        *("letter.retried", "letter.all_retried", "event.run_again", "event.all_run_again"),
        *("letter.settled", "comment.settled", "presentation.extension_settled"),
        *("setting.changed", "vat_rate.added", "vat_rate.deleted"),
        *(f"order.handover_{what}" for what in ("offered", "asked", "declined", "withdrawn")),
        *("company.noted", "company.blocked", "company.unblocked"),
        *("discount.asked", "discount.approved", "discount.declined"),
        *("presentation.approval_asked", "presentation.approved", "presentation.declined"),
        *("presentation_template.saved", "presentation_template.changed", "presentation_template.deleted"),
        *("person.second_factor_turned_on", "person.second_factor_turned_off", "person.second_factor_reset"),
        *("person.recovery_codes_renewed", "person.recovery_code_used"),
        *("presentation.scheduled", "presentation.recalled", "presentation.sending_failed"),
        *("presentation.draft_discarded", "presentation.draft_claimed"),
        *("presentation.reminder_chosen", "promo.sent", "promo.stopped", "promo.resumed", "promo.finished"),
        *goods.WORDS,
        *prices.WORDS,
        *exchange.WORDS,
        *imports.WORDS,
    }
)
NAMES: dict[str, str] = {
    "person.signed_in": N_("Sign-in"),
    "person.signed_out": N_("Sign-out"),
    "person.sign_in_failed": N_("Failed sign-in"),
    "person.password_changed": N_("Password changed"),
    "presentation.sent": N_("Presentation sent"),
    "presentation.scheduled": N_("Time of sending chosen"),
    "presentation.recalled": N_("Sending called off"),
    "presentation.draft_discarded": N_("Draft discarded"),
    "presentation.draft_claimed": N_("Draft taken over"),
    "presentation.sending_failed": N_("Presentation not sent at its time"),
    "presentation.withdrawn": N_("Presentation withdrawn"),
    "presentation.reminded": N_("Reminder of a presentation"),
    "presentation.reminder_chosen": N_("Reminder before the last day chosen"),
    "promo.sent": N_("Promo sent"),
    "promo.stopped": N_("Promo stopped"),
    "promo.resumed": N_("Promo resumed"),
    "promo.finished": N_("Promo finished"),
    "presentation.opened": N_("Presentation opened"),
    "presentation.quantity_changed": N_("Quantity changed"),
    "presentation.extension_asked": N_("Extension asked for"),
    "presentation.extension_settled": N_("Request to prolong dealt with"),
    "presentation.approval_asked": N_("Approval asked for"),
    "presentation.approved": N_("Terms approved"),
    "presentation.declined": N_("Terms declined"),
    "presentation_template.saved": N_("Template of presentations saved"),
    "presentation_template.changed": N_("Template of presentations changed"),
    "presentation_template.deleted": N_("Template of presentations deleted"),
    "cart.line_put": N_("Product put into the cart"),
    "cart.line_changed": N_("Quantity in the cart changed"),
    "cart.line_removed": N_("Product removed from the cart"),
    "cart.filled": N_("Presentation put into the cart"),
    "cart.price_accepted": N_("New price accepted"),
    "order.placed": N_("Order placed"),
    "order.claimed": N_("Order taken into work"),
    "order.status_changed": N_("Status changed"),
    "order.lines_changed": N_("Order changed"),
    "order.merged": N_("Orders merged"),
    "order.merged_into": N_("Order closed: merged"),
    "order.step_undone": N_("Step undone"),
    "order.released": N_("Order put back into the queue"),
    "order.handover_offered": N_("Order offered to a colleague"),
    "order.handover_asked": N_("Order asked for by a colleague"),
    "order.handover_declined": N_("Hand-over declined"),
    "order.handover_withdrawn": N_("Hand-over taken back"),
    "order.handed_over": N_("Order handed over"),
    "order.called": N_("The partner was called"),
    "order.papers_set": N_("Payment and shipment"),
    "comment.added": N_("Comment or note"),
    "comment.settled": N_("No answer needed"),
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
    "person.unsubscribed": N_("Promotional letters called off"),
    "person.session_ended": N_("Device signed out"),
    "person.sessions_ended": N_("Other devices signed out"),
    "person.second_factor_turned_on": N_("Second factor turned on"),
    "person.second_factor_turned_off": N_("Second factor turned off"),
    "person.second_factor_reset": N_("Second factor reset"),
    "person.recovery_codes_renewed": N_("Recovery codes made anew"),
    "person.recovery_code_used": N_("Recovery code used"),
    "acting.begun": N_("Began to act for a partner"),
    "acting.ended": N_("Stopped acting for a partner"),
    "company.changed": N_("Company's data changed"),
    "company.taken": N_("The partner has a manager"),
    "company.transferred": N_("The partner has another manager"),
    "company.noted": N_("Note for staff"),
    "company.blocked": N_("Access of the company closed"),
    "company.unblocked": N_("Access of the company opened again"),
    "discount.set": N_("Discount"),
    "discount.removed": N_("Discount taken away"),
    "discount.asked": N_("Discount past the limit asked for"),
    "discount.approved": N_("Discount past the limit approved"),
    "discount.declined": N_("Discount past the limit declined"),
    "cart.list_put": N_("List put into the cart"),
    "cart.repeated": N_("Order repeated"),
    "order_template.saved": N_("Order template saved"),
    "order_template.renamed": N_("Order template renamed"),
    "order_template.changed": N_("Order template changed"),
    "order_template.deleted": N_("Order template deleted"),
    "price_list.asked": N_("Price list asked for"),
    "price_list_token.created": N_("Address of the price list made"),
    "price_list_token.revoked": N_("Address of the price list revoked"),
    "own_code.kept": N_("Own codes of products kept"),
    "own_code.removed": N_("Own code of a product removed"),
    "answer_template.made": N_("Answer template made"),
    "answer_template.changed": N_("Answer template changed"),
    "answer_template.deleted": N_("Answer template deleted"),
    "ticket.opened": N_("Ticket opened"),
    "ticket.taken": N_("Ticket taken into work"),
    "ticket.assigned": N_("Ticket handed to a colleague"),
    "ticket.closed": N_("Ticket closed"),
    "ticket.reopened": N_("Ticket opened again"),
    "person.sign_in_throttled": N_("Too many attempts to sign in"),
    "person.signed_out_by_staff": N_("Signed out by an administrator"),
    "company.handed_over": N_("Manager changed"),
    "staff.changed": N_("Data of a member of staff changed"),
    "staff.absence_set": N_("Absence"),
    "staff.blocked": N_("Access of a member of staff blocked"),
    "staff.unblocked": N_("Access of a member of staff opened again"),
    "letter.retried": N_("Letter sent again"),
    "letter.settled": N_("Undelivered letter dealt with"),
    "letter.all_retried": N_("All failed letters sent again"),
    "event.run_again": N_("Event run again"),
    "event.all_run_again": N_("All failed events run again"),
    "setting.changed": N_("Settings changed"),
    "vat_rate.added": N_("VAT rate added"),
    "vat_rate.deleted": N_("VAT rate deleted"),
    "product.created": N_("Product put on sale"),
    "product.changed": N_("Product changed"),
    "product.discontinued": N_("Product discontinued"),
    "product.restored": N_("Product on sale again"),
    "product.picture_set": N_("Picture of a product"),
    "product.pictures_added": N_("Pictures of a product added"),
    "product.picture_moved": N_("Pictures of a product put in order"),
    "product.picture_removed": N_("Picture of a product removed"),
    "product.document_added": N_("Document of a product added"),
    "product.document_removed": N_("Document of a product removed"),
    "product.analogue_added": N_("Analogue of a product kept"),
    "product.analogue_removed": N_("Analogue of a product removed"),
    "product.stock_set": N_("Stock of a product"),
    "brand.created": N_("New brand"),
    "brand.changed": N_("Brand changed"),
    "brand.deleted": N_("Brand deleted"),
    "brand.merged": N_("Brand merged into another"),
    "brand.logo_set": N_("Logo of a brand"),
    "brand.logo_removed": N_("Logo of a brand removed"),
    "category.created": N_("New category"),
    "category.changed": N_("Category changed"),
    "category.deleted": N_("Category deleted"),
    "category.merged": N_("Category merged into another"),
    "warehouse.created": N_("New warehouse"),
    "warehouse.changed": N_("Warehouse changed"),
    "price_type.created": N_("New type of prices"),
    "price_type.changed": N_("Type of prices changed"),
    "price.set": N_("Price of a product"),
    "price.removed": N_("Later price taken back"),
    "exchange.connection_created": N_("New 1C connection"),
    "exchange.connection_changed": N_("1C connection changed"),
    "exchange.password_renewed": N_("New password of a 1C connection"),
    "exchange.price_types_set": N_("Types of prices of 1C"),
    "exchange.statuses_set": N_("Statuses of orders in 1C"),
    "exchange.sign_in_failed": N_("1C was refused"),
    "exchange.finished": N_("Exchange with 1C"),
    "exchange.held": N_("Exchange with 1C held back"),
    "exchange.agreed": N_("What 1C hides agreed to"),
    "exchange.refused": N_("What 1C hides refused"),
    "currency_rate.taken": N_("The bank's rate"),
    "currency_rate.held": N_("The bank's rate jumped"),
    "currency_rate.set": N_("Rate by hand"),
    "currency_rate.agreed": N_("Rate that jumped agreed to"),
    "currency_rate.refused": N_("Rate that jumped refused"),
    "currency_rate.failed": N_("The bank's rate could not be read"),
    "currency_rate.missed": N_("The bank's rate has not been read for long"),
    "currency_rate.terms_changed": N_("Reading of rates changed"),
    "import.begun": N_("Price list uploaded"),
    "import.applied": N_("Import applied"),
    "import.stopped": N_("Import stopped"),
    "import.undone": N_("Import undone"),
    "company.price_type_set": N_("Type of prices of the partner"),
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
