"""What customers need from a store."""

from datetime import datetime
from typing import Protocol

from desk.customers.model import Customer, Link, ProvenOrder, ViewedItem
from desk.kernel.ids import CustomerId


class CustomerReader(Protocol):
    """What may be asked about customers."""

    async def get(self, customer: CustomerId) -> Customer | None:
        """A customer with links, the ten last viewed products (newest first), proven orders."""

    async def by_external_userid(self, external_userid: str) -> Customer | None:
        """A customer by WeCom's id."""

    async def by_buyer(self, shop: str, buyer: str) -> Customer | None:
        """The customer who is proven to be this buyer."""

    async def by_nickname(self, nickname: str, limit: int) -> tuple[Customer, ...]:
        """Customers of a nickname: just this one first, then those that begin with it or hold it.

        Within each kind the one heard last comes first; upper and lower case count the same.
        """

    async def failed_attempts(
        self, customer: CustomerId, order_no: str, since: datetime
    ) -> tuple[int, int, int]:
        """Failed proofs since then: by this customer, on this order, by everybody."""


class CustomerStore(CustomerReader, Protocol):
    """What may be written about customers."""

    async def name(self, customer: CustomerId, nickname: str) -> None:
        """Note the nickname."""

    async def link(self, customer: CustomerId, link: Link) -> bool:
        """Link a buyer; False if that buyer is already linked to somebody else."""

    async def prove_order(self, customer: CustomerId, order: ProvenOrder, at: datetime) -> None:
        """Note an order that the customer proved."""

    async def count_attempt(
        self, customer: CustomerId, order_no: str, at: datetime, *, succeeded: bool
    ) -> None:
        """Count a try to prove an order."""

    async def view(self, customer: CustomerId, viewed: ViewedItem) -> None:
        """Note a viewed product (a later view of the same product replaces the earlier)."""

    async def stop_pushes(self, customer: CustomerId, at: datetime, *, on: bool) -> None:
        """Note whether the customer wants pushes."""
