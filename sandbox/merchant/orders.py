"""Order seeds: everything in days before the start, so that the house is fresh on any day."""

from dataclasses import dataclass, field

from pydantic import ConfigDict

from sandbox.merchant.reading import read

FORBID = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class LineSeed:
    """One line; `sku` is the variant's values joined by "/", `item` the product's key."""

    __pydantic_config__ = FORBID

    item: str
    sku: str
    num: int
    shipped: bool = True
    refund: str = ""


@dataclass(frozen=True, slots=True)
class ParcelSeed:
    """One parcel: carrier, waybill, kuaidi100-style `state`, scans as [days ago, text]."""

    __pydantic_config__ = FORBID

    company: str
    number: str
    state: int
    scans: list[tuple[float, str]]
    lines: list[int] | None = None


@dataclass(frozen=True, slots=True)
class RefundSeed:
    """One after-sales case; `fee` in fen, `money_back` days ago when the money really went back."""

    __pydantic_config__ = FORBID

    id: str
    line: int
    status: str
    fee: int
    reason: str
    created: float
    updated: float
    return_goods: bool
    reason_code: int = 0
    money_back: float | None = None


@dataclass(frozen=True, slots=True)
class OrderSeed:
    """One order; `discount` in fen for the whole order, `oid` of its first line.

    `kind` is the platform's own word for an order that is not an ordinary one.
    """

    __pydantic_config__ = FORBID

    number: str
    buyer: str
    status: str
    created: float
    oid: int
    lines: list[LineSeed]
    paid: float | None = None
    shipped: float | None = None
    success: float | None = None
    updated: float | None = None
    discount: int = 0
    close_type: int = 0
    refund_state: int = 0
    memo: str = ""
    message: str = ""
    kind: str = ""
    parcels: list[ParcelSeed] = field(default_factory=list)
    refunds: list[RefundSeed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Orders:
    """Both platforms' orders."""

    youzan: list[OrderSeed]
    tmall: list[OrderSeed]


def load_orders() -> Orders:
    """Both platforms' orders in the order of the file."""
    return read("orders.yml", Orders)
