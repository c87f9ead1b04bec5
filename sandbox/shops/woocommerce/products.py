"""Products and their variations; a product with variants tells its lowest price only."""

from sandbox.shops.shelf import ShelfItem, ShelfSku
from sandbox.shops.wire import Json, yuan
from sandbox.shops.woocommerce.errors import NO_PRODUCT
from sandbox.shops.woocommerce.params import Params
from sandbox.shops.woocommerce.shapes import dates
from sandbox.shops.woocommerce.shop import WooCommerceShop

STATUSES = ("any", "draft", "pending", "private", "publish")


def _heap(shop: WooCommerceShop, item: ShelfItem, quantity: int) -> Json:
    """The fields of stock; null where the merchant does not count."""
    if item.product.key in shop.uncounted:
        return {"manage_stock": False, "stock_quantity": None, "stock_status": "instock"}
    back = item.product.key in shop.backordered
    empty = "onbackorder" if back else "outofstock"
    return {
        "manage_stock": True,
        "stock_quantity": quantity,
        "stock_status": "instock" if quantity > 0 else empty,
        "backorders": "notify" if back else "no",
    }


def _whole_heap(shop: WooCommerceShop, item: ShelfItem) -> Json:
    if not item.has_variants:
        return _heap(shop, item, item.quantity)
    state = "instock" if item.quantity else "outofstock"
    return {"manage_stock": False, "stock_quantity": None, "stock_status": state}


def product_json(shop: WooCommerceShop, item: ShelfItem) -> Json:
    """One product."""
    lowest = min(shop.price(sku) for sku in item.skus)
    return {
        "id": int(item.item_id),
        "name": item.product.title,
        "slug": item.product.key,
        "permalink": f"{shop.public}/goods/{item.item_id}",
        **dates("date_created", shop.started),
        **dates("date_modified", shop.started),
        "type": "variable" if item.has_variants else "simple",
        "status": "publish",
        "catalog_visibility": "visible",
        "description": "",
        "sku": item.product.key.upper(),
        "price": yuan(lowest),
        "regular_price": "" if item.has_variants else yuan(lowest),
        "sale_price": "",
        "on_sale": False,
        "purchasable": True,
        "virtual": False,
        **_whole_heap(shop, item),
        "attributes": [
            {"id": place, "name": name, "variation": True, "visible": True, "options": values}
            for place, (name, values) in enumerate(item.product.axes.items(), 1)
        ],
        "images": [{"src": f"{shop.public}/img/{item.item_id}.svg"}],
        "variations": [sku.sku_id for sku in item.skus] if item.has_variants else [],
        "meta_data": [],
    }


def _variation(shop: WooCommerceShop, item: ShelfItem, sku: ShelfSku) -> Json:
    return {
        "id": sku.sku_id,
        "sku": sku.outer_id,
        "price": yuan(shop.price(sku)),
        "regular_price": yuan(shop.price(sku)),
        "status": "publish",
        "purchasable": True,
        **_heap(shop, item, sku.quantity),
        "attributes": [
            {"id": place, "name": name, "option": value}
            for place, (name, value) in enumerate(sku.values, 1)
        ],
        "meta_data": [],
    }


def listed(shop: WooCommerceShop, params: Params) -> tuple[list[Json], int]:
    """products: `search` looks at titles word by word, as the shop's own does."""
    status = params.one_of("status", STATUSES, "any")
    found = shop.shelf.search(params.text("search")) if status in ("any", "publish") else []
    page, pages = params.turn(found)
    return [product_json(shop, item) for item in page], pages


def _item(shop: WooCommerceShop, number: str) -> ShelfItem:
    item = shop.shelf.item(number)
    if item is None:
        raise NO_PRODUCT
    return item


def one(shop: WooCommerceShop, number: str) -> Json:
    """products/{id}."""
    return product_json(shop, _item(shop, number))


def variations(shop: WooCommerceShop, number: str, params: Params) -> tuple[list[Json], int]:
    """products/{id}/variations."""
    item = _item(shop, number)
    page, pages = params.turn(item.skus if item.has_variants else [])
    return [_variation(shop, item, sku) for sku in page], pages
