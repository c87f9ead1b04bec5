"""Products: product.listV2 (pages from 1), product.detail, sku.list; fen, and ids as numbers."""

from sandbox.shops.douyin.api import Api
from sandbox.shops.douyin.errors import invalid, missing
from sandbox.shops.douyin.params import Params
from sandbox.shops.douyin.shop import DouyinShop
from sandbox.shops.shelf import ShelfItem
from sandbox.shops.wire import Json, beijing

MOST_ROWS = 10_000
ON_SALE, APPROVED = 0, 3


def listed(shop: DouyinShop, params: Params) -> Json:
    """product.listV2: name, status, check_status; page*size <= 10000. No variants here."""
    size, page = params.size(1), params.whole("page")
    if page < 1:
        raise invalid(2, "page从1开始")
    if page * size > MOST_ROWS:
        raise invalid(3, "page*size不能超过10000")
    is_on_sale = params.whole("status", ON_SALE) == ON_SALE
    is_approved = params.whole("check_status", APPROVED) == APPROVED
    found = shop.shelf.search(params.text("name")) if is_on_sale and is_approved else []
    rows = [_row(shop, item) for item in found[(page - 1) * size : page * size]]
    return {"data": rows, "total": len(found), "page": page, "size": size}


def _row(shop: DouyinShop, item: ShelfItem) -> Json:
    now = int(shop.clock.now().timestamp())
    return {
        "product_id": int(item.item_id),
        "status": ON_SALE,
        "check_status": APPROVED,
        "market_price": 0,
        "discount_price": item.product.price,
        "img": f"{shop.public}/img/{item.item_id}.svg",
        "name": item.product.title,
        "product_type": 0,
        "create_time": now - 90 * 86_400,
        "update_time": now,
        "outer_product_id": item.product.key.upper(),
    }


def detail(shop: DouyinShop, params: Params) -> Json:
    """product.detail {product_id as text}: the names of its properties stand in `specs`."""
    item = shop.shelf.item(params.required("product_id"))
    if item is None:
        raise invalid(4, "该商品不属于你")
    return {
        "product_id": int(item.item_id),
        "product_id_str": item.item_id,
        "name": item.product.title,
        "status": ON_SALE,
        "check_status": APPROVED,
        "create_time": beijing(shop.clock.now()),
        "specs": [
            {
                "id": at + 1,
                "name": name,
                "is_leaf": 0,
                "values": [{"id": 10 * at + n, "name": value} for n, value in enumerate(values)],
            }
            for at, (name, values) in enumerate(item.product.axes.items())
        ],
    }


def skus(shop: DouyinShop, params: Params) -> list[Json]:
    """sku.list {product_id as number}: a list right under `data`."""
    if not params.has("product_id"):
        raise missing(3, "[product_id]与[out_product_id]参数至少传一个")
    item = shop.shelf.item(str(params.whole("product_id")))
    if item is None:
        raise invalid(4, "该商品不属于你")
    rows: list[Json] = []
    for sku in item.skus:
        values = [value for _, value in sku.values]
        values += [""] * (3 - len(values))
        rows.append(
            {
                "id": sku.sku_id,
                "product_id": int(item.item_id),
                "product_id_str": item.item_id,
                **{f"spec_detail_name{n}": value for n, value in enumerate(values, start=1)},
                "price": sku.price,
                "code": sku.outer_id,
                "sku_type": 0,
                "stock_num": sku.quantity,
                "prehold_stock_num": 0,
                "stock_map": {},
                "prehold_stock_map": {},
            }
        )
    return rows


APIS = (
    Api("product.listV2", listed),
    Api("product.detail", detail),
    Api("sku.list", skus),
)
