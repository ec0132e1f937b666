"""The form of a request that is dealt with."""

from app.threads.forms import LONGEST
from app.web.forms import Form


class WishForm(Form):
    """What to say to the partner, if anything; `key` is the form's."""

    names = frozenset({"text", "key"})

    def check(self) -> None:
        self.key = self.one_time_key()
        self.comment = self.text("text", limit=LONGEST)
