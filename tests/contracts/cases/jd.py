"""The seeds of the fake JD as the contract of shops knows them."""

from datetime import timedelta

from desk.kernel.errors import AuthExpired
from desk.kernel.money import Fen
from desk.shops.port import BuyerId, ItemId, OrderStatus, ParcelStatus, RefundStatus
from desk.shops.powers import Power
from sandbox.shops.jd.credentials import Credentials
from tests.contracts.cases.shape import ShopCase

_KEYS = Credentials()

JD = ShopCase(
    platform="jd",
    mount="/jd",
    shop="jd-flagship",
    name="京东旗舰店",
    credentials={
        "app_key": _KEYS.app_key,
        "app_secret": _KEYS.app_secret,
        "access_token": _KEYS.access_token,
        "refresh_token": _KEYS.refresh_token,
    },
    powers=frozenset({Power.CHANGED_ORDERS, Power.TOKEN_END}),
    query="学步鞋",
    item=ItemId("jd-flagship", "10028475001"),
    sku=("粉色", "22"),
    available=6,
    price=Fen(16900),
    plain_item=ItemId("jd-flagship", "10028475015"),
    plain_available=57,
    order="312847650137",
    order_status=OrderStatus.SHIPPED,
    order_age=timedelta(days=2.6),
    payment=Fen(29800 * 2 + 5990 - 3000),
    phone_tail="2640",
    buyer=BuyerId("jd-flagship", "3k-Vw7QmJpZ0rT5uXe2HcNbA9sLd4yGf"),
    recent=("312847650137", "309914427785"),
    parcel=("京东快递", "JDVA20481937756", ParcelStatus.UNKNOWN),
    newest_scan="",
    part_shipped="",
    part_parcels=(),
    unshipped="312850719930",
    refunding=("312519034468", RefundStatus.REQUESTED, Fen(19900)),
    refunded=("311430962250", RefundStatus.REFUNDED, Fen(45900)),
    moving=("312847650137", "FINISHED_L", OrderStatus.COMPLETED),
    read_method="jingdong.sku.read.searchSkuList",
    after_expiry=AuthExpired,
    settling=("2064771903", "13", RefundStatus.REFUNDED),
    tells_sending=False,
    counts_all_calls=True,
)
