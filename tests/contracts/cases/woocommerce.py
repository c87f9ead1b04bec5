"""The seeds of the fake WooCommerce as the contract of shops knows them."""

from datetime import timedelta

from desk.kernel.errors import AuthExpired
from desk.kernel.money import Fen
from desk.shops.port import BuyerId, ItemId, OrderStatus, ParcelStatus, RefundStatus
from desk.shops.powers import Power
from sandbox.shops.woocommerce.credentials import WooCommerceKeys
from tests.contracts.cases.shape import ShopCase

_KEYS = WooCommerceKeys()
_SHOP = "woo-site"

WOOCOMMERCE = ShopCase(
    platform="woocommerce",
    mount="/woocommerce",
    shop=_SHOP,
    name="独立站",
    credentials={
        "consumer_key": _KEYS.consumer_key,
        "consumer_secret": _KEYS.consumer_secret,
        "webhook_secret": _KEYS.webhook_secret,
    },
    powers=frozenset({Power.ORDERS_OF_BUYER, Power.CHANGED_ORDERS}),
    query="学步鞋",
    item=ItemId(_SHOP, "412"),
    sku=("粉色", "22"),
    available=9,
    price=Fen(16900),
    plain_item=ItemId(_SHOP, "475"),
    plain_available=44,
    order="58231",
    order_status=OrderStatus.SHIPPED,
    order_age=timedelta(days=4.6),
    payment=Fen(12800 + 5990 * 2 - 1000),
    phone_tail="5678",
    buyer=BuyerId(_SHOP, "31"),
    recent=("58231", "57904"),
    parcel=("中通快递", "78614025570316", ParcelStatus.UNKNOWN),
    newest_scan="",
    part_shipped="",
    part_parcels=(),
    unshipped="58247",
    refunding=("58102", RefundStatus.REFUNDING, Fen(5000)),
    refunded=("58077", RefundStatus.REFUNDED, Fen(16900)),
    moving=("58247", "completed", OrderStatus.COMPLETED),
    marked=("58251", ("货到付款",)),
    read_method="products",
    after_expiry=AuthExpired,
)
