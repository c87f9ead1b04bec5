"""Products: ids by page, one product with its SKUs, stock, and the address of its page.

Fields follow the platform's documents. Goods of regional warehouses have no common stock, and one
piece ordered and not paid in the first. The address is the fake's own page, no short link.
"""

from sandbox.shops.shelf import ShelfItem, ShelfSku
from sandbox.shops.wechat_store.api import Api, seconds, turn
from sandbox.shops.wechat_store.errors import NO_PRODUCT, NO_WAREHOUSE, WechatError
from sandbox.shops.wechat_store.params import Params
from sandbox.shops.wechat_store.shop import WechatStoreShop
from sandbox.shops.wire import Json

ON_SALE = 5
LARGEST_PAGE = 30
MOST_IN_A_BATCH = 50
SET_ASIDE = 5
"""Pieces of each variant that only one promoter's show may sell."""


def listed(shop: WechatStoreShop, params: Params) -> Json:
    """product/list/get {status, page_size <= 30, next_key}: ids only."""
    status = params.number("status", 0, 20, ON_SALE)
    size = params.number("page_size", 1, LARGEST_PAGE)
    items = shop.shelf.all() if status == ON_SALE else []
    page, cursor, _ = turn(items, params.text("next_key"), size, {"status": status})
    return {
        "product_ids": [item.item_id for item in page],
        "next_key": cursor if page else "",
        "total_num": len(items),
    }


def _item(shop: WechatStoreShop, params: Params) -> ShelfItem:
    item = shop.shelf.item(params.required("product_id"))
    if item is None:
        raise WechatError(NO_PRODUCT, "商品不存在")
    return item


def attrs(sku: ShelfSku) -> list[Json]:
    """The variant's attributes."""
    return [{"attr_key": key, "attr_value": value} for key, value in sku.values]


def _sku(shop: WechatStoreShop, item: ShelfItem, sku: ShelfSku) -> Json:
    return {
        "sku_id": str(sku.sku_id),
        "out_sku_id": sku.outer_id,
        "thumb_img": f"{shop.public}/img/{item.item_id}.svg",
        "sale_price": sku.price,
        "market_price": sku.price,
        "stock_num": sku.quantity,
        "sku_code": sku.outer_id,
        "sku_attrs": attrs(sku),
        "sku_deliver_info": {"stock_type": 0},
        "bar_code": "",
        "status": ON_SALE,
    }


def one(shop: WechatStoreShop, params: Params) -> Json:
    """product/get {product_id, data_type}: 1 what is on sale, 2 its draft, 3 both."""
    item, kind = _item(shop, params), params.number("data_type", 1, 3, 1)
    product: Json = {
        "product_id": item.item_id,
        "out_product_id": item.product.key,
        "title": item.product.title,
        "sub_title": "",
        "short_title": "",
        "head_imgs": [f"{shop.public}/img/{item.item_id}.svg"],
        "desc_info": {"imgs": [], "desc": ""},
        "deliver_method": 0,
        "spu_code": item.product.key.upper(),
        "brand_id": "2100000000",
        "status": ON_SALE,
        "edit_status": 4,
        "min_price": item.product.price,
        "product_type": 1,
        "edit_time": seconds(shop.started),
        "skus": [_sku(shop, item, sku) for sku in item.skus],
    }
    answer: Json = {}
    if kind != 2:
        answer["product"] = product
    if kind != 1:
        answer["edit_product"] = product
    return answer


def _stock(shop: WechatStoreShop, item: ShelfItem, sku: ShelfSku) -> Json:
    is_regional = item.product.key in shop.regional
    return {
        "sku_id": str(sku.sku_id),
        "normal_stock_num": 0 if is_regional else sku.quantity,
        "limited_discount_stock_num": 0,
        "finder_total_num": SET_ASIDE,
        "warehouse_stocks": _regions(shop, sku) if is_regional else [],
        "total_stock_num": sku.quantity + SET_ASIDE + int(is_regional),
    }


def _regions(shop: WechatStoreShop, sku: ShelfSku) -> list[Json]:
    first, second = (warehouse.id for warehouse in shop.warehouses)
    near = sku.quantity - sku.quantity // 3
    return [
        {"out_warehouse_id": first, "num": near + 1, "lock_stock": 1},
        {"out_warehouse_id": second, "num": sku.quantity - near, "lock_stock": 0},
    ]


def warehouse(shop: WechatStoreShop, params: Params) -> Json:
    """warehouse/get {out_warehouse_id}."""
    wanted = params.required("out_warehouse_id")
    found = next((each for each in shop.warehouses if each.id == wanted), None)
    if found is None:
        raise WechatError(NO_WAREHOUSE, "out_warehouse_id不存在")
    data: Json = {"out_warehouse_id": found.id, "name": found.name, "intro": ""}
    return {"data": {**data, "cover_locations": []}}


def stock_of_sku(shop: WechatStoreShop, params: Params) -> Json:
    """product/stock/get {product_id, sku_id}."""
    item, wanted = _item(shop, params), params.required("sku_id")
    sku = item.sku(int(wanted)) if wanted.isdecimal() else None
    if sku is None:
        raise WechatError(NO_PRODUCT, "商品不存在")
    return {"data": _stock(shop, item, sku)}


def stock_of_many(shop: WechatStoreShop, params: Params) -> Json:
    """product/stock/batchget {product_id: [...]}: the field is singular, the value a list."""
    found = [shop.shelf.item(number) for number in params.texts("product_id", MOST_IN_A_BATCH)]
    rows = [
        {"product_id": item.item_id, "sku_stock": [_stock(shop, item, sku) for sku in item.skus]}
        for item in found
        if item is not None
    ]
    return {"data": {"spu_stock_list": rows}}


def page_of(shop: WechatStoreShop, params: Params) -> Json:
    """product/h5url/get {product_id}."""
    return {"product_h5url": f"{shop.public}/goods/{_item(shop, params).item_id}"}


APIS = (
    Api("product/list/get", listed),
    Api("product/get", one),
    Api("product/stock/get", stock_of_sku),
    Api("product/stock/batchget", stock_of_many),
    Api("product/h5url/get", page_of),
    Api("warehouse/get", warehouse),
)
