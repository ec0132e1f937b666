"""Ids in paths. Registered when `app.web` is first imported: before any feature builds its routes."""

from starlette.convertors import Convertor, register_url_convertor


class Id(Convertor[int]):
    """An id or number in a path: positive and within what the database holds, else there is no such page."""

    regex = "[1-9][0-9]{0,8}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("id", Id())
