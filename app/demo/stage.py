"""What every part of the demo is made with."""

from dataclasses import dataclass

from app.demo.annals import Annals
from app.demo.days import Days
from app.demo.people import Cast
from app.demo.rows import Rows
from app.demo.shelves import Shop


@dataclass(frozen=True, slots=True)
class Stage:
    """Where rows are collected, what day it is, who is there, what is sold, and where events are noted."""

    rows: Rows
    days: Days
    cast: Cast
    shop: Shop
    annals: Annals
