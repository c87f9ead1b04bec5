"""Suggestions: what weak evidence hints at, for a member of staff to accept or decline."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.customers.model import Evidence, Name
from desk.kernel.ids import CustomerId

CUSTOMER = "customer"
"""The namespace of a suggestion's `like` that is a customer of ours, by its id."""


class SuggestionState(StrEnum):
    """What the staff made of it."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`customer` may be the same person as `like`: a buyer's name, or another customer.

    `about` is the order number that it comes from, "" where there is none. `number` is what staff
    call it by; 0 until it is stored. `by` is who settled it, "" while it is open.
    """

    customer: CustomerId
    like: Name
    evidence: Evidence
    about: str
    at: datetime
    number: int = 0
    state: SuggestionState = SuggestionState.OPEN
    by: str = ""
