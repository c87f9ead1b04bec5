"""What coupons need from a store."""

from datetime import datetime
from typing import Protocol

from desk.coupons.model import Grant, GrantState
from desk.kernel.ids import CustomerId, GrantId


class GrantReader(Protocol):
    """What may be asked about grants."""

    async def of_customer(self, customer: CustomerId) -> tuple[Grant, ...]:
        """The grants of a person, newest first."""


class GrantStore(GrantReader, Protocol):
    """What may be written about grants."""

    async def add(self, grant: Grant) -> bool:
        """Store a new grant; False if (customer, policy, subject) has one."""

    async def get(self, grant: GrantId) -> Grant | None:
        """One grant."""

    async def settle(self, grant: GrantId, state: GrantState, code: str, at: datetime) -> bool:
        """Move a grant out of ASKED; False if it was settled before."""
