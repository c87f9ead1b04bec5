"""The merchant's shop in WeChat Store: its listings, buyers, orders and coupons."""

from dataclasses import dataclass

from pydantic import ConfigDict

from sandbox.merchant.catalog import Listing
from sandbox.merchant.orders import OrderSeed
from sandbox.merchant.reading import read


@dataclass(frozen=True, slots=True)
class WechatBuyer:
    """A buyer; `grade` 0: no member. `virtual`: the seller sees a number that expires."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    key: str
    openid: str
    unionid: str
    name: str
    mobile: str
    province: str
    city: str
    county: str
    address: str
    grade: int
    experience: int
    points: int
    virtual: bool = False


@dataclass(frozen=True, slots=True)
class WechatCoupon:
    """A coupon activity; `value` and `threshold` in fen."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    name: str
    value: int
    threshold: int


@dataclass(frozen=True, slots=True)
class HeldSeed:
    """A coupon in a buyer's pocket: taken and ending days before the start (minus: after it)."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    coupon: str
    buyer: str
    status: int
    taken: float
    ends: float


@dataclass(frozen=True, slots=True)
class WarehouseSeed:
    """A regional warehouse."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class WechatStoreSeeds:
    """All of the shop; `listings` by the catalog's key, `regional` those kept in warehouses.

    `presents` and `presales` are numbers of orders.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    listings: dict[str, Listing]
    warehouses: list[WarehouseSeed]
    regional: list[str]
    buyers: list[WechatBuyer]
    orders: list[OrderSeed]
    presents: list[str]
    presales: list[str]
    coupons: list[WechatCoupon]
    held: list[HeldSeed]


def load_wechat_store() -> WechatStoreSeeds:
    """The shop in the order of the file."""
    return read("wechat_store.yml", WechatStoreSeeds)
