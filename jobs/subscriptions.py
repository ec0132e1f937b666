"""Who hears of what: the whole map. An event with no line here is an error; it waits until there is one.

A letter is a template of templates/mail, what it is about (jobs/matters.py) and who reads it (jobs/readers.py).
"""

# long: a line for each event

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum

from app.history.models import Event
from jobs import approvals, attention, invitations, matters, partners, profiles, readers, registrations
from jobs.matters import Matter
from jobs.readers import Reader


class Shown(Enum):
    """Whose history an event stands in. What concerns no partner company is always for staff only."""

    PARTNER = "partner"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that an event causes."""

    template: str
    about: Callable[[Event], Awaitable[Matter]]
    to: Callable[[Matter], Awaitable[list[Reader]]]


@dataclass(frozen=True, slots=True)
class Hears:
    """What becomes of an event."""

    history: Shown
    letters: tuple[Letter, ...] = ()


def hears(history: Shown, *letters: Letter) -> Hears:
    """A line of the map."""
    return Hears(history, letters)


PARTNER, STAFF = Shown.PARTNER, Shown.STAFF
INTERNALLY = ":internal"  # a comment that partners must never hear of has a line of its own

INVITATION = (  # one of the two: to somebody new, or to an address that is known elsewhere
    Letter("invitation", invitations.matter, invitations.newcomer),
    Letter("invitation_known", invitations.matter, invitations.known),
    Letter("invitation_staff", invitations.matter, invitations.colleague),  # or to somebody who will work here
)

HANDOVER = Letter("order_handover", matters.handover, readers.colleague)

SECOND_FACTOR = Letter("second_factor", profiles.person, registrations.person)

SUBSCRIPTIONS: dict[str, Hears] = {
    "person.signed_in": hears(PARTNER),
    "person.signed_out": hears(PARTNER),
    "person.sign_in_failed": hears(PARTNER),
    "person.sign_in_throttled": hears(STAFF),
    "person.signed_out_by_staff": hears(PARTNER),
    "person.invited": hears(PARTNER, *INVITATION),
    "person.invited_again": hears(PARTNER, *INVITATION),
    "person.invitation_withdrawn": hears(PARTNER),
    "person.came_in": hears(PARTNER),
    "person.role_changed": hears(PARTNER),
    "person.blocked": hears(PARTNER),
    "person.unblocked": hears(PARTNER),
    "person.password_forgotten": hears(
        PARTNER, Letter("password_forgotten", registrations.forgotten, registrations.person)
    ),
    "person.password_changed": hears(
        PARTNER, Letter("password_changed", registrations.password_changed, registrations.person)
    ),
    "person.changed": hears(PARTNER),
    "person.login_changed": hears(PARTNER, Letter("login_changed", profiles.person, registrations.person)),
    "person.email_change_asked": hears(PARTNER, Letter("email_change_asked", profiles.person, registrations.person)),
    "person.email_link_made": hears(STAFF, Letter("email_change", profiles.new_address, profiles.at_new_address)),
    "person.email_changed": hears(PARTNER, Letter("email_changed", profiles.person, profiles.at_both_addresses)),
    "person.preferences_changed": hears(PARTNER),
    "person.second_factor_turned_on": hears(STAFF, SECOND_FACTOR),
    "person.second_factor_turned_off": hears(STAFF, SECOND_FACTOR),
    "person.second_factor_reset": hears(STAFF, Letter("second_factor", profiles.colleague, registrations.person)),
    "person.recovery_codes_renewed": hears(STAFF, SECOND_FACTOR),
    "person.recovery_code_used": hears(STAFF, SECOND_FACTOR),
    "acting.begun": hears(PARTNER),
    "acting.ended": hears(PARTNER),
    "person.unsubscribed": hears(PARTNER),
    "person.session_ended": hears(PARTNER),
    "person.sessions_ended": hears(PARTNER),
    "company.changed": hears(PARTNER, Letter("company_changed", profiles.company, profiles.own_manager)),
    "company.taken": hears(PARTNER, Letter("manager_changed", partners.for_partner, partners.people)),
    "company.transferred": hears(
        PARTNER,
        Letter("manager_changed", partners.for_partner, partners.people),
        Letter("partner_handed_over", partners.for_staff, partners.new_manager),
    ),
    "company.noted": hears(STAFF),
    "company.blocked": hears(STAFF),
    "company.unblocked": hears(STAFF),
    "discount.set": hears(PARTNER),
    "discount.removed": hears(PARTNER),
    "discount.asked": hears(STAFF, Letter("discount_asked", partners.to_approve, partners.administrators)),
    "discount.approved": hears(STAFF, Letter("discount_decided", partners.for_staff, partners.who_asked)),
    "discount.declined": hears(STAFF, Letter("discount_decided", partners.for_staff, partners.who_asked)),
    "registration.asked": hears(
        STAFF,
        Letter("registration_asked", registrations.asked, registrations.newcomer),
        Letter("registration_known", registrations.known, registrations.known_person),
    ),
    "registration.confirmed": hears(PARTNER, Letter("registration_arrived", registrations.arrived, readers.managers)),
    "registration.put_forward": hears(
        PARTNER,
        Letter("registration_put_forward", registrations.put_forward, registrations.owners),
        Letter("registration_put_forward", registrations.put_forward_to_staff, registrations.staff_for_owners),
    ),
    "registration.accepted": hears(
        PARTNER, Letter("registration_accepted", registrations.decided, registrations.applicant)
    ),
    "registration.declined": hears(
        PARTNER, Letter("registration_declined", registrations.decided, registrations.applicant)
    ),
    "presentation.sent": hears(
        PARTNER, Letter("presentation_sent", matters.sent_presentation, readers.presentation_readers)
    ),
    "presentation.scheduled": hears(STAFF),
    "presentation.recalled": hears(STAFF),
    "presentation.draft_discarded": hears(STAFF),
    "presentation.draft_claimed": hears(STAFF),
    "presentation.sending_failed": hears(
        STAFF, Letter("presentation_not_sent", matters.draft, readers.presentation_sender)
    ),
    "presentation.withdrawn": hears(
        PARTNER, Letter("presentation_withdrawn", matters.presentation, readers.presentation_readers)
    ),
    "presentation.reminded": hears(
        PARTNER, Letter("presentation_reminder", matters.sent_presentation, readers.presentation_not_ordered)
    ),
    "presentation.reminder_chosen": hears(STAFF),
    "presentation.opened": hears(PARTNER),
    "presentation.quantity_changed": hears(PARTNER),
    "presentation.extension_asked": hears(
        PARTNER, Letter("presentation_extension_asked", matters.presentation, readers.managers)
    ),
    "presentation.extension_settled": hears(STAFF),
    "presentation.approval_asked": hears(
        STAFF, Letter("presentation_approval_asked", approvals.matter, approvals.administrators)
    ),
    "presentation.approved": hears(STAFF, Letter("presentation_approval_decided", approvals.matter, approvals.author)),
    "presentation.declined": hears(STAFF, Letter("presentation_approval_decided", approvals.matter, approvals.author)),
    "presentation_template.saved": hears(STAFF),
    "presentation_template.changed": hears(STAFF),
    "presentation_template.deleted": hears(STAFF),
    "promo.sent": hears(STAFF),
    "promo.stopped": hears(STAFF),
    "promo.resumed": hears(STAFF),
    "promo.finished": hears(STAFF),
    "cart.line_put": hears(PARTNER),
    "cart.line_changed": hears(PARTNER),
    "cart.line_removed": hears(PARTNER),
    "cart.filled": hears(PARTNER),
    "cart.price_accepted": hears(PARTNER),
    "cart.list_put": hears(PARTNER),
    "cart.repeated": hears(PARTNER),
    "order_template.saved": hears(PARTNER),
    "order_template.renamed": hears(PARTNER),
    "order_template.changed": hears(PARTNER),
    "order_template.deleted": hears(PARTNER),
    "price_list.asked": hears(PARTNER),
    "price_list_token.created": hears(PARTNER),
    "price_list_token.revoked": hears(PARTNER),
    "own_code.kept": hears(PARTNER),
    "own_code.removed": hears(PARTNER),
    "order.placed": hears(
        PARTNER,
        Letter("order_placed", matters.placed_order, readers.buyer_and_contact),
        Letter("order_arrived", matters.placed_order, readers.managers),
    ),
    "order.claimed": hears(PARTNER, Letter("order_claimed", matters.order, readers.status_readers)),
    "order.status_changed": hears(PARTNER, Letter("order_status_changed", matters.order, readers.status_readers)),
    "order.lines_changed": hears(PARTNER, Letter("order_lines_changed", matters.order, readers.buyer_and_contact)),
    "order.merged": hears(PARTNER, Letter("order_merged", matters.order, readers.buyers_of_merged)),
    "order.merged_into": hears(PARTNER),
    "order.step_undone": hears(PARTNER, Letter("order_step_undone", matters.order, readers.status_readers)),
    "order.released": hears(
        PARTNER,
        Letter("order_released", matters.order, readers.status_readers),
        Letter("order_waits", matters.order, readers.other_managers),
    ),
    "order.handover_offered": hears(STAFF, HANDOVER),
    "order.handover_asked": hears(STAFF, HANDOVER),
    "order.handover_declined": hears(STAFF, HANDOVER),
    "order.handover_withdrawn": hears(STAFF, HANDOVER),
    "order.handed_over": hears(PARTNER, Letter("order_handed_over", matters.order, readers.status_readers), HANDOVER),
    "order.called": hears(STAFF),
    "order.papers_set": hears(PARTNER),
    "answer_template.made": hears(STAFF),
    "answer_template.changed": hears(STAFF),
    "answer_template.deleted": hears(STAFF),
    "ticket.opened": hears(PARTNER, Letter("ticket_opened", matters.comment, readers.managers)),
    "ticket.taken": hears(PARTNER),
    "ticket.assigned": hears(STAFF, Letter("ticket_assigned", matters.ticket, readers.new_ticket_manager)),
    "ticket.closed": hears(PARTNER, Letter("ticket_closed", matters.ticket, readers.ticket_writers_of_staff)),
    "ticket.reopened": hears(PARTNER),
    "price_type.created": hears(STAFF),
    "price_type.changed": hears(STAFF),
    "price.set": hears(STAFF),
    "price.removed": hears(STAFF),
    "exchange.connection_created": hears(STAFF),
    "exchange.connection_changed": hears(STAFF),
    "exchange.password_renewed": hears(STAFF),
    "exchange.price_types_set": hears(STAFF),
    "exchange.statuses_set": hears(STAFF),
    "exchange.sign_in_failed": hears(STAFF),
    "exchange.finished": hears(STAFF),
    "exchange.held": hears(STAFF, Letter("exchange_held", attention.exchange, attention.administrators)),
    "exchange.agreed": hears(STAFF),
    "exchange.refused": hears(STAFF),
    "currency_rate.taken": hears(STAFF),
    "currency_rate.held": hears(STAFF, Letter("rate_held", attention.rate, attention.administrators)),
    "currency_rate.set": hears(STAFF),
    "currency_rate.agreed": hears(STAFF),
    "currency_rate.refused": hears(STAFF),
    "currency_rate.failed": hears(STAFF),
    "currency_rate.missed": hears(STAFF, Letter("rate_missed", attention.rate, attention.administrators)),
    "currency_rate.terms_changed": hears(STAFF),
    "company.price_type_set": hears(STAFF),
    "import.begun": hears(STAFF),
    "import.applied": hears(STAFF),
    "import.stopped": hears(STAFF),
    "import.undone": hears(STAFF),
    "product.created": hears(STAFF),
    "product.changed": hears(STAFF),
    "product.discontinued": hears(STAFF),
    "product.restored": hears(STAFF),
    "product.picture_set": hears(STAFF),
    "product.pictures_added": hears(STAFF),
    "product.picture_moved": hears(STAFF),
    "product.picture_removed": hears(STAFF),
    "product.document_added": hears(STAFF),
    "product.document_removed": hears(STAFF),
    "product.analogue_added": hears(STAFF),
    "product.analogue_removed": hears(STAFF),
    "product.stock_set": hears(STAFF),
    "warehouse.created": hears(STAFF),
    "warehouse.changed": hears(STAFF),
    "brand.created": hears(STAFF),
    "brand.changed": hears(STAFF),
    "brand.deleted": hears(STAFF),
    "brand.merged": hears(STAFF),
    "brand.logo_set": hears(STAFF),
    "brand.logo_removed": hears(STAFF),
    "category.created": hears(STAFF),
    "category.changed": hears(STAFF),
    "category.deleted": hears(STAFF),
    "category.merged": hears(STAFF),
    "comment.added": hears(PARTNER, Letter("comment_added", matters.comment, readers.other_side)),
    "comment.added" + INTERNALLY: hears(STAFF),
    "comment.settled": hears(STAFF),
    "company.handed_over": hears(PARTNER),
    "staff.changed": hears(STAFF),
    "staff.absence_set": hears(STAFF),
    "staff.blocked": hears(STAFF),
    "staff.unblocked": hears(STAFF),
    "letter.retried": hears(STAFF),
    "letter.settled": hears(STAFF),
    "letter.all_retried": hears(STAFF),
    "event.run_again": hears(STAFF),
    "event.all_run_again": hears(STAFF),
    "setting.changed": hears(STAFF),
    "vat_rate.added": hears(STAFF),
    "vat_rate.deleted": hears(STAFF),
}


def subscription(event: Event) -> Hears:
    """What becomes of `event`; raises KeyError for one that is not on the map."""
    return SUBSCRIPTIONS[event.name + (INTERNALLY if event.data.get("internal") else "")]
