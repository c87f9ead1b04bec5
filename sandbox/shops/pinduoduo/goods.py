"""Goods: prices in fen, the list without any, stock with what unpaid orders hold."""

from sandbox.shops.pinduoduo.api import Api
from sandbox.shops.pinduoduo.errors import invalid, not_there
from sandbox.shops.pinduoduo.form import Form
from sandbox.shops.pinduoduo.shop import PinduoduoShop
from sandbox.shops.shelf import ShelfItem, ShelfSku
from sandbox.shops.wire import Json

ALONE = 300
"""Fen that a piece costs more for who buys without a group."""


def picture(shop: PinduoduoShop, item: ShelfItem) -> str:
    """The address of the item's picture."""
    return f"{shop.public}/img/{item.item_id}.svg"


def words(sku: ShelfSku) -> str:
    """The variant as lists and orders show it: 粉色,22."""
    return ",".join(value for _, value in sku.values)


def _list_row(shop: PinduoduoShop, item: ShelfItem) -> Json:
    return {
        "goods_id": int(item.item_id),
        "goods_name": item.product.title,
        "thumb_url": picture(shop, item),
        "image_url": picture(shop, item),
        "is_more_sku": int(item.has_variants),
        "is_onsale": 1,
        "goods_quantity": item.quantity,
        "goods_reserve_quantity": 0,
        "sku_list": [
            {
                "sku_id": sku.sku_id,
                "spec": words(sku),
                "sku_quantity": sku.quantity,
                "reserve_quantity": 0,
                "outer_id": sku.outer_id,
                "outer_goods_id": item.product.key.upper(),
                "is_sku_onsale": 1,
            }
            for sku in item.skus
        ],
    }


def listed(shop: PinduoduoShop, form: Form) -> Json:
    """pdd.goods.list.get: of is_onsale, outer_id and goods_name only the first one given counts."""
    first, behind = form.page()
    found = shop.shelf.all()
    if form.text("is_onsale"):
        if form.number("is_onsale", None, 0, 1) == 0:
            found = []
    elif form.text("outer_id"):
        wanted = form.text("outer_id")
        found = [item for item in found if any(sku.outer_id == wanted for sku in item.skus)]
    elif form.text("goods_name"):
        found = shop.shelf.search(form.text("goods_name"))
    rows = [_list_row(shop, item) for item in found[first:behind]]
    return {"goods_list": rows, "total_count": len(found)}


def _sku_row(shop: PinduoduoShop, item: ShelfItem, sku: ShelfSku) -> Json:
    axes = list(item.product.axes)
    return {
        "sku_id": sku.sku_id,
        "is_onsale": 1,
        "limit_quantity": 999,
        "multi_price": sku.price,
        "price": sku.price + ALONE,
        "quantity": sku.quantity,
        "reserve_quantity": 0,
        "weight": 0,
        "thumb_url": picture(shop, item),
        "out_sku_sn": sku.outer_id,
        "spec": [
            {
                "parent_id": 1215 + axes.index(name),
                "parent_name": name,
                "spec_id": sku.sku_id * 10 + axes.index(name),
                "spec_name": value,
            }
            for name, value in sku.values
        ],
    }


def detail(shop: PinduoduoShop, form: Form) -> Json:
    """pdd.goods.detail.get {goods_id}."""
    goods_id = form.required("goods_id")
    if not goods_id.isdecimal():
        raise invalid("goods_id", "goods_id应为数字")
    item = shop.shelf.item(goods_id)
    if item is None:
        raise not_there("商品不存在")
    return {
        "goods_id": int(item.item_id),
        "goods_name": item.product.title,
        "goods_type": 1,
        "cat_id": 14740,
        "market_price": item.product.price * 2,
        "is_pre_sale": 0,
        "image_url": picture(shop, item),
        "outer_goods_id": item.product.key.upper(),
        "sku_list": [_sku_row(shop, item, sku) for sku in item.skus],
    }


APIS = (
    Api("pdd.goods.list.get", "goods_list_get_response", listed),
    Api("pdd.goods.detail.get", "goods_detail_get_response", detail),
)
