"""What the history calls each action, and the things that it was done to, in the reader's language."""

import json

from app.history.words import (
    acting,
    administration,
    answer_templates,
    cart,
    comments,
    exchange,
    exports,
    goods,
    imports,
    invited,
    orders,
    own_codes,
    partners,
    people,
    presentations,
    prices,
    profile,
    registrations,
    repeats,
    second_factor,
    tickets,
)
from app.history.words.things import Data, Thing, Vocabulary, Words

__all__ = ["WORDS", "Thing", "Words", "words"]

WORDS: Vocabulary = {
    **people.WORDS,
    **second_factor.WORDS,
    **acting.WORDS,
    **invited.WORDS,
    **registrations.WORDS,
    **profile.WORDS,
    **presentations.WORDS,
    **cart.WORDS,
    **repeats.WORDS,
    **exports.WORDS,
    **own_codes.WORDS,
    **partners.WORDS,
    **orders.WORDS,
    **comments.WORDS,
    **tickets.WORDS,
    **administration.WORDS,
    **goods.WORDS,
    **imports.WORDS,
    **prices.WORDS,
    **answer_templates.WORDS,
    **exchange.WORDS,
    **exchange.FOR_PARTNERS,
}


def words(action: str, data: str | Data) -> Words:
    """The words for an entry; `data` is the event's, as JSON or read. Raises KeyError for an unknown action."""
    return WORDS[action](json.loads(data) if isinstance(data, str) else data)
