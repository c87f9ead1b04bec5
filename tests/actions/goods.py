"""What the shops of these tests sell, and what their customers ordered."""

from dataclasses import replace
from datetime import datetime, timedelta

from desk.coupons.model import CouponPolicy
from desk.kernel.money import Fen
from desk.shops.port import (
    BuyerId,
    Item,
    ItemId,
    Order,
    OrderLine,
    OrderStatus,
    Parcel,
    ParcelStatus,
    Refund,
    RefundStatus,
    Scan,
    SkuStock,
)
from desk.shops.powers import Member
from desk.shops.stores import Store
from tests.clocks import NOON
from tests.fakes.shops import MemberShop, MemoryShop

YOUZAN, TMALL = "youzan-main", "tmall-flagship"
MIMI_THERE, LELE_THERE = BuyerId(YOUZAN, "yz-mimi"), BuyerId(YOUZAN, "yz-lele")
LELE_AT_TMALL = BuyerId(TMALL, "tb-lele")

SHOES, POWDER, SUIT, PRAM = (ItemId(YOUZAN, each) for each in ("101", "102", "103", "104"))
SHOES_AT_TMALL = ItemId(TMALL, "9101")

FULL = CouponPolicy(
    id="full-200-20",
    shop=YOUZAN,
    platform_coupon_id="9001",
    title="满200减20",
    threshold=Fen(20000),
    value=Fen(2000),
    occasions=("stock_answer", "coupon_query"),
)
SORRY = CouponPolicy(
    id="sorry-10",
    shop=YOUZAN,
    platform_coupon_id="9002",
    title="10元无门槛券",
    threshold=Fen(0),
    value=Fen(1000),
    occasions=("logistics_delay",),
)
STORES = (
    Store(
        "xujiahui",
        "徐家汇店",
        "上海",
        "徐汇区",
        "漕溪北路88号",
        "021-55550001",
        "10:00-22:00",
        31.19,
        121.43,
    ),
    Store(
        "binjiang",
        "滨江店",
        "杭州",
        "滨江区",
        "江南大道228号",
        "0571-55550002",
        "10:00-21:30",
        30.21,
        120.21,
    ),
)


def hours_ago(count: int) -> datetime:
    """A moment before noon of the day of these tests."""
    return NOON - timedelta(hours=count)


def order(number: str, status: OrderStatus, title: str, days: int = 3) -> Order:
    """An order of 咪咪妈 in the first shop, made some days ago."""
    at = NOON - timedelta(days=days)
    paid = status not in (OrderStatus.PENDING, OrderStatus.CANCELLED)
    unsent = (OrderStatus.PENDING, OrderStatus.PAID, OrderStatus.CANCELLED, OrderStatus.ON_HOLD)
    return Order(
        shop=YOUZAN,
        number=number,
        status=status,
        buyer=MIMI_THERE,
        phone_tail="2345",
        created_at=at,
        paid_at=at if paid else None,
        shipped_at=None if status in unsent else at + timedelta(days=1),
        payment=Fen(16900),
        lines=(OrderLine(SHOES, "s1", title, (("尺码", "22"),), 1, Fen(16900)),),
    )


SHIPPED = order("E20261118102030000100001", OrderStatus.SHIPPED, "婴儿学步鞋软底防滑")
PAID = order("E20261120102030000100002", OrderStatus.PAID, "婴幼儿配方奶粉3段", days=1)
ARRIVED = order("E20261110102030000100003", OrderStatus.COMPLETED, "纯棉连体衣", days=11)
UNPAID = order("E20261121102030000100004", OrderStatus.PENDING, "婴儿推车轻便", days=0)
REFUNDING = replace(
    order("E20261112102030000100005", OrderStatus.SHIPPED, "宝宝保温杯", days=9),
    refunds=(Refund("r1", RefundStatus.REFUNDING, Fen(5900), hours_ago(20)),),
)
STUCK = Parcel(
    "中通快递",
    "ZTO7712345678901",
    ParcelStatus.IN_TRANSIT,
    (Scan(hours_ago(51), "已到达嘉兴分拨中心"),),
)
SIGNED = Parcel(
    "中通快递", "ZTO7712345678902", ParcelStatus.DELIVERED, (Scan(hours_ago(5), "已签收"),)
)

