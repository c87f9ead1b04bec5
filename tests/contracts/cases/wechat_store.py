"""The seeds of the fake WeChat Store as the contract of shops knows them."""

from datetime import timedelta

from desk.kernel.money import Fen
from desk.shops.port import BuyerId, ItemId, Order, OrderStatus, ParcelStatus, RefundStatus
from desk.shops.powers import Power
from sandbox.shops.wechat_store.credentials import WechatStoreKeys
from tests.contracts.cases.shape import ShopCase

_KEYS = WechatStoreKeys()
_SHOP = "wechat-store"

WECHAT_STORE = ShopCase(
    platform="wechat_store",
    mount="/wechat_store",
    shop=_SHOP,
    name="微信小店",
    credentials={
        "app_id": _KEYS.app_id,
        "app_secret": _KEYS.app_secret,
        "push_token": _KEYS.push_token,
        "push_aes_key": _KEYS.push_aes_key,
    },
    powers=frozenset(
        {
            Power.ORDERS_OF_BUYER,
            Power.CHANGED_ORDERS,
            Power.MEMBERS,
            Power.LIST_COUPONS,
            Power.TOKEN_END,
        }
    ),
    query="学步鞋",
    item=ItemId(_SHOP, "10000271850101"),
    sku=("粉色", "22"),
    available=7,
    price=Fen(16900),
    plain_item=ItemId(_SHOP, "10000271850205"),
    plain_available=31,
    order="3737401822650113024",
    order_status=OrderStatus.SHIPPED,
    order_age=timedelta(days=4.3),
    payment=Fen(12800 + 5990 * 2 - 1500),
    phone_tail="5678",
    buyer=BuyerId(_SHOP, "oPk3t5LinYuTong8Zx2Rb7Wd4sJ0"),
    recent=("3737401822650113024", "3734688104427986688"),
    parcel=("中通快递", "78613240118862", ParcelStatus.UNKNOWN),
    newest_scan="",
    part_shipped="3737522916583004160",
    part_parcels=("462915508872016",),
    unshipped="3737588240019308544",
    refunding=("3737120663318401280", RefundStatus.WAIT_BUYER_RETURN, Fen(25900)),
    refunded=("3736810337764114432", RefundStatus.REFUNDED, Fen(16900)),
    moving=("3737401822650113024", "100", OrderStatus.COMPLETED),
    member=(BuyerId(_SHOP, "oPk3t5XuJing0Qm6Vn9Ya3Lt8cHd"), "VIP4", 5210),
    marked=("3736677204116830720", ("礼物",)),
    settling=("2000000611832041", "MERCHANT_RETURN_SUCCESS", RefundStatus.REFUNDED),
    read_method="product/list/get",
    after_expiry=Order,
)
