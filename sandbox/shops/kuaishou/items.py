"""open.item.list.get: products by real page numbers, ten to a hundred on each."""

from sandbox.shops.kuaishou.api import Api
from sandbox.shops.kuaishou.params import Params
from sandbox.shops.kuaishou.shop import KuaishouShop
from sandbox.shops.shelf import ShelfItem, ShelfSku
from sandbox.shops.wire import Json

_KNOWN = ("kwaiItemId", "itemStatus", "onOfflineStatus", "pageNumber", "pageSize")
_ON = 1


def listed(shop: KuaishouShop, params: Params) -> Json:
    """Products with all of their SKUs; everything on the shelf is on sale."""
    params.only(*_KNOWN)
    page, size = params.number("pageNumber", 1, 10_000), params.number("pageSize", 10, 100)
    is_on = params.number("onOfflineStatus", 0, 1, _ON) == _ON
    is_kept = params.number("itemStatus", 1, 2, _ON) == _ON
    wanted = params.id("kwaiItemId")
    found = [
        item for item in shop.shelf.all() if is_on and is_kept and wanted in ("", item.item_id)
    ]
    start = (page - 1) * size
    rows = found[start : start + size]
    return {
        "totalItemCount": len(found),
        "totalPage": -(-len(found) // size),
        "currentPageNumber": page,
        "currentPageItemCount": len(rows),
        "items": [_row(item) for item in rows],
    }


def _row(item: ShelfItem) -> Json:
    return {
        "kwaiItemId": int(item.item_id),
        "relItemId": 0,
        "title": item.product.title,
        "price": min(sku.price for sku in item.skus),
        "shelfStatus": _ON,
        "itemStatus": 1,
        "auditStatus": 2,
        "mainImageUrl": f"https://u2-203.ecukwai.com/bs2/{item.item_id}.jpg",
        "linkUrl": f"https://app.kwaixiaodian.com/merchant/shop/detail?id={item.item_id}",
        "skuList": [_sku(item, sku) for sku in item.skus],
    }


def _sku(item: ShelfItem, sku: ShelfSku) -> Json:
    return {
        "kwaiSkuId": sku.sku_id,
        "kwaiItemId": int(item.item_id),
        "skuStock": sku.quantity,
        "skuSalePrice": sku.price,
        "skuNick": sku.outer_id,
        "specification": " ".join(value for _, value in sku.values),
        "isValid": 1,
        "skuProp": [
            {"propName": axis, "propValueName": value, "isMainProp": int(place == 0)}
            for place, (axis, value) in enumerate(sku.values)
        ],
    }


APIS = (Api("open.item.list.get", listed),)
