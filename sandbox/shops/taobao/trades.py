"""Orders: taobao.trades.sold.get, trades.sold.increment.get and trade.fullinfo.get."""

from datetime import timedelta

from sandbox.shops.ledger import Order
from sandbox.shops.taobao.api import Api
from sandbox.shops.taobao.errors import invalid, missing, not_there
from sandbox.shops.taobao.form import Form
from sandbox.shops.taobao.shapes import Fields, Rows
from sandbox.shops.taobao.shop import TaobaoShop
from sandbox.shops.taobao.trade_rows import trade_row, trade_type
from sandbox.shops.wire import Json, stored

THREE_MONTHS = timedelta(days=92)
ONE_DAY = timedelta(days=1)
DEFAULT_TYPES = "guarantee_trade,auto_delivery,ec,cod,step"


def sold(shop: TaobaoShop, form: Form) -> Json:
    """taobao.trades.sold.get: created within the last three months, newest first."""
    oldest = shop.clock.now() - THREE_MONTHS
    start, end = form.moment("start_created"), form.moment("end_created")
    if start is not None and start < oldest:
        raise invalid("start_created", "只能查询三个月内的订单")
    orders = [
        order
        for order in shop.ledger.all()
        if (start or oldest) <= stored(order.created)
        and (end is None or stored(order.created) <= end)
    ]
    orders.sort(key=lambda order: order.created, reverse=True)
    return _page(shop, form, orders, form.text("buyer_open_id"))


def increment(shop: TaobaoShop, form: Form) -> Json:
    """taobao.trades.sold.increment.get: modified within one day at most, newest first."""
    start, end = form.moment("start_modified"), form.moment("end_modified")
    if start is None or end is None:
        raise missing("start_modified" if start is None else "end_modified")
    if end < start or end - start > ONE_DAY:
        raise invalid("end_modified", "查询时间跨度不能超过一天")
    orders = [order for order in shop.ledger.all() if start <= stored(order.updated) <= end]
    orders.sort(key=lambda order: order.updated, reverse=True)
    return _page(shop, form, orders, form.text("buyer_open_uid"))


def _page(shop: TaobaoShop, form: Form, orders: list[Order], buyer_uid: str) -> Json:
    fields = Fields(form.listed("fields", 200))
    types = (form.text("type") or DEFAULT_TYPES).split(",")
    status = form.text("status")
    found = [
        order
        for order in orders
        if trade_type(order) in types
        and status in ("", order.status)
        and buyer_uid in ("", shop.buyer(order.buyer).open_uid)
    ]
    size = form.number("page_size", 40, 1, 100)
    start = (form.number("page_no", 1, 1, 100_000) - 1) * size
    rows = [trade_row(shop, order, fields) for order in found[start : start + size]]
    page: Json = {"trades": Rows("trade", rows)}
    if form.flag("use_has_next"):
        return {"has_next": start + size < len(found), **page}
    return {"total_results": len(found), **page}


def full_info(shop: TaobaoShop, form: Form) -> Json:
    """taobao.trade.fullinfo.get {tid, fields}."""
    fields = Fields(form.listed("fields", 200))
    order = shop.ledger.order(form.required("tid"))
    if order is None:
        raise not_there("trade", "交易订单不存在")
    return {"trade": trade_row(shop, order, fields)}


APIS = (
    Api("taobao.trades.sold.get", sold),
    Api("taobao.trades.sold.increment.get", increment),
    Api("taobao.trade.fullinfo.get", full_info),
)
