"""What every connected shop can be asked, and in which words it answers; powers.py has the rest."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from desk.kernel.money import Fen


@dataclass(frozen=True, slots=True)
class ItemId:
    """A product in one shop, by the platform's own number (always a string)."""

    shop: str
    item: str


def write_item(item: ItemId) -> str:
    """Write an item id in one text: `<shop>:<item>`."""
    return f"{item.shop}:{item.item}"


def read_item(text: str) -> ItemId:
    """Read an item id that was written so."""
    shop, _, item = text.partition(":")
    return ItemId(shop, item)


@dataclass(frozen=True, slots=True)
class BuyerId:
    """A buyer in one shop: yz_open_id, buyer_open_uid and the like; never a phone."""

    shop: str
    buyer: str


@dataclass(frozen=True, slots=True)
class Item:
    """A product on sale. Prices are the lowest and highest of its SKUs, in fen."""

    id: ItemId
    title: str
    price_low: Fen
    price_high: Fen
    url: str = ""


class PlaceKind(StrEnum):
    """Where pieces lie: a warehouse sends them, at a store they can be fetched too."""

    WAREHOUSE = "warehouse"
    STORE = "store"


@dataclass(frozen=True, slots=True)
class PlaceStock:
    """Pieces that can be sold at one place of a shop; `place` is the platform's own id of it."""

    place: str
    name: str
    kind: PlaceKind
    available: int


@dataclass(frozen=True, slots=True)
class SkuStock:
    """What can be sold of one SKU now: `available` pieces, holds of unpaid orders taken off.

    `properties` are name/value pairs as the shop shows them: (("颜色", "白色"), ("尺码", "22")).
    `places` tells where they lie, () where the platform knows one heap only.
    """

    item: ItemId
    sku: str
    properties: tuple[tuple[str, str], ...]
    available: int
    price: Fen
    places: tuple[PlaceStock, ...] = ()


class OrderStatus(StrEnum):
    """The common words for what platforms call forty different things."""

    PENDING = "pending"
    ON_HOLD = "on_hold"
    PAID = "paid"
    PART_SHIPPED = "part_shipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One product of an order; `price` is what was paid for all its pieces, in fen.

    `waits`: the shop says that this line is not sent, while others of the order may be.
    """

    item: ItemId
    sku: str
    title: str
    properties: tuple[tuple[str, str], ...]
    quantity: int
    price: Fen
    waits: bool = False


class RefundStatus(StrEnum):
    """Where a refund stands; money is back only on REFUNDED."""

    REQUESTED = "requested"
    SELLER_REFUSED = "seller_refused"
    WAIT_BUYER_RETURN = "wait_buyer_return"
    RETURNED = "returned"
    REFUNDING = "refunding"
    REFUNDED = "refunded"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Refund:
    """A refund of an order or of a part of it; `amount` in fen.

    An exchange is one too: it never becomes REFUNDED, as no money goes back.
    """

    id: str
    status: RefundStatus
    amount: Fen
    updated_at: datetime
    exchanges: bool = False


NOT_KEPT = {"kept": False}
"""Marks a field that caches of answers leave out."""


@dataclass(frozen=True, slots=True)
class Order:
    """An order as the shop knows it. Times are aware UTC; `payment` in fen.

    `buyer` is None where the platform hides it. `phone_tail` is the last four digits of the
    receiver's phone, None where the platform does not even show these. `updated_at` is when the
    platform changed it last, None where it does not say. `unionid` is the buyer's id across
    WeChat, "" elsewhere. `marks` are the platform's or the seller's own tags (拼团, 预售).

    `raw` is the platform's answer (JSON) without receivers in plain text, "" in answers from
    memory; it is for the book of orders, not for logs.
    """

    shop: str
    number: str
    status: OrderStatus
    buyer: BuyerId | None
    phone_tail: str | None
    created_at: datetime
    paid_at: datetime | None
    shipped_at: datetime | None
    payment: Fen
    lines: tuple[OrderLine, ...]
    refunds: tuple[Refund, ...] = ()
    updated_at: datetime | None = None
    unionid: str = ""
    marks: tuple[str, ...] = ()
    raw: str = field(default="", repr=False, compare=False, metadata=NOT_KEPT)


class ParcelStatus(StrEnum):
    """Where a parcel is."""

    PICKED_UP = "picked_up"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    EXCEPTION = "exception"
    RETURNING = "returning"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Scan:
    """One line of a parcel's way."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel of an order; scans newest first, empty where nothing is known yet."""

    carrier: str
    tracking_no: str
    status: ParcelStatus
    scans: tuple[Scan, ...]


class Shop(Protocol):
    """A shop on a platform.

    Every method may raise `Unavailable`, `AuthExpired` or `Refused` (desk.kernel.errors);
    None and () mean "there is none", never "it failed".
    """

    @property
    def id(self) -> str:
        """The merchant's id of this shop, as in SHOPS_FILE."""

    @property
    def name(self) -> str:
        """What people call it: 天猫旗舰店."""

    async def find_items(self, query: str) -> tuple[Item, ...]:
        """Products on sale whose title holds the query, best first; all of them for ""."""

    async def stock(self, item: ItemId) -> tuple[SkuStock, ...]:
        """Stock and price of each SKU of a product."""

    async def order(self, order_no: str) -> Order | None:
        """An order by its number."""

    async def parcels(self, order_no: str) -> tuple[Parcel, ...]:
        """The parcels of an order."""
