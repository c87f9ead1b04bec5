"""What the merchant sells on Douyin, to whom, and what became of it."""

from dataclasses import dataclass

from pydantic import ConfigDict

from sandbox.merchant.catalog import Listing
from sandbox.merchant.orders import OrderSeed
from sandbox.merchant.reading import read

FORBID = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class DouyinBuyer:
    """A buyer, known to the seller by `open_id`; `hides_phone`: the mask shows nothing of it."""

    __pydantic_config__ = FORBID

    key: str
    open_id: str
    nick: str
    name: str
    mobile: str
    province: str
    city: str
    town: str
    street: str
    address: str
    hides_phone: bool = False


@dataclass(frozen=True, slots=True)
class DouyinSeeds:
    """The whole shop; the maps go by order number or after-sale id, their amounts are in fen."""

    __pydantic_config__ = FORBID

    listings: dict[str, Listing]
    buyers: list[DouyinBuyer]
    orders: list[OrderSeed]
    pay_gifts: dict[str, int]
    kinds: dict[str, int]
    paid_back: dict[str, int]
    tags: dict[str, list[str]]
    trades: dict[str, int]
    foreign_waybills: list[str]


def load_douyin() -> DouyinSeeds:
    """The shop's seeds."""
    return read("douyin.yml", DouyinSeeds)
