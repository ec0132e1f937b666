"""An absence as its two doors take it: an administrator's, and one's own."""

from app.accounts.models import Person
from app.accounts.user import User
from app.administration.staff_actions import NoSubstitute, set_absence
from app.administration.staff_forms import AbsenceForm
from app.web.replies import explain


async def keep(person: Person, form: AbsenceForm, *, by: User) -> bool:
    """Keeps what the form says; False when something is wrong, which the form tells then."""
    if not form.valid:
        return False
    try:
        await set_absence(person, form.first, form.last, form.substitute, by=by)
    except NoSubstitute as problem:
        form.errors["substitute"] = explain(problem)
    return form.valid
