"""What the history can be filtered by action: every action there is, in a group of its own kind and alone."""

import pytest

from app.history.kinds import FOR_STAFF, GROUPS, NAMES, actions_of, group_of, kinds
from app.history.words import WORDS
from jobs.subscriptions import SUBSCRIPTIONS, Shown


@pytest.mark.parametrize("action", sorted(WORDS))
def test_every_action_can_be_chosen(action: str) -> None:
    assert group_of(action) != "other", f"app/history/kinds.py: of which group is {action}?"
    assert action in NAMES, f"app/history/kinds.py: what is {action} called?"
    assert action in actions_of(group_of(action), staff=True)
    assert actions_of(action, staff=True) == (action,)


def test_nothing_else_can_be_chosen() -> None:
    assert set(NAMES) == set(WORDS)
    assert actions_of("weather", staff=True) == actions_of("", staff=True) == ()
    assert [group.code for group, _ in kinds(staff=True)] == [code for code in GROUPS if code != "other"]


def test_partners_choose_of_what_they_see() -> None:
    hidden = {action for action, hears in SUBSCRIPTIONS.items() if hears.history is Shown.STAFF and ":" not in action}
    assert hidden == FOR_STAFF
    assert all(actions_of(action, staff=False) == () for action in FOR_STAFF)
    assert not FOR_STAFF & set(actions_of("orders", staff=False))
