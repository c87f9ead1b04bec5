"""Vendure's products and stock as frozen values; what is sold uncounted has a figure, too."""

from collections.abc import Container

from desk.kernel.money import Fen
from desk.shops.port import Item, ItemId, PlaceKind, PlaceStock, SkuStock
from integrations.uncounted import UNCOUNTED
from integrations.vendure.wire import properties, yuan_only
from integrations.wild import Wild


def item(shop: str, raw: Wild, page: str) -> Item | None:
    """Read a product of a list, None where no variant is on sale.

    `page` is the address of a product's page with `{slug}` in it, "" where there is none.
    """
    prices = [
        yuan_only(variant["priceWithTax"], variant["currencyCode"])
        for variant in raw["variants"]
        if variant["enabled"].is_true()
    ]
    if not prices:
        return None
    return Item(
        id=ItemId(shop, raw["id"].id()),
        title=raw["name"].text(),
        price_low=min(prices),
        price_high=max(prices),
        url=page.replace("{slug}", raw["slug"].text_or("")),
    )


def stock(item_id: ItemId, data: Wild, stores: Container[str]) -> tuple[SkuStock, ...]:
    """Read the variants on sale of a product; `stores` are names or ids of stock locations."""
    if not data["product"]["enabled"].is_true():
        return ()
    return tuple(
        _sku(item_id, variant, data["globalSettings"], stores)
        for variant in data["product"]["variants"]
        if variant["enabled"].is_true()
    )


def _sku(item_id: ItemId, raw: Wild, settings: Wild, stores: Container[str]) -> SkuStock:
    places = tuple(_place(level, stores) for level in raw["stockLevels"])
    is_counted = _is_counted(raw, settings)
    threshold = settings if raw["useGlobalOutOfStockThreshold"].is_true() else raw
    left = sum(each.available for each in places) - threshold["outOfStockThreshold"].whole_or(0)
    return SkuStock(
        item=item_id,
        sku=raw["id"].id(),
        properties=properties(raw),
        available=max(0, left) if is_counted else UNCOUNTED,
        price=_price(raw),
        places=places if is_counted else (),
    )


def _place(raw: Wild, stores: Container[str]) -> PlaceStock:
    """Read one heap; allocated pieces are sold and not yet sent."""
    where = raw["stockLocation"]
    place, name = where["id"].id(), where["name"].text()
    left = raw["stockOnHand"].whole() - raw["stockAllocated"].whole()
    kind = PlaceKind.STORE if place in stores or name in stores else PlaceKind.WAREHOUSE
    return PlaceStock(place, name, kind, max(0, left))


def _is_counted(raw: Wild, settings: Wild) -> bool:
    own = raw["trackInventory"].text()
    return settings["trackInventory"].is_true() if own == "INHERIT" else own == "TRUE"


def _price(raw: Wild) -> Fen:
    return yuan_only(raw["priceWithTax"], raw["currencyCode"])
