"""The seeds of the fake Douyin as the contract of shops knows them."""

from datetime import timedelta

from desk.kernel.money import Fen
from desk.shops.port import BuyerId, ItemId, Order, OrderStatus, ParcelStatus, RefundStatus
from desk.shops.powers import Power
from sandbox.shops.douyin.credentials import DouyinKeys
from tests.contracts.cases.shape import ShopCase

_KEYS = DouyinKeys()

DOUYIN = ShopCase(
    platform="douyin",
    mount="/douyin",
    shop="douyin-main",
    name="抖音小店",
    credentials={
        "app_key": _KEYS.app_key,
        "app_secret": _KEYS.app_secret,
        "shop_id": _KEYS.shop_id,
    },
    powers=frozenset({Power.CHANGED_ORDERS, Power.TRACE, Power.TOKEN_END}),
    query="学步鞋",
    item=ItemId("douyin-main", "3672104588190040000"),
    sku=("粉色", "22"),
    available=8,
    price=Fen(16900),
    plain_item=ItemId("douyin-main", "3672104588190047819"),
    plain_available=132,
    order="6937480133650876051",
    order_status=OrderStatus.SHIPPED,
    order_age=timedelta(days=3.6),
    payment=Fen(16900 + 3900 * 2 - 1000 - 500),
    phone_tail="7401",
    buyer=BuyerId("douyin-main", "1@#Rk8dQ0aXw5tZ7cLmVb2pYg=="),
    recent=(),
    parcel=("中通快递", "78613044210957", ParcelStatus.IN_TRANSIT),
    newest_scan="【上海市】快件到达上海宝山集散点",
    part_shipped="6936802254719330518",
    part_parcels=("773318840296155",),
    unshipped="6938115502077193344",
    refunding=("6935913307266401945", RefundStatus.REQUESTED, Fen(89900)),
    refunded=("6931440087153628870", RefundStatus.REFUNDED, Fen(12400)),
    moving=("6937480133650876051", "5", OrderStatus.COMPLETED),
    settling=("7301248855019640833", "12", RefundStatus.REFUNDED),
    marked=("6938001264490015880", ("拼团",)),
    read_method="product.listV2",
    after_expiry=Order,
    counts_all_calls=True,
)
