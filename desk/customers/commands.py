"""What may be done about customers."""

from dataclasses import dataclass
from datetime import datetime

from desk.customers.model import Evidence, Name
from desk.kernel.ids import ConversationId, CustomerId
from desk.shops.port import BuyerId, ItemId


@dataclass(frozen=True, slots=True)
class LinkName:
    """Hold a name to be a customer's, on strong evidence.

    Where another customer owns the name, the two are one person and are merged, unless staff keep
    them apart.
    """

    customer: CustomerId
    name: Name
    evidence: Evidence
    by: str = ""


@dataclass(frozen=True, slots=True)
class NoteBuyer:
    """A shop names the unionid of a buyer: whoever has it in the chat is that buyer."""

    buyer: BuyerId
    unionid: str


@dataclass(frozen=True, slots=True)
class ProveOrder:
    """Open an order in a conversation for a while, and note that its buyer may be the customer.

    `buyer` is None where the platform hides it.
    """

    customer: CustomerId
    conversation: ConversationId
    shop: str
    order_no: str
    buyer: BuyerId | None


@dataclass(frozen=True, slots=True)
class NotePhone:
    """The customer wrote a telephone number; `phone` is its keyed hash, never the number."""

    customer: CustomerId
    phone: str


@dataclass(frozen=True, slots=True)
class CountLinkAttempt:
    """Count a try to prove an order; failures are limited per customer, per order and overall."""

    customer: CustomerId
    order_no: str
    succeeded: bool


@dataclass(frozen=True, slots=True)
class RecordView:
    """A customer looked at a product (entered from its page, or sent its card)."""

    customer: CustomerId
    item: ItemId
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StopPushes:
    """The customer wants no more pushes (or, with on=False, takes that back)."""

    customer: CustomerId
    on: bool = True


@dataclass(frozen=True, slots=True)
class MergeCustomers:
    """`one` and `other` are the same person; `by` is the userid who says so."""

    one: CustomerId
    other: CustomerId
    by: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class UnmergeCustomer:
    """Split a customer off the person it was merged into."""

    customer: CustomerId
    by: str


@dataclass(frozen=True, slots=True)
class KeepApart:
    """`one` and `other` are not the same person, and shall not be merged."""

    one: CustomerId
    other: CustomerId
    by: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class AllowMerging:
    """Nobody of the one person is kept apart from anybody of the other any more."""

    one: CustomerId
    other: CustomerId
    by: str


@dataclass(frozen=True, slots=True)
class AcceptSuggestion:
    """They are one person, as suggested."""

    number: int
    by: str


@dataclass(frozen=True, slots=True)
class DeclineSuggestion:
    """They are not one person, whatever was suggested."""

    number: int
    by: str


AboutKinship = (
    AcceptSuggestion
    | AllowMerging
    | DeclineSuggestion
    | KeepApart
    | MergeCustomers
    | UnmergeCustomer
)
"""What staff say about who is who."""

CustomerCommand = (
    AboutKinship
    | CountLinkAttempt
    | LinkName
    | NoteBuyer
    | NotePhone
    | ProveOrder
    | RecordView
    | StopPushes
)
