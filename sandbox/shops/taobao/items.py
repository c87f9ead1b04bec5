"""Items and variants: prices are yuan strings, ids are numbers."""

from sandbox.shops.shelf import ShelfItem, ShelfSku
from sandbox.shops.taobao.api import Api
from sandbox.shops.taobao.errors import invalid, not_there
from sandbox.shops.taobao.form import Form
from sandbox.shops.taobao.shapes import Fields, Rows
from sandbox.shops.taobao.shop import TaobaoShop
from sandbox.shops.wire import Json, beijing, yuan

COLOUR_PID = 1627207
OTHER_PID = 20509000


def picture(shop: TaobaoShop, item: ShelfItem) -> str:
    """The address of the item's picture."""
    return f"{shop.public}/img/{item.item_id}.svg"


def _properties(item: ShelfItem, sku: ShelfSku) -> list[tuple[int, int, str, str]]:
    found = []
    for place, (axis, value) in enumerate(sku.values):
        pid = COLOUR_PID if axis == "颜色" else OTHER_PID + place
        name = "颜色分类" if axis == "颜色" else axis
        found.append((pid, 28320 + item.product.axes[axis].index(value), name, value))
    return found


def properties_name(item: ShelfItem, sku: ShelfSku) -> str:
    """pid:vid:name:value pairs joined by ";"."""
    return ";".join(":".join(map(str, each)) for each in _properties(item, sku))


def sku_words(item: ShelfItem, sku: ShelfSku) -> str:
    """The variant as an order line shows it: 颜色分类:粉色;尺码:22."""
    return ";".join(f"{name}:{value}" for _, _, name, value in _properties(item, sku))


def sku_row(shop: TaobaoShop, item: ShelfItem, sku: ShelfSku) -> Json:
    """One Sku object with every field."""
    return {
        "sku_id": sku.sku_id,
        "num_iid": int(item.item_id),
        "iid": item.item_id,
        "properties": ";".join(f"{pid}:{vid}" for pid, vid, _, _ in _properties(item, sku)),
        "properties_name": properties_name(item, sku),
        "price": yuan(sku.price),
        "quantity": sku.quantity,
        "with_hold_quantity": 0,
        "outer_id": sku.outer_id,
        "status": "normal",
        "modified": beijing(shop.clock.now()),
    }


def item_row(shop: TaobaoShop, item: ShelfItem) -> Json:
    """One Item object with every field."""
    skus = [sku_row(shop, item, sku) for sku in item.skus if item.has_variants]
    return {
        "num_iid": int(item.item_id),
        "title": item.product.title,
        "sell_point": "、".join(item.product.nicks),
        "nick": "小满母婴旗舰店",
        "type": "fixed",
        "cid": 50012375,
        "price": yuan(item.product.price),
        "num": item.quantity,
        "outer_id": item.product.key.upper(),
        "approve_status": "onsale",
        "pic_url": picture(shop, item),
        "detail_url": f"{shop.public}/goods/{item.item_id}",
        "list_time": beijing(shop.clock.now()),
        "modified": beijing(shop.clock.now()),
        "sold_quantity": 0,
        "skus": Rows("sku", skus),
    }


def _fields(form: Form) -> Fields:
    asked = form.listed("fields", 200)
    return Fields(["skus" if name == "sku" else name.replace("sku.", "skus.") for name in asked])


def onsale(shop: TaobaoShop, form: Form) -> Json:
    """taobao.items.onsale.get: fields, q, page_no, page_size <= 200; never the variants."""
    fields = _fields(form)
    size = form.number("page_size", 40, 1, 200)
    page_no = form.number("page_no", 1, 1, 100_000)
    if page_no * size > 100_000:
        raise invalid("page_no", "page_no*page_size不能超过100000")
    found = shop.shelf.search(form.text("q"))
    start = (page_no - 1) * size
    rows = []
    for item in found[start : start + size]:
        row = item_row(shop, item)
        del row["skus"]
        rows.append(fields.of(row))
    return {"total_results": len(found), "items": Rows("item", rows)}


def _item(shop: TaobaoShop, num_iid: str) -> ShelfItem:
    item = shop.shelf.item(num_iid)
    if item is None:
        raise not_there("item", "商品不存在")
    return item


def seller_get(shop: TaobaoShop, form: Form) -> Json:
    """taobao.item.seller.get {num_iid, fields}."""
    fields = _fields(form)
    return {"item": fields.of(item_row(shop, _item(shop, form.required("num_iid"))))}


def skus_get(shop: TaobaoShop, form: Form) -> Json:
    """taobao.item.skus.get {num_iids <= 40, fields}."""
    fields = Fields(form.listed("fields", 200))
    items = [_item(shop, num_iid) for num_iid in form.listed("num_iids", 40)]
    rows = [
        fields.of(sku_row(shop, item, sku))
        for item in items
        if item.has_variants
        for sku in item.skus
    ]
    return {"skus": Rows("sku", rows)}


APIS = (
    Api("taobao.items.onsale.get", onsale),
    Api("taobao.item.seller.get", seller_get),
    Api("taobao.item.skus.get", skus_get),
)
