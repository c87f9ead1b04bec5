"""Reads what SHOPS_FILE says about where tickets go."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.routing.goods import read_goods
from bot.routing.table import read_routes
from bot.routing.values import Ids, ids_of, known, once, place, text
from bot.sla.sections import Refuse, listed, one_of, table
from desk.routing.model import Lane, Routing, StoreKinds, Warehouse
from desk.shops.stores import Store
from desk.tickets.model import TicketKind

SECTIONS = ("warehouses", "product_types", "routes", "lanes", "store_tickets")
_WAREHOUSE = ("id", "name", "city", "latitude", "longitude", "shops", "goods")
_LANE = ("name", "kinds", "goods", "shops")
_STORES = ("by_region", "if_named", "overflow_km")


def read_routing(
    data: Mapping[str, Any], shops: Sequence[str], stores: Sequence[Store], refuse: Refuse
) -> Routing:
    """Read all of its sections; `shops` are the ids of the connected shops.

    Raises:
        What `refuse` makes: something in them is wrong.
    """
    ids = ids_of(shops, stores)
    goods = read_goods(data.get("product_types"), ids, refuse)
    ids = replace(ids, goods=tuple(each.name for each in goods))
    return Routing(
        warehouses=_warehouses(data.get("warehouses"), ids, refuse),
        product_types=goods,
        routes=read_routes(data.get("routes"), ids, refuse),
        lanes=_lanes(data.get("lanes"), ids, refuse),
        store_kinds=_store_kinds(data.get("store_tickets"), refuse),
    )


def _warehouses(data: Any, ids: Ids, refuse: Refuse) -> tuple[Warehouse, ...]:  # noqa: ANN401  YAML
    entries = listed(data or [], "warehouses", refuse)
    read = tuple(
        _warehouse(each, f"warehouses[{at}]", ids, refuse) for at, each in enumerate(entries)
    )
    once([each.id for each in read], "warehouses", "id", refuse)
    once([each.name for each in read], "warehouses", "name", refuse)
    for at, each in enumerate(read):
        if each.id in ids.stores:
            raise refuse(f"warehouses[{at}].id", f"{each.id} 已经是门店的 id，请换一个")
    return read


def _warehouse(data: Any, where: str, ids: Ids, refuse: Refuse) -> Warehouse:  # noqa: ANN401  YAML
    given = table(data, where, _WAREHOUSE, refuse)
    return Warehouse(
        id=text(given.get("id"), f"{where}.id", refuse),
        name=text(given.get("name"), f"{where}.name", refuse),
        city=text(given.get("city"), f"{where}.city", refuse),
        place=place(given, where, refuse),
        shops=frozenset(known(given.get("shops"), f"{where}.shops", ids.shops, "店铺", refuse)),
        goods=frozenset(known(given.get("goods"), f"{where}.goods", ids.goods, "商品类型", refuse)),
    )


def _lanes(data: Any, ids: Ids, refuse: Refuse) -> tuple[Lane, ...]:  # noqa: ANN401  YAML
    entries = listed(data or [], "lanes", refuse)
    read = tuple(_lane(each, f"lanes[{at}]", ids, refuse) for at, each in enumerate(entries))
    once([each.name for each in read], "lanes", "name", refuse)
    return read


def _lane(data: Any, where: str, ids: Ids, refuse: Refuse) -> Lane:  # noqa: ANN401  YAML
    given = table(data, where, _LANE, refuse)
    kinds = known(given.get("kinds"), f"{where}.kinds", tuple(TicketKind), "工单类型", refuse)
    goods = known(given.get("goods"), f"{where}.goods", ids.goods, "商品类型", refuse)
    shops = known(given.get("shops"), f"{where}.shops", ids.shops, "店铺", refuse)
    if not kinds and not goods and not shops:
        raise refuse(where, "没写哪些工单走这里，可以写 kinds、goods、shops")
    return Lane(
        text(given.get("name"), f"{where}.name", refuse),
        frozenset(TicketKind(each) for each in kinds),
        frozenset(goods),
        frozenset(shops),
    )


def _store_kinds(data: Any, refuse: Refuse) -> StoreKinds:  # noqa: ANN401  YAML
    given = table(data or {}, "store_tickets", _STORES, refuse)
    usual = StoreKinds()
    kinds = {
        name: frozenset(
            one_of(each, f"store_tickets.{name}", TicketKind, refuse)
            for each in listed(given[name], f"store_tickets.{name}", refuse)
        )
        for name in ("by_region", "if_named")
        if name in given
    }
    far = given.get("overflow_km", usual.overflow_km)
    if not isinstance(far, int | float) or isinstance(far, bool) or not 0 <= far <= 5000:
        raise refuse("store_tickets.overflow_km", "应是 0 到 5000 之间的公里数，0 表示不跨店")
    by_region = kinds.get("by_region", usual.by_region)
    return StoreKinds(by_region, kinds.get("if_named", usual.if_named), float(far))
