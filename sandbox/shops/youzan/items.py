"""Items and variants. Prices are fen integers here, but `youzan.item.sku.get` says yuan.

Known: items.onsale.get's fields (official SDK models), item.detail.get's `skus` with
`properties_name_json`, `price`, `quantity`, `with_hold_quantity`, `item_no`. The answers of
item.base.search and item.sku.batch.query are not published in what we have: `items`/`total` and
`skus` are believable choices.
"""

import json

from sandbox.shops.shelf import ShelfItem, ShelfSku
from sandbox.shops.wire import Json, beijing, yuan
from sandbox.shops.youzan.api import Api, Envelope
from sandbox.shops.youzan.errors import BAD_PARAMETER, NOT_FOUND, BusinessError
from sandbox.shops.youzan.params import Params
from sandbox.shops.youzan.shop import YouzanShop


def alias(item: ShelfItem) -> str:
    """The item's address part on its page."""
    return f"xm{int(item.item_id):x}"


def picture(shop: YouzanShop, item: ShelfItem) -> str:
    """The address of the item's picture."""
    return f"{shop.public}/img/{item.item_id}.svg"


def page(shop: YouzanShop, item: ShelfItem) -> str:
    """The address of the item's page."""
    return f"{shop.public}/goods/{item.item_id}"


def properties(item: ShelfItem, sku: ShelfSku) -> str:
    """The variant as Youzan's JSON inside a string; "" for a product without variants."""
    if not sku.values:
        return ""
    pairs = [
        {
            "kid": number,
            "vid": number * 1000 + item.product.axes[axis].index(value),
            "k": axis,
            "v": value,
        }
        for number, (axis, value) in enumerate(sku.values, 1)
    ]
    return json.dumps(pairs, ensure_ascii=False, separators=(",", ":"))


def _listed(shop: YouzanShop, item: ShelfItem) -> Json:
    return {
        "item_id": int(item.item_id),
        "alias": alias(item),
        "title": item.product.title,
        "price": item.product.price,
        "item_type": 0,
        "item_no": item.product.key.upper(),
        "quantity": item.quantity,
        "post_type": 1,
        "post_fee": 0,
        "created_time": beijing(shop.clock.now()),
        "update_time": beijing(shop.clock.now()),
        "detail_url": page(shop, item),
        "image": picture(shop, item),
        "item_imgs": [{"id": int(item.item_id), "url": picture(shop, item)}],
    }


def _sku(item: ShelfItem, sku: ShelfSku) -> Json:
    return {
        "item_id": int(item.item_id),
        "sku_id": sku.sku_id,
        "properties_name_json": properties(item, sku),
        "price": sku.price,
        "quantity": sku.quantity,
        "with_hold_quantity": 0,
        "item_no": sku.outer_id,
        "sold_num": 0,
    }


def onsale(shop: YouzanShop, params: Params) -> object:
    """youzan.items.onsale.get 3.0.0: q, page_no, page_size <= 300."""
    found = shop.shelf.search(params.text("q"))
    size = params.number("page_size", 40, 1, 300)
    start = (params.number("page_no", 1, 1, 1000) - 1) * size
    listed = [_listed(shop, item) for item in found[start : start + size]]
    return {"count": len(found), "items": listed}


def search(shop: YouzanShop, params: Params) -> object:
    """youzan.item.base.search 1.0.0: title or q, page_no * page_size <= 5000."""
    found = shop.shelf.search(params.text("title") or params.text("q"))
    page_no, size = params.number("page_no", 1, 1, 5000), params.number("page_size", 20, 1, 300)
    if page_no * size > 5000:
        raise BusinessError(BAD_PARAMETER, "参数错误：page_no*page_size 不能超过5000")
    start = (page_no - 1) * size
    return {
        "total": len(found),
        "items": [_listed(shop, item) for item in found[start : start + size]],
    }


def _item(shop: YouzanShop, item_id: str) -> ShelfItem:
    item = shop.shelf.item(item_id)
    if item is None:
        raise BusinessError(NOT_FOUND, "商品不存在")
    return item


def detail(shop: YouzanShop, params: Params) -> object:
    """youzan.item.detail.get 1.0.2: one item with its variants; price in fen."""
    item = _item(shop, params.required("item_id"))
    return {
        "kdt_id": shop.credentials.kdt_id,
        "item_id": int(item.item_id),
        "item_type": 0,
        "item_no": item.product.key.upper(),
        "alias": alias(item),
        "title": item.product.title,
        "sell_point": "、".join(item.product.nicks),
        "summary": item.product.category,
        "is_display": 1,
        "price": item.product.price,
        "quantity": item.quantity,
        "detail_url": page(shop, item),
        "images": [{"image_id": int(item.item_id), "image_url": picture(shop, item)}],
        "post_fee": 0,
        "skus": [_sku(item, sku) for sku in item.skus if item.has_variants],
    }


def sku_batch(shop: YouzanShop, params: Params) -> object:
    """youzan.item.sku.batch.query 1.0.0: at most 20 `item_ids` or `sku_ids`; price in fen."""
    items = [_item(shop, each) for each in params.texts("item_ids", 20)]
    skus = [_sku(item, sku) for item in items for sku in item.skus]
    for sku_id in params.texts("sku_ids", 20):
        holder = shop.shelf.holder(int(sku_id)) if sku_id.isdecimal() else None
        if holder:
            skus.append(_sku(*holder))
    return {"skus": skus}


def sku_one(shop: YouzanShop, params: Params) -> object:
    """youzan.item.sku.get 3.0.0: one variant; here the price is a yuan string."""
    item = _item(shop, params.required("item_id"))
    sku = item.sku(params.number("sku_id", 0, 0, 10**15))
    if sku is None:
        raise BusinessError(NOT_FOUND, "商品规格不存在")
    return {"sku": {**_sku(item, sku), "price": yuan(sku.price)}}


APIS = (
    Api("youzan.items.onsale.get", "3.0.0", onsale, Envelope.OLD),
    Api("youzan.item.base.search", "1.0.0", search),
    Api("youzan.item.common.search", "1.0.0", search),
    Api("youzan.item.detail.get", "1.0.2", detail),
    Api("youzan.item.sku.batch.query", "1.0.0", sku_batch),
    Api("youzan.item.sku.get", "3.0.0", sku_one, Envelope.OLD),
)
