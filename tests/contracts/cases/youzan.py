"""The seeds of the fake Youzan as the contract of shops knows them."""

from datetime import timedelta

from desk.kernel.money import Fen
from desk.shops.port import BuyerId, ItemId, Order, OrderStatus, ParcelStatus, RefundStatus
from desk.shops.powers import Power
from sandbox.shops.credentials import Credentials
from tests.contracts.cases.shape import ShopCase

_KEYS = Credentials()

YOUZAN = ShopCase(
    platform="youzan",
    mount="/youzan",
    shop="youzan-main",
    name="有赞商城",
    credentials={
        "client_id": _KEYS.client_id,
        "client_secret": _KEYS.client_secret,
        "kdt_id": str(_KEYS.kdt_id),
    },
    powers=frozenset(
        {
            Power.ORDERS_OF_BUYER,
            Power.CHANGED_ORDERS,
            Power.TRACE,
            Power.MEMBERS,
            Power.ISSUE_COUPONS,
            Power.LIST_COUPONS,
            Power.VOID_COUPONS,
            Power.WECOM_BRIDGE,
            Power.TOKEN_END,
        }
    ),
    query="学步鞋",
    item=ItemId("youzan-main", "1287450101"),
    sku=("粉色", "22"),
    available=3,
    price=Fen(16900),
    plain_item=ItemId("youzan-main", "1287450205"),
    plain_available=75,
    order="E20261116201844019500026",
    order_status=OrderStatus.SHIPPED,
    order_age=timedelta(days=5.4),
    payment=Fen(11900 * 2 + 5990 - 2000),
    phone_tail="5678",
    buyer=BuyerId("youzan-main", "LnhGm4rh576452722916618240"),
    recent=("E20261116201844019500026", "E20261017103512019500011"),
    parcel=("圆通速递", "YT7489920153386", ParcelStatus.IN_TRANSIT),
    newest_scan="【上海市】快件到达上海转运中心",
    part_shipped="E20261120083015019500089",
    part_parcels=("78611930250418",),
    unshipped="E20261119112803019500072",
    refunding=("E20261110142207019500033", RefundStatus.WAIT_BUYER_RETURN, Fen(19800)),
    refunded=("E20261101173628019500138", RefundStatus.REFUNDED, Fen(89900)),
    moving=("E20261116201844019500026", "TRADE_SUCCESS", OrderStatus.COMPLETED),
    coupon="9001",
    member=(BuyerId("youzan-main", "Zc5VbRe2583307715842129920"), "钻石会员", 6820),
    read_method="youzan.items.onsale.get",
    after_expiry=Order,
    marked=("E20261121150732019500114", ("拼团",)),
    counts_all_calls=True,
    list_lag=timedelta(seconds=31),
    settling=(
        "202611200915420000031002",
        "WAIT_SELLER_CONFIRM_GOODS",
        RefundStatus.RETURNED,
    ),
)
