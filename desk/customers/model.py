"""A customer and the buyers that we know them to be."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.kernel.ids import CustomerId
from desk.shops.port import BuyerId, ItemId


class Evidence(StrEnum):
    """Why we believe that a customer is a buyer."""

    PLATFORM_BRIDGE = "platform_bridge"
    """The platform itself maps the WeCom customer to the buyer."""
    ORDER_AND_PHONE = "order_and_phone"
    """The customer knew an order number and the last four digits of its phone."""


@dataclass(frozen=True, slots=True)
class Link:
    """A proven link from a customer to a buyer of one shop."""

    buyer: BuyerId
    evidence: Evidence
    linked_at: datetime


@dataclass(frozen=True, slots=True)
class ViewedItem:
    """A product the customer looked at; `title` as it was then."""

    item: ItemId
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProvenOrder:
    """An order the customer proved to be theirs on a platform that hides its buyers."""

    shop: str
    order_no: str


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer with what is known of them."""

    id: CustomerId
    external_userid: str
    nickname: str
    links: tuple[Link, ...]
    viewed: tuple[ViewedItem, ...]
    proven_orders: tuple[ProvenOrder, ...]
    asked_not_to_push: bool
    since: datetime | None = None
    """When they first wrote; None where that is not known."""

    @property
    def buyers(self) -> tuple[BuyerId, ...]:
        """The buyers this customer is proven to be."""
        return tuple(link.buyer for link in self.links)
