"""What may be done about customers."""

from dataclasses import dataclass
from datetime import datetime

from desk.customers.model import Evidence
from desk.kernel.ids import CustomerId
from desk.shops.port import BuyerId, ItemId


@dataclass(frozen=True, slots=True)
class LinkBuyer:
    """Hold a customer to be a buyer. With `buyer` unknown to the platform, link the order only."""

    customer: CustomerId
    shop: str
    buyer: BuyerId | None
    order_no: str
    evidence: Evidence


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
