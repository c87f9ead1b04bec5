"""The seeds of the fake Shopify as the contract of shops knows them."""

from datetime import timedelta

from desk.kernel.errors import AuthExpired
from desk.kernel.money import Fen
from desk.shops.port import BuyerId, ItemId, OrderStatus, ParcelStatus, RefundStatus
from desk.shops.powers import Power
from sandbox.shops.shopify.credentials import ShopifyKeys
from tests.contracts.cases.shape import ShopCase

_KEYS = ShopifyKeys()
_SHOP = "shopify-global"

SHOPIFY = ShopCase(
    platform="shopify",
    mount="/shopify",
    shop=_SHOP,
    name="海外站",
    credentials={
        "shop": _KEYS.shop,
        "access_token": _KEYS.access_token,
        "app_secret": _KEYS.app_secret,
        "stores": "徐家汇店",
    },
    powers=frozenset({Power.ORDERS_OF_BUYER, Power.CHANGED_ORDERS}),
    query="学步鞋",
    item=ItemId(_SHOP, "8810024471001"),
    sku=("粉色", "22"),
    available=4,
    price=Fen(16900),
    plain_item=ItemId(_SHOP, "8810024471313"),
    plain_available=23,
    order="10482",
    order_status=OrderStatus.SHIPPED,
    order_age=timedelta(days=4.1),
    payment=Fen(12800 + 5990 * 2 - 1200),
    phone_tail="5678",
    buyer=BuyerId(_SHOP, "7730115520041"),
    recent=("10482", "10377"),
    parcel=("中通快递", "78615590347220", ParcelStatus.IN_TRANSIT),
    newest_scan="",
    part_shipped="10490",
    part_parcels=("SF1412277305518",),
    unshipped="10495",
    refunding=("10441", RefundStatus.REFUNDING, Fen(25900)),
    refunded=("10433", RefundStatus.REFUNDED, Fen(16900)),
    moving=("10495", "PAID/FULFILLED", OrderStatus.SHIPPED),
    marked=("10497", ("预售",)),
    settling=("918820034471", "SUCCESS", RefundStatus.REFUNDED),
    read_method="products",
    after_expiry=AuthExpired,
)
