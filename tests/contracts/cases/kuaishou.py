"""The seeds of the fake Kuaishou as the contract of shops knows them."""

from datetime import timedelta

from desk.kernel.money import Fen
from desk.shops.port import BuyerId, ItemId, Order, OrderStatus, ParcelStatus, RefundStatus
from desk.shops.powers import Power
from sandbox.shops.kuaishou.credentials import Credentials
from tests.contracts.cases.shape import ShopCase

_KEYS = Credentials()

KUAISHOU = ShopCase(
    platform="kuaishou",
    mount="/kuaishou",
    shop="kuaishou-main",
    name="快手小店",
    credentials={
        "app_key": _KEYS.app_key,
        "app_secret": _KEYS.app_secret,
        "sign_secret": _KEYS.sign_secret,
        "refresh_token": _KEYS.refresh_token,
    },
    powers=frozenset({Power.CHANGED_ORDERS, Power.TOKEN_END}),
    query="学步鞋",
    item=ItemId("kuaishou-main", "20476831000000"),
    sku=("粉色", "22"),
    available=9,
    price=Fen(16900),
    plain_item=ItemId("kuaishou-main", "20476831007819"),
    plain_available=38,
    order="2532401187650913",
    order_status=OrderStatus.SHIPPED,
    order_age=timedelta(days=2.4),
    payment=Fen(29800 * 2 - 2000),
    phone_tail="7716",
    buyer=BuyerId("kuaishou-main", "f1a7c3d95e60824b7710ce3a"),
    recent=("2532401187650913", "2529300944718266"),
    parcel=("圆通速递", "YT7518830264417", ParcelStatus.UNKNOWN),
    newest_scan="",
    part_shipped="",
    part_parcels=(),
    unshipped="2532508816302754",
    refunding=("2532013350067724", RefundStatus.REQUESTED, Fen(19900)),
    refunded=("2530812209463371", RefundStatus.REFUNDED, Fen(45900)),
    moving=("2532401187650913", "70", OrderStatus.COMPLETED),
    read_method="open.item.list.get",
    after_expiry=Order,
    settling=("2532013350067724001", "60", RefundStatus.REFUNDED),
)
