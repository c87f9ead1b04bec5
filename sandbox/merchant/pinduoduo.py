"""The merchant's shop on Pinduoduo: what is listed there, its buyers and orders."""

from dataclasses import dataclass

from pydantic import ConfigDict

from sandbox.merchant.catalog import Listing
from sandbox.merchant.orders import OrderSeed
from sandbox.merchant.reading import read

FORBID = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who an order goes to; the platform tells merchants nothing of it but masks."""

    __pydantic_config__ = FORBID

    key: str
    name: str
    mobile: str
    province: str
    city: str
    town: str
    address: str


@dataclass(frozen=True, slots=True)
class Seeds:
    """Listings by the catalog's key; an order's status is confirm/group/order: "1/1/2"."""

    __pydantic_config__ = FORBID

    listings: dict[str, Listing]
    buyers: list[Buyer]
    orders: list[OrderSeed]


def load_seeds() -> Seeds:
    """The whole file."""
    return read("pinduoduo.yml", Seeds)
