"""The JD shop's seeds: listings, buyers and orders in one file."""

from dataclasses import dataclass

from pydantic import ConfigDict

from sandbox.merchant.catalog import Listing
from sandbox.merchant.orders import OrderSeed
from sandbox.merchant.reading import read


@dataclass(frozen=True, slots=True)
class JdBuyer:
    """A JD customer; `virtual` is the number JD shows in place of the true one, "" for none."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    key: str
    open_id: str
    pin: str
    name: str
    mobile: str
    province: str
    city: str
    county: str
    address: str
    virtual: str = ""


@dataclass(frozen=True, slots=True)
class JdSeeds:
    """Everything of the shop; `listings` by the product's key."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    listings: dict[str, Listing]
    buyers: list[JdBuyer]
    orders: list[OrderSeed]


def load_jd() -> JdSeeds:
    """The shop's seeds."""
    return read("jd.yml", JdSeeds)
