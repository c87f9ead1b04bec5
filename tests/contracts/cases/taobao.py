"""The seeds of the fake Taobao as the contract of shops knows them."""

from datetime import timedelta

from desk.kernel.errors import AuthExpired
from desk.kernel.money import Fen
from desk.shops.port import BuyerId, ItemId, OrderStatus, ParcelStatus, RefundStatus
from desk.shops.powers import Power
from sandbox.shops.credentials import Credentials
from tests.contracts.cases.shape import ShopCase

_KEYS = Credentials()

TAOBAO = ShopCase(
    platform="taobao",
    mount="/taobao",
    shop="tmall-flagship",
    name="天猫旗舰店",
    credentials={
        "app_key": _KEYS.app_key,
        "app_secret": _KEYS.app_secret,
        "session": _KEYS.session,
    },
    powers=frozenset(
        {
            Power.ORDERS_OF_BUYER,
            Power.CHANGED_ORDERS,
            Power.TRACE,
            Power.MEMBERS,
            Power.ISSUE_COUPONS,
            Power.LIST_COUPONS,
            Power.LISTEN,
            Power.TOKEN_END,
        }
    ),
    query="学步鞋",
    item=ItemId("tmall-flagship", "728450193362"),
    sku=("粉色", "22"),
    available=15,
    price=Fen(16900),
    plain_item=ItemId("tmall-flagship", "728450194451"),
    plain_available=48,
    order="2618830174529916203",
    order_status=OrderStatus.SHIPPED,
    order_age=timedelta(days=3.2),
    payment=Fen(29800 * 2),
    phone_tail="3921",
    buyer=BuyerId("tmall-flagship", "AAGxk2Zr0Tt4uQe8wLm3Vb7N"),
    recent=("2618830174529916203", "2611492840075916203"),
    parcel=("中通快递", "78611702994155", ParcelStatus.IN_TRANSIT),
    newest_scan="【上海市】快件到达上海闵行集散点",
    part_shipped="2620117398465520174",
    part_parcels=("773301885240917",),
    unshipped="2622601190880831562",
    refunding=("2622945810637742085", RefundStatus.REQUESTED, Fen(198000)),
    refunded=("2609981142230209914", RefundStatus.REFUNDED, Fen(16900)),
    moving=("2618830174529916203", "TRADE_FINISHED", OrderStatus.COMPLETED),
    coupon="1880057731",
    member=(BuyerId("tmall-flagship", "AAKaf9Hr5Bx3qUh7nAl0Sy2Q"), "VIP会员", 3390),
    read_method="taobao.items.onsale.get",
    after_expiry=AuthExpired,
    marked=("2623310077420831562", ("预售", "待付尾款")),
    counts_all_calls=True,
    settling=("188230054471742085", "SUCCESS", RefundStatus.REFUNDED),
)