FOREIGN = Order(
    shop=TMALL,
    number="3456789012345678901",
    status=OrderStatus.SHIPPED,
    buyer=LELE_AT_TMALL,
    phone_tail="8642",
    created_at=NOON - timedelta(days=5, hours=7, minutes=13),
    paid_at=NOON - timedelta(days=5, hours=7, minutes=11),
    shipped_at=NOON - timedelta(days=4, hours=7, minutes=9),
    payment=Fen(43210),
    lines=(OrderLine(ItemId(TMALL, "77"), "x", "暗纹抱枕", (("花色", "雪豹"),), 3, Fen(43210)),),
    refunds=(Refund("r9", RefundStatus.REFUNDING, Fen(4321), hours_ago(29)),),
)
FOREIGN_PARCEL = Parcel(
    "暗号快递", "AH5566778899", ParcelStatus.EXCEPTION, (Scan(hours_ago(31), "快件在雪山滞留"),)
)
FOREIGN_FIELDS = (
    *("3456789012345678901", "8642", "tb-lele", "暗纹抱枕", "雪豹", "432.1", "43.21"),
    *("暗号快递", "AH5566778899", "雪山", "运输异常", "11月16日", "11月17日", "正在退款"),
)
"""Everything of that order that nobody but its buyer may read."""


def kind(item: ItemId, available: int, price: int, **properties: str) -> SkuStock:
    """A SKU; its properties by their names in Chinese or without."""
    names = {"color": "颜色", "size": "尺码"}
    shown = tuple((names.get(name, name), value) for name, value in properties.items())
    return SkuStock(item, "/".join(properties.values()), shown, available, Fen(price))


def youzan() -> MemberShop:
    """The first shop, with every power."""
    items = [
        Item(SHOES, "婴儿学步鞋软底防滑", Fen(16900), Fen(17900)),
        Item(POWDER, "婴幼儿配方奶粉3段 800g", Fen(29800), Fen(29800)),
        Item(SUIT, "纯棉连体衣", Fen(9900), Fen(9900)),
        Item(PRAM, "婴儿推车轻便", Fen(89900), Fen(89900)),
    ]
    shoes = [
        kind(SHOES, 5, 16900, color=color, size=str(size))
        for color in ("白色", "粉色", "蓝色")
        for size in range(20, 26)
    ]
    shop = MemberShop(YOUZAN, "有赞商城", items)
    shop.skus = [
        *(replace(each, available=0) if each.sku == "粉色/24" else each for each in shoes),
        kind(POWDER, 40, 29800),
        kind(SUIT, 0, 9900, size="66"),
        kind(SUIT, 0, 9900, size="73"),
        kind(PRAM, 2, 89900, color="灰色"),
    ]
    shop.orders = [SHIPPED, PAID, ARRIVED, UNPAID, REFUNDING]
    shop.packed = {SHIPPED.number: (STUCK,), ARRIVED.number: (SIGNED,)}
    shop.members = {MIMI_THERE: Member("金卡", 1280)}
    return shop


def tmall() -> MemoryShop:
    """The second shop, without powers; it has an order of somebody else."""
    shop = MemoryShop(TMALL, "天猫旗舰店")
    shop.items = [Item(SHOES_AT_TMALL, "官方旗舰店 婴儿学步鞋软底防滑", Fen(17900), Fen(17900))]
    shop.skus = [
        kind(SHOES_AT_TMALL, 2, 17900, color="白色", size="22"),
        kind(SHOES_AT_TMALL, 0, 17900, color="白色", size="23"),
    ]
    shop.orders = [FOREIGN]
    shop.packed = {FOREIGN.number: (FOREIGN_PARCEL,)}
    return shop


HIDDEN = replace(
    SHIPPED,
    shop=TMALL,
    number="261118-093512447180026",
    buyer=None,
    phone_tail=None,
    payment=Fen(12990),
    lines=(OrderLine(SHOES, "s1", "宝宝袜子 防滑", (("尺码", "22"),), 2, Fen(12990)),),
)
"""An order of a platform that shows neither its buyers nor their phones."""
HIDDEN_PARCEL = Parcel(
    "申通快递",
    "773302019945120",
    ParcelStatus.IN_TRANSIT,
    (Scan(hours_ago(9), "已到达无锡分拨中心"),),
)
