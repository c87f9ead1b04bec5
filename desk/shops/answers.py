"""An answer says who gave it, how old it is, and, where there is none, why not."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Generic, Self, TypeVar

from desk.kernel.errors import AuthExpired, DeskError, Refused

T = TypeVar("T")


class AnswerState(StrEnum):
    """How much an answer can be relied on."""

    FRESH = "fresh"
    STALE = "stale"
    UNREACHABLE = "unreachable"


class Why(StrEnum):
    """Why a shop gave no fresh answer; the first helps itself, the others need a person."""

    UNAVAILABLE = "unavailable"
    AUTH_EXPIRED = "auth_expired"
    REFUSED = "refused"

    @classmethod
    def of(cls, error: DeskError) -> Self:
        """Name the kind of an edge's error."""
        if isinstance(error, AuthExpired):
            return cls("auth_expired")
        return cls("refused" if isinstance(error, Refused) else "unavailable")


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What one shop answered.

    FRESH: `value` was given just now. STALE: the shop did not answer, `value` is what it said at
    `as_of` (aware UTC). UNREACHABLE: nothing is known, `value` is None. `why` is set on the last
    two. `shop` is "" in the one answer that speaks for all shops (an order nobody has).
    """

    shop: str
    shop_name: str
    state: AnswerState
    value: T | None
    as_of: datetime | None = None
    why: Why | None = None

    @property
    def is_known(self) -> bool:
        """Tell whether there is a value, fresh or old (the value may be "there is none")."""
        return self.state is not AnswerState.UNREACHABLE

    def age(self, now: datetime) -> timedelta:
        """How old the value is; zero where there is none."""
        return now - self.as_of if self.as_of is not None else timedelta()
