"""What customers need from a store."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Protocol

from desk.customers.kinship import Apart, Kin, Merge
from desk.customers.model import Customer, Identity, Name, ProvenOrder, ViewedItem
from desk.customers.suggestions import Suggestion, SuggestionState
from desk.kernel.ids import CustomerId
from desk.shops.port import BuyerId


class CustomerReader(Protocol):
    """What may be asked about customers."""

    async def get(self, customer: CustomerId) -> Customer | None:
        """A customer with all that is known of the person (newest ten views, newest proofs)."""

    async def by_external_userid(self, external_userid: str) -> Customer | None:
        """A customer by WeCom's id."""

    async def by_buyer(self, shop: str, buyer: str) -> Customer | None:
        """The customer who is held to be this buyer."""

    async def by_nickname(self, nickname: str, limit: int) -> tuple[Customer, ...]:
        """Customers of a nickname: just this one first, then those that begin with it or hold it.

        Within each kind the one heard last comes first; upper and lower case count the same.
        """

    async def failed_attempts(
        self, customer: CustomerId, order_no: str, since: datetime
    ) -> tuple[int, int, int]:
        """Failed proofs since then: by this person, on this order, by everybody."""

    async def are_kept_apart(self, one: CustomerId, other: CustomerId) -> bool:
        """Tell whether staff keep apart anybody of the one person from anybody of the other."""

    async def suggestions(self, customer: CustomerId, limit: int) -> tuple[Suggestion, ...]:
        """The open suggestions about a person, oldest first."""


class CustomerStore(CustomerReader, Protocol):
    """What may be written about customers."""

    async def name(self, customer: CustomerId, nickname: str) -> None:
        """Note the nickname."""

    async def link(self, customer: CustomerId, identity: Identity) -> CustomerId:
        """Give a name to a customer unless somebody owns it; whose it is now."""

    async def owner(self, name: Name) -> CustomerId | None:
        """Whose a name is."""

    async def buyers_of(self, unionid: str) -> tuple[BuyerId, ...]:
        """The buyers whose orders carry this unionid."""

    async def open_buyer(self, customer: CustomerId, identity: Identity) -> CustomerId:
        """Open a customer for a name of whom nobody knows who it is; whose the name is now."""

    async def prove_order(self, customer: CustomerId, order: ProvenOrder, at: datetime) -> None:
        """Note an order that was proven; a later proof of the same holds longer."""

    async def note_phone(
        self, customer: CustomerId, phone: str, at: datetime
    ) -> tuple[CustomerId, ...]:
        """Note the hash of a telephone number; others who wrote the same, longest known first."""

    async def count_attempt(
        self, customer: CustomerId, order_no: str, at: datetime, *, succeeded: bool
    ) -> None:
        """Count a try to prove an order."""

    async def view(self, customer: CustomerId, viewed: ViewedItem) -> None:
        """Note a viewed product (a later view of the same product replaces the earlier)."""

    async def stop_pushes(self, customer: CustomerId, at: datetime, *, on: bool) -> None:
        """Note whether the customer wants pushes."""


class KinshipStore(Protocol):
    """What is written about which customers are one person."""

    async def lock(self) -> None:
        """Let nobody else merge, split or keep apart until this transaction ends."""

    async def kin(self, customer: CustomerId) -> Kin:
        """The person of a customer."""

    async def standing(self, kin: Kin) -> tuple[Merge, ...]:
        """The merges of a person that were not undone, oldest first."""

    async def merge(self, merge: Merge) -> None:
        """Write a merge down and point the child at the parent."""

    async def undo(self, merge: Merge, by: str, at: datetime) -> None:
        """Mark a merge as undone and let go of the parent."""

    async def apart(
        self, some: AbstractSet[CustomerId], others: AbstractSet[CustomerId]
    ) -> Apart | None:
        """A pair that staff keep apart, one of some and one of the others; None where none is."""

    async def keep_apart(self, apart: Apart) -> None:
        """Write down that two are not one person (once)."""

    async def lift(
        self,
        some: AbstractSet[CustomerId],
        others: AbstractSet[CustomerId],
        by: str,
        at: datetime,
    ) -> int:
        """Take back that any of some are kept apart from any of the others; how many pairs."""

    async def suggest(self, suggestion: Suggestion) -> bool:
        """Note a suggestion; False where the same was made before, whatever became of it."""

    async def suggestion(self, number: int) -> Suggestion | None:
        """One suggestion."""

    async def settle(self, number: int, state: SuggestionState, by: str, at: datetime) -> None:
        """Note what the staff made of a suggestion."""
