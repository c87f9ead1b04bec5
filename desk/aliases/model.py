"""A name that was taught, and a pick that a customer made."""

from dataclasses import dataclass
from datetime import datetime

from desk.kernel.ids import CustomerId
from desk.shops.port import ItemId

LONGEST_WORDING = 20
"""Longer words are a sentence, and no name for anything."""


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that staff taught: `meaning` are words of titles, or a shop's item.

    `by` is the userid of who taught it.
    """

    name: str
    meaning: str | ItemId
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Pick:
    """What a customer meant by a wording when we asked, last; `meant` False: said not to."""

    customer: CustomerId
    wording: str
    item: ItemId
    meant: bool
    at: datetime
