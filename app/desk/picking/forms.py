"""Which orders a picking list is made of."""

import re

from app.web.forms import Form


class PickingForm(Form):
    """The ticked orders of a list: n2065 for № 2065."""

    patterns = (r"n[1-9][0-9]{0,8}",)

    def check(self) -> None:
        self.numbers = sorted(int(name[1:]) for name in self.typed if re.fullmatch("n[0-9]+", name, re.ASCII))
