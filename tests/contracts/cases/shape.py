"""What the contract of a shop is tried on: the known facts of one platform's seeds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from desk.kernel.errors import AuthExpired
from desk.kernel.money import Fen
from desk.shops.port import BuyerId, ItemId, Order, OrderStatus, ParcelStatus, RefundStatus
from desk.shops.powers import Power


@dataclass(frozen=True, slots=True)
class ShopCase:
    """One platform's known facts. Times are ages: how long before the sandbox's start.

    `buyer` None: the platform hides buyers. `phone_tail` None: it hides phones too. `moving` is an
    order and the platform's own word for the state that the control moves it to, with that state
    in the desk's words. `list_lag` is how long a change takes to show in the platform's lists.
    `after_expiry`: what asking for an order ends in after `expire_token`. `settling` is a refund's
    id, the platform's own word that the control moves it to, and that word in the desk's words,
    None where the seeds have no refund to move. `part_shipped` "": the platform has no such state.
    `tells_sending`: its orders say when they were sent. `marked`: an order and its marks.
    `counts_all_calls`: an app is granted so many calls a second, whatever it calls.
    """

    platform: str
    mount: str
    shop: str
    name: str
    credentials: Mapping[str, str] = field(repr=False)
    powers: frozenset[Power]
    query: str
    item: ItemId
    sku: tuple[str, ...]
    available: int
    price: Fen
    plain_item: ItemId
    plain_available: int
    order: str
    order_status: OrderStatus
    order_age: timedelta
    payment: Fen
    phone_tail: str | None
    buyer: BuyerId | None
    recent: tuple[str, ...]
    parcel: tuple[str, str, ParcelStatus]
    newest_scan: str
    part_shipped: str
    part_parcels: tuple[str, ...]
    unshipped: str
    refunding: tuple[str, RefundStatus, Fen]
    refunded: tuple[str, RefundStatus, Fen]
    moving: tuple[str, str, OrderStatus]
    read_method: str
    after_expiry: type[Order | AuthExpired]
    coupon: str = ""
    member: tuple[BuyerId, str, int | None] | None = None
    variants: int = 18
    list_lag: timedelta = timedelta(0)
    settling: tuple[str, str, RefundStatus] | None = None
    marked: tuple[str, tuple[str, ...]] | None = None
    counts_all_calls: bool = False
    tells_sending: bool = True
