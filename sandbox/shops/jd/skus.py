"""jingdong.sku.read.searchSkuList: the SKUs on sale, prices as JSON numbers in yuan."""

from sandbox.shops.jd.api import Api
from sandbox.shops.jd.errors import invalid
from sandbox.shops.jd.params import Params
from sandbox.shops.jd.shop import JdShop
from sandbox.shops.shelf import ShelfItem, ShelfSku
from sandbox.shops.wire import Json

_KNOWN = ("wareTitle", "wareId", "skuId", "skuStatuValue", "pageNo", "page_size", "field")
_ALWAYS = ("skuId", "wareId")
_ON_SALE = "1"
_COLOURS = ("颜色", "花色", "款式")


def _attributes(item: ShelfItem, sku: ShelfSku) -> list[Json]:
    """Axes have an id and a number (1 colour, 2 size) but no name; values have an alias."""
    return [
        {
            "attrId": "1000000198" if axis in _COLOURS else "1000000197",
            "index": 1 if axis in _COLOURS else 2,
            "attrValues": [str(1550000000 + item.product.axes[axis].index(value))],
            "attrValueAlias": [value],
        }
        for axis, value in sku.values
    ]


def _row(item: ShelfItem, sku: ShelfSku) -> Json:
    words = " ".join([item.product.title, *(value for _, value in sku.values)])
    return {
        "skuId": sku.sku_id,
        "wareId": int(item.item_id),
        "wareTitle": item.product.title,
        "skuName": words,
        "jdPrice": sku.price / 100,
        "stockNum": sku.quantity,
        "saleAttrs": _attributes(item, sku),
        "status": int(_ON_SALE),
        "outerId": sku.outer_id,
        "logo": f"jfs/t1/{item.item_id}/{sku.sku_id}.jpg",
    }


def search(shop: JdShop, params: Params) -> Json:
    """Filter by words of the title, wares, SKUs; only the fields that are asked for."""
    params.only(*_KNOWN)
    wares, skus = params.listed("wareId"), params.listed("skuId")
    if len(wares) > 20 or len(skus) > 20:
        raise invalid("wareId", "最多 20 个")
    states = params.listed("skuStatuValue", ("1", "2", "4"))
    page, size = params.number("pageNo", 1, 1, 10_000), params.number("page_size", 20, 1, 50)
    fields = (*_ALWAYS, *params.listed("field"))
    found = [
        _row(item, sku)
        for item in shop.shelf.search(params.text("wareTitle"))
        for sku in item.skus
        if (not wares or item.item_id in wares)
        and (not skus or str(sku.sku_id) in skus)
        and (not states or _ON_SALE in states)
    ]
    start = (page - 1) * size
    rows = [
        {name: value for name, value in row.items() if name in fields}
        for row in found[start : start + size]
    ]
    return {"page": {"data": rows, "pageNo": page, "pageSize": size, "totalItem": len(found)}}


APIS = (Api("jingdong.sku.read.searchSkuList", search),)
