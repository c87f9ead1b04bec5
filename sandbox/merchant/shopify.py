"""The merchant's shop for customers abroad on Shopify: its listings, customers and orders."""

from dataclasses import dataclass

from pydantic import ConfigDict

from sandbox.merchant.catalog import Listing
from sandbox.merchant.orders import OrderSeed
from sandbox.merchant.reading import read


@dataclass(frozen=True, slots=True)
class ShopifyBuyer:
    """A customer; `customer_id` "": bought without an account. The phone with its country."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    key: str
    customer_id: str
    email: str
    name: str
    phone: str
    country: str
    city: str
    address: str

    @property
    def mobile(self) -> str:
        """The digits of the phone."""
        return "".join(letter for letter in self.phone if letter.isdecimal())


@dataclass(frozen=True, slots=True)
class LocationSeed:
    """A place where goods lie."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ShopifySeeds:
    """All of the shop; `listings` by the catalog's key, `untracked` those that nobody counts.

    `tags` are the merchant's own on an order.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    listings: dict[str, Listing]
    untracked: list[str]
    locations: list[LocationSeed]
    buyers: list[ShopifyBuyer]
    orders: list[OrderSeed]
    tags: dict[str, list[str]]


def load_shopify() -> ShopifySeeds:
    """The shop in the order of the file."""
    return read("shopify.yml", ShopifySeeds)
