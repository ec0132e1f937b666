"""What the letters are called, by their templates."""

from app.i18n import N_, gettext

KINDS = {
    "comment_added": N_("Comment"),
    "company_changed": N_("Company's data changed"),
    "discount_asked": N_("Discount past the limit, to administrators"),
    "discount_decided": N_("Decision on a discount"),
    "email_change": N_("Confirmation of an e-mail address"),
    "email_change_asked": N_("Another e-mail address asked for"),
    "email_changed": N_("E-mail address changed"),
    "exchange_held": N_("Exchange with 1C held back, to administrators"),
    "invitation": N_("Invitation"),
    "invitation_known": N_("Invitation of a known address"),
    "invitation_staff": N_("Invitation to the staff"),
    "login_changed": N_("Login changed"),
    "manager_changed": N_("Another manager"),
    "order_arrived": N_("New order, to managers"),
    "order_claimed": N_("Order taken into work"),
    "order_handed_over": N_("Order handed over, to the partner"),
    "order_handover": N_("Hand-over of an order, to colleagues"),
    "order_lines_changed": N_("Order changed"),
    "order_merged": N_("Orders merged"),
    "order_placed": N_("Order placed"),
    "order_released": N_("Order put back into the queue"),
    "order_status_changed": N_("Status of an order"),
    "order_step_undone": N_("Step undone"),
    "order_waits": N_("Order in the queue again, to managers"),
    "partner_handed_over": N_("Partner handed over, to the manager"),
    "password_changed": N_("Password changed"),
    "password_forgotten": N_("Link to a new password"),
    "presentation_approval_asked": N_("Approval of a presentation asked for"),
    "presentation_approval_decided": N_("Decision on a presentation"),
    "presentation_extension_asked": N_("Extension asked for"),
    "presentation_not_sent": N_("Presentation not sent at its time"),
    "presentation_reminder": N_("Reminder of a presentation"),
    "presentation_sent": N_("Presentation"),
    "presentation_withdrawn": N_("Presentation withdrawn"),
    "rate_held": N_("The bank's rate jumped, to administrators"),
    "rate_missed": N_("The bank's rate is not read, to administrators"),
    "registration_accepted": N_("Registration accepted"),
    "registration_arrived": N_("New registration, to managers"),
    "registration_asked": N_("Confirmation of a registration"),
    "registration_declined": N_("Registration declined"),
    "registration_known": N_("Registration of a known address"),
    "registration_put_forward": N_("Somebody asks for access"),
    "second_factor": N_("Second factor"),
    "ticket_assigned": N_("Ticket handed to a colleague"),
    "ticket_closed": N_("Ticket closed"),
    "ticket_opened": N_("Ticket opened"),
}


def kind(template: str) -> str:
    """The name of a kind of letters in the current language; of one that has none, its template's."""
    return gettext(KINDS[template]) if template in KINDS else template.replace("_", " ")
