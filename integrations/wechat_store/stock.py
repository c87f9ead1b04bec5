"""How many pieces can be sold, and in which regional warehouse (区域仓) they lie."""

from collections.abc import Mapping
from dataclasses import dataclass

from desk.kernel.errors import Refused
from desk.shops.port import PlaceKind, PlaceStock
from integrations.wechat_store.client import WechatStoreClient
from integrations.wild import Wild

_COMMON = "common"


@dataclass(frozen=True, slots=True)
class Counted:
    """Pieces of one SKU; `places` is () where the shop has no regional warehouses for it."""

    available: int
    places: tuple[PlaceStock, ...]


class StockRoom:
    """Counts the stock of one shop; what its warehouses are called is remembered."""

    def __init__(self, client: WechatStoreClient) -> None:
        self._client = client
        self._names: dict[str, str] = {}

    async def count(self, product: str) -> Mapping[str, Counted]:
        """The pieces of a product by SKU as of now; errors of the client."""
        answer = await self._client.call("product/stock/batchget", {"product_id": [product]})
        skus = [
            sku
            for spu in answer["data"]["spu_stock_list"]
            if spu["product_id"].id() == product
            for sku in spu["sku_stock"]
        ]
        for place in {raw["out_warehouse_id"].id() for sku in skus for raw in _regions(sku)}:
            await self._learn_name(place)
        return {sku["sku_id"].id(): counted(sku, self._names) for sku in skus}

    async def _learn_name(self, place: str) -> None:
        if place in self._names:
            return
        try:
            answer = await self._client.call("warehouse/get", {"out_warehouse_id": place})
        except Refused:
            return
        self._names[place] = answer["data"]["name"].text_or("") or place


def counted(raw: Wild, names: Mapping[str, str]) -> Counted:
    """Read the stock of one SKU.

    Pieces of flash sales and of one promoter's shows are not for everybody, so that
    `total_stock_num` is more than can be sold. `lock_stock` is ordered and not paid yet.
    """
    common = max(0, raw["normal_stock_num"].whole())
    regions = tuple(_place(place, names) for place in _regions(raw))
    if not regions:
        return Counted(common, ())
    rest = PlaceStock(_COMMON, "通用库存", PlaceKind.WAREHOUSE, common)
    places = (*regions, rest) if common else regions
    return Counted(sum(place.available for place in places), places)


def _regions(raw: Wild) -> tuple[Wild, ...]:
    return tuple(raw["warehouse_stocks"])


def _place(raw: Wild, names: Mapping[str, str]) -> PlaceStock:
    place = raw["out_warehouse_id"].id()
    left = raw["num"].whole() - raw["lock_stock"].whole_or(0)
    return PlaceStock(place, names.get(place, place), PlaceKind.WAREHOUSE, max(0, left))
