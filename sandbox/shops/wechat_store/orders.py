"""Orders: ids by window and cursor, one order, the search, and the carriers that are known."""

from sandbox.shops.ledger import Order
from sandbox.shops.wechat_store.api import FOREVER, Api, seconds, turn, window
from sandbox.shops.wechat_store.errors import NOT_EXIST, WechatError, bad_body, named
from sandbox.shops.wechat_store.order_shape import DELIVERY_IDS, order_json
from sandbox.shops.wechat_store.params import Params
from sandbox.shops.wechat_store.shop import WechatStoreShop
from sandbox.shops.wire import Json

LONGEST = 7 * 86_400
LARGEST_PAGE = 100
CONDITIONS = ("title", "sku_code", "order_id", "tel_number_last4", "merchant_notes")


def listed(shop: WechatStoreShop, params: Params) -> Json:
    """order/list/get: windows of at most 7 days, both ends inside; the same filters each page."""
    created, updated = _range(params, "create_time_range"), _range(params, "update_time_range")
    if created is None and updated is None:
        raise bad_body("create_time_range or update_time_range missing")
    status, openid = params.number("status", 0, 1000, 0), params.text("openid")
    key = None
    if openid:
        owner = shop.owner(openid)
        key = owner.key if owner is not None else ""
    rows = [
        order
        for order in _newest_first(shop)
        if _inside(seconds(order.created), created)
        and _inside(seconds(order.updated), updated)
        and (not status or int(order.status) == status)
        and key in (None, order.buyer)
    ]
    filters: Json = {"c": created, "u": updated, "s": status, "o": openid}
    return _page(params, rows, filters)


def _newest_first(shop: WechatStoreShop) -> list[Order]:
    return sorted(shop.ledger.all(), key=lambda order: order.created, reverse=True)


def _page(params: Params, rows: list[Order], filters: Json) -> Json:
    size = params.number("page_size", 1, LARGEST_PAGE, LARGEST_PAGE)
    page, cursor, more = turn(rows, params.text("next_key"), size, {**filters, "size": size})
    return {
        "order_id_list": [order.number for order in page],
        "next_key": cursor,
        "has_more": more,
    }


def _range(params: Params, name: str) -> tuple[int, int] | None:
    child = params.child(name)
    if child is None:
        return None
    given = window(child, "start_time", "end_time", LONGEST)
    child.finish()
    if given is None:
        raise bad_body(f"{name}.start_time missing")
    return given


def _inside(moment: int, given: tuple[int, int] | None) -> bool:
    return given is None or given[0] <= moment <= given[1]


def _order(shop: WechatStoreShop, params: Params) -> Order:
    order = shop.ledger.order(params.required("order_id"))
    if order is None:
        raise WechatError(NOT_EXIST, "Not exist")
    return order


def one(shop: WechatStoreShop, params: Params) -> Json:
    """order/get {order_id, encode_sensitive_info}: the receiver is masked either way."""
    params.flag("encode_sensitive_info")
    return {"order": order_json(shop, _order(shop, params))}


def search(shop: WechatStoreShop, params: Params) -> Json:
    """order/search {search_condition}: a phone only by its last four digits."""
    condition = params.child("search_condition")
    if condition is None:
        raise bad_body("search_condition missing")
    wanted = {name: condition.text(name) for name in CONDITIONS}
    condition.finish()
    if not any(wanted.values()):
        raise bad_body("search_condition empty")
    status = params.number("status", 0, 1000, 0)
    params.number("on_aftersale_order_exist", 0, 1, 0)
    params.number("page_size", 1, LARGEST_PAGE)
    rows = [
        order
        for order in _newest_first(shop)
        if _matches(shop, order, wanted) and (not status or int(order.status) == status)
    ]
    return _page(params, rows, {**wanted, "s": status})


def _matches(shop: WechatStoreShop, order: Order, wanted: dict[str, str]) -> bool:
    titles = "".join(line.item.product.title for line in order.lines)
    codes = {line.sku.outer_id for line in order.lines}
    return (
        wanted["order_id"] in ("", order.number)
        and wanted["title"] in titles
        and wanted["merchant_notes"] in order.memo
        and (not wanted["sku_code"] or wanted["sku_code"] in codes)
        and wanted["tel_number_last4"] in ("", shop.buyer(order.buyer).mobile[-4:])
    )


def companies(_shop: WechatStoreShop, params: Params) -> Json:
    """order/deliverycompanylist/get: no trace anywhere beside it."""
    params.number("status", 0, FOREVER, 0)
    rows = [{"delivery_id": code, "delivery_name": name} for name, code in DELIVERY_IDS.items()]
    return {"company_list": rows}


def decode(shop: WechatStoreShop, params: Params) -> Json:
    """order/sensitiveinfo/decode: a quota of its own, which this shop was not given."""
    _order(shop, params)
    raise named("permission")


APIS = (
    Api("order/list/get", listed),
    Api("order/get", one),
    Api("order/search", search),
    Api("order/deliverycompanylist/get", companies),
    Api("order/sensitiveinfo/decode", decode),
)
