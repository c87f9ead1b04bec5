"""What the contract of a shop is tried on: one case for each platform, out of the seeds."""

from dataclasses import dataclass
from datetime import timedelta

from desk.kernel.errors import AuthExpired
from desk.kernel.money import Fen
from desk.shops.port import BuyerId, ItemId, Order, OrderStatus, ParcelStatus, RefundStatus


@dataclass(frozen=True, slots=True)
class ShopCase:
    """One platform's known facts. Times are ages: how long before the sandbox's start."""

    mount: str
    shop: str
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
    phone_tail: str
    buyer: BuyerId
    recent: tuple[str, ...]
    parcel: tuple[str, str, ParcelStatus]
    newest_scan: str
    part_shipped: str
    part_parcels: tuple[str, ...]
    unshipped: str
    refunding: tuple[str, RefundStatus, Fen]
    refunded: tuple[str, RefundStatus, Fen]
    coupon: str
    member: tuple[BuyerId, str, int]
    read_method: str
    after_expiry: type[Order | AuthExpired]


YOUZAN = ShopCase(
    mount="/youzan",
    shop="youzan-main",
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
    coupon="9001",
    member=(BuyerId("youzan-main", "Zc5VbRe2583307715842129920"), "钻石会员", 6820),
    read_method="youzan.items.onsale.get",
    after_expiry=Order,
)

TAOBAO = ShopCase(
    mount="/taobao",
    shop="tmall-flagship",
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
    coupon="1880057731",
    member=(BuyerId("tmall-flagship", "AAKaf9Hr5Bx3qUh7nAl0Sy2Q"), "VIP会员", 3390),
    read_method="taobao.items.onsale.get",
    after_expiry=AuthExpired,
)
