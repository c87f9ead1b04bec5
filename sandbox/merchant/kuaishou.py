"""The Kuaishou shop's seeds: listings, buyers and orders in one file."""

from dataclasses import dataclass

from pydantic import ConfigDict

from sandbox.merchant.catalog import Listing
from sandbox.merchant.orders import OrderSeed
from sandbox.merchant.reading import read


@dataclass(frozen=True, slots=True)
class KuaishouBuyer:
    """A buyer; the seller knows the `open_id` only."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    key: str
    open_id: str
    nick: str
    name: str
    mobile: str
    province: str
    city: str
    district: str
    address: str


@dataclass(frozen=True, slots=True)
class KuaishouSeeds:
    """Everything of the shop; `listings` by the product's key."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    listings: dict[str, Listing]
    buyers: list[KuaishouBuyer]
    orders: list[OrderSeed]


def load_kuaishou() -> KuaishouSeeds:
    """The shop's seeds."""
    return read("kuaishou.yml", KuaishouSeeds)
