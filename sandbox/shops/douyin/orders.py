"""Orders: order.searchList (of the last 90 days, pages from 0) and order.orderDetail."""

from datetime import timedelta

from sandbox.shops.douyin.api import Api
from sandbox.shops.douyin.errors import invalid, missing, named
from sandbox.shops.douyin.order_rows import order_row, order_status, seconds
from sandbox.shops.douyin.params import Params
from sandbox.shops.douyin.shop import DouyinShop
from sandbox.shops.ledger import Order
from sandbox.shops.wire import Json

NINETY_DAYS = timedelta(days=90)
MOST_ROWS = 10_000
SORTS = ("create_time", "update_time")


def search(shop: DouyinShop, params: Params) -> Json:
    """order.searchList: a pair of times is a must, the sort is descending unless told."""
    size, page = params.size(20008), params.whole("page")
    if page < 0:
        raise invalid(10035, "查询订单列表页数不能小于0")
    if (page + 1) * size > MOST_ROWS:
        raise invalid(20008, "单次查询订单数超过限制")
    sort = params.text("order_by") or "create_time"
    if sort not in SORTS:
        raise invalid(20010, "排序条件不支持")
    found = [order for order in _in_windows(shop, params) if _wanted(order, params)]
    found.sort(key=lambda order: _moment(shop, order, sort), reverse=not params.flag("order_asc"))
    rows = [order_row(shop, order) for order in found[page * size : (page + 1) * size]]
    return {"page": page, "size": size, "total": len(found), "shop_order_list": rows}


def _in_windows(shop: DouyinShop, params: Params) -> list[Order]:
    windows = [
        (name, params.whole(f"{name}_start"), params.whole(f"{name}_end"))
        for name in SORTS
        if params.has(f"{name}_start") or params.has(f"{name}_end")
    ]
    if not windows:
        raise invalid(20011, "订单查询开始时间不能为空")
    for _, start, end in windows:
        if start >= end:
            raise invalid(20011, "订单查询开始时间应小于结束时间")
    oldest = shop.clock.now() - NINETY_DAYS
    return [
        order
        for order in shop.ledger.all()
        if order.created >= oldest
        and all(start <= _moment(shop, order, name) <= end for name, start, end in windows)
    ]


def _moment(shop: DouyinShop, order: Order, name: str) -> int:
    return seconds(order.created if name == "create_time" else shop.moved_at(order))


def _wanted(order: Order, params: Params) -> bool:
    statuses = params.children("combine_status")
    if len(statuses) > 1:
        raise invalid(20012, "订单查询状态条件超过限制，只支持1个元素")
    words = [word for each in statuses for word in each.text("order_status").split(",") if word]
    product, waybill = params.text("product"), params.text("tracking_no")
    names = [(line.item.item_id, line.item.product.title) for line in order.lines]
    return (
        (not words or str(order_status(order)) in words)
        and (not product or any(product == number or product in title for number, title in names))
        and (not waybill or waybill in [parcel.waybill for parcel in order.parcels])
    )


def detail(shop: DouyinShop, params: Params) -> Json:
    """order.orderDetail {shop_order_id}: the parent's number; a line's own number is no order."""
    number = params.text("shop_order_id")
    if not number:
        raise missing(20000, "请输入查询订单号")
    order = shop.ledger.order(number)
    if order is None:
        raise invalid(20001, "订单不存在")
    return {"shop_order_detail": order_row(shop, order)}


def sensitive(shop: DouyinShop, params: Params) -> Json:
    """order.batchSensitive {cipher_infos: [{auth_id, cipher_text}]}, 50 at most."""
    asked = params.children("cipher_infos")
    if not asked:
        raise missing(1, "缺少必选参数cipher_infos")
    if len(asked) > 50:
        raise invalid(100000, "参数错误: 输入的密文列表过长，上限为:50")
    rows = [
        _unmasked(shop, each.required("auth_id"), each.required("cipher_text")) for each in asked
    ]
    return {"decrypt_infos": rows, "custom_err": {"err_code": 0, "err_msg": ""}}


def _unmasked(shop: DouyinShop, number: str, sealed: str) -> Json:
    row: Json = {"auth_id": number, "cipher_text": sealed, "decrypt_text": ""}
    order = shop.ledger.order(number)
    try:
        plain = shop.vault.open(sealed)
    except ValueError:
        return {**row, "err_no": 300002, "err_msg": "密文格式错误"}
    if order is None or shop.buyer(order.buyer).mobile != plain:
        return {**row, "err_no": 300007, "err_msg": "密文与订单不匹配"}
    masked = f"{plain[:3]}****{plain[-4:]}"
    return {**row, "decrypt_text": masked, "err_no": 0, "err_msg": ""}


def decrypt(_shop: DouyinShop, _params: Params) -> Json:
    """order.batchDecrypt: metered and audited, not granted to this app."""
    raise named("permission")


APIS = (
    Api("order.searchList", search),
    Api("order.orderDetail", detail),
    Api("order.batchSensitive", sensitive),
    Api("order.batchDecrypt", decrypt),
)
