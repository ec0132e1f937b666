"""What an entry is about, so that all that happened to one thing can be found."""

from collections.abc import Mapping
from typing import Any

SUBJECTS = ("order", "ticket", "presentation")  # an order placed from a presentation is about the order


def subject(data: Mapping[str, Any]) -> str:
    """«order:65» for an event's data; empty for what is about none of SUBJECTS."""
    return next((f"{kind}:{data[kind]}" for kind in SUBJECTS if data.get(kind)), "")
