"""What the letters are called, by their templates."""

from app.i18n import N_, gettext

KINDS = {
    "comment_added": N_("Comment"),
    "company_changed": N_("Company's data changed"),
    "email_change": N_("Confirmation of an e-mail address"),
    "email_change_asked": N_("Another e-mail address asked for"),
    "email_changed": N_("E-mail address changed"),
    "invitation": N_("Invitation"),
    "invitation_known": N_("Invitation of a known address"),
    "invitation_staff": N_("Invitation to the staff"),
    "login_changed": N_("Login changed"),
    "order_arrived": N_("New order, to managers"),
    "order_claimed": N_("Order taken into work"),
    "order_placed": N_("Order placed"),
    "order_status_changed": N_("Status of an order"),
    "password_changed": N_("Password changed"),
    "password_forgotten": N_("Link to a new password"),
    "presentation_extension_asked": N_("Extension asked for"),
    "presentation_sent": N_("Presentation"),
    "registration_accepted": N_("Registration accepted"),
    "registration_arrived": N_("New registration, to managers"),
    "registration_asked": N_("Confirmation of a registration"),
    "registration_declined": N_("Registration declined"),
    "registration_known": N_("Registration of a known address"),
    "registration_put_forward": N_("Somebody asks for access"),
    "ticket_closed": N_("Ticket closed"),
    "ticket_opened": N_("Ticket opened"),
}


def kind(template: str) -> str:
    """The name of a kind of letters in the current language; of one that has none, its template's."""
    return gettext(KINDS[template]) if template in KINDS else template.replace("_", " ")
