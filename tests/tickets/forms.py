"""What the forms of tickets send."""

from typing import Any

from app.tokens import new_secret


def ticket(**fields: str) -> dict[str, str]:
    """A new ticket."""
    values = {"topic": "question", "subject": "Прайс на декабрь", "text": "Когда он будет?"}
    return {"key": new_secret(), **values, **fields}


def said(text: str = "В пятницу", **fields: str) -> dict[str, str]:
    """A message."""
    return {"text": text, "key": new_secret(), **fields}


def attached(*files: tuple[str, bytes], kind: str = "application/octet-stream") -> list[tuple[str, Any]]:
    """Files as a browser sends them in the field of a form."""
    return [("files", (name, content, kind)) for name, content in files]
