"""The seeds of the fake Pinduoduo as the contract of shops knows them."""

from datetime import timedelta

from desk.kernel.money import Fen
from desk.shops.port import ItemId, Order, OrderStatus, ParcelStatus, RefundStatus
from desk.shops.powers import Power
from sandbox.shops.pinduoduo.credentials import Credentials
from tests.contracts.cases.shape import ShopCase

_KEYS = Credentials()

PINDUODUO = ShopCase(
    platform="pinduoduo",
    mount="/pinduoduo",
    shop="pdd-main",
    name="拼多多店",
    credentials={
        "client_id": _KEYS.client_id,
        "client_secret": _KEYS.client_secret,
        "access_token": _KEYS.access_token,
        "refresh_token": _KEYS.refresh_token,
    },
    powers=frozenset({Power.CHANGED_ORDERS, Power.TRACE, Power.LISTEN, Power.TOKEN_END}),
    query="学步鞋",
    item=ItemId("pdd-main", "583920174402"),
    sku=("粉色", "22"),
    available=17,
    price=Fen(16900),
    plain_item=ItemId("pdd-main", "583920174471"),
    plain_available=132,
    order="261118-093512447180026",
    order_status=OrderStatus.SHIPPED,
    order_age=timedelta(days=4.1),
    payment=Fen(16900 * 2 - 1000),
    phone_tail=None,
    buyer=None,
    recent=(),
    parcel=("中通快递", "78612004471893", ParcelStatus.IN_TRANSIT),
    newest_scan="【无锡市】快件到达无锡转运中心",
    part_shipped="",
    part_parcels=(),
    unshipped="261121-083006512930158",
    refunding=("261109-142211386050294", RefundStatus.WAIT_BUYER_RETURN, Fen(19800)),
    refunded=("261105-193328774410733", RefundStatus.REFUNDED, Fen(32900)),
    moving=("261118-093512447180026", "1/1/3", OrderStatus.COMPLETED),
    read_method="pdd.goods.list.get",
    after_expiry=Order,
    settling=("36255930472", "4", RefundStatus.REFUNDING),
    marked=("261121-200144903370158", ("平台审核中",)),
)
