"""Puts a ticket where it belongs before it is opened; the same facts give the same place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desk.routing.goods import goods_of
from desk.routing.lanes import lane_of
from desk.routing.lines import first_line
from desk.routing.model import ProductType, Route, Routing
from desk.routing.placed import NOT_FOUND, By, Found, Known, Placed
from desk.routing.stores import region_of, store_in, store_named
from desk.routing.warehouses import nearest_warehouse
from desk.shops.stores import Store, city_word
from desk.tickets.actors import BOT
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, TicketKind

LEADER_TAG = "团长"
LEADER_SKILL = "leader"
VIP = "vip"
WAREHOUSE = "warehouse"
"""The field that tells which warehouse serves a group leader."""
FOR_SUPERVISORS = frozenset(
    {TicketKind.COMPLAINT, TicketKind.PRIVACY, TicketKind.EMERGENCY, TicketKind.RISK}
)
"""What customers are promised a 负责人 for: no pool of agents takes these."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What placing stands on: the merchant's terms, stores, and whether leaders have a pool."""

    routing: Routing
    stores: Sequence[Store]
    regions: frozenset[str]
    vip_from: int
    far_km: float
    has_leader_pool: bool


def place(asked: OpenTicket, known: Known, ground: Ground) -> tuple[OpenTicket, Placed]:
    """Fill in what the opener has not said; what they said stays, but for the route's line."""
    asked = _of_leader(asked, known)
    routing = ground.routing
    goods = _given(asked.product_type) or goods_of(known, routing.product_types)
    region = _given(asked.region) or region_of(known, ground.stores, _cities(ground), ground.far_km)
    tier = VIP if known.paid >= ground.vip_from else ""
    line, route = first_line(routing.routes, _looked_at(asked, goods, region, tier))
    kind_of_goods = next((each for each in routing.product_types if each.name == goods.value), None)
    store = _store(asked, known, ground, region, route, kind_of_goods)
    warehouse = NOT_FOUND
    if known.leader:
        about = {"shop": asked.shop, "goods": goods.value, "region": region.value}
        warehouse = nearest_warehouse(known, routing.warehouses, **about)
    if not region.value:
        region = _region_of(store, ground.stores)
    lane = lane_of(routing.lanes, asked.kind, goods.value, asked.shop)
    placed = Placed(
        store=store,
        region=region,
        goods=goods,
        warehouse=warehouse,
        tier=tier,
        route=route.name if route else "",
        line=line,
        lane=routing.lanes[lane].name if lane < len(routing.lanes) else "",
        skill=_skill(asked, known, ground, route, kind_of_goods),
        leader=known.leader,
    )
    return _filled(asked, placed, route, routing), placed


def _of_leader(asked: OpenTicket, known: Known) -> OpenTicket:
    """A group leader's ticket without a better kind is of the leaders' own."""
    if not known.leader or asked.kind is not TicketKind.OTHER:
        return asked
    return replace(asked, kind=TicketKind.LEADER)


def _given(value: str) -> Found | None:
    return Found(value, By.GIVEN) if value else None


def _cities(ground: Ground) -> frozenset[str]:
    warehouses = {each.city for each in ground.routing.warehouses}
    matched = (each.match.get("region", frozenset()) for each in ground.routing.routes)
    return ground.regions.union(warehouses, (each.city for each in ground.stores), *matched)


def _looked_at(asked: OpenTicket, goods: Found, region: Found, tier: str) -> Mapping[str, str]:
    """What a line of the route table may look at."""
    return {
        "kind": asked.kind.value,
        "product_type": goods.value,
        "shop": asked.shop,
        "region": region.value,
        "tier": tier,
        "priority": (asked.priority or Priority.NORMAL).value,
        "template": asked.template or asked.kind.value,
    }


def _store(
    asked: OpenTicket,
    known: Known,
    ground: Ground,
    region: Found,
    route: Route | None,
    goods: ProductType | None,
) -> Found:
    """The store, by the first that tells, see docs/routing.md."""
    if asked.store:
        return Found(asked.store, By.GIVEN)
    if route and route.store:
        return Found(route.store, By.ROUTE, word=route.name)
    kinds = ground.routing.store_kinds
    if asked.kind in kinds.by_region | kinds.if_named:
        named = store_named(known, ground.stores)
        if named.value:
            return named
    if known.visited and asked.kind in kinds.by_region - {TicketKind.APPOINTMENT}:
        return Found(known.visited, By.APPOINTMENT)
    if goods and goods.store:
        return Found(goods.store, By.GOODS, word=goods.name)
    if asked.kind in kinds.by_region and region.value:
        return store_in(region.value, known, ground.stores)
    return NOT_FOUND


def _region_of(store: Found, stores: Sequence[Store]) -> Found:
    """A ticket of a store is of its city."""
    here = next((each for each in stores if each.id == store.value), None)
    return Found(city_word(here.city), store.by, word=here.name) if here else NOT_FOUND


def _skill(
    asked: OpenTicket,
    known: Known,
    ground: Ground,
    route: Route | None,
    goods: ProductType | None,
) -> str:
    """Leaders go to their pool where there is one; else route, opener and kind of goods decide.

    A rule or a person who opens it knows what they want: no line of the table is above them.
    """
    if asked.skill and asked.by != BOT:
        return asked.skill
    if known.leader and ground.has_leader_pool and asked.kind not in FOR_SUPERVISORS:
        return LEADER_SKILL
    of_route, of_goods = route.skill if route else "", goods.skill if goods else ""
    return of_route or asked.skill or of_goods


def _filled(asked: OpenTicket, placed: Placed, route: Route | None, routing: Routing) -> OpenTicket:
    fields = dict(asked.fields)
    served_by = routing.warehouse(placed.warehouse.value)
    if served_by is not None:
        fields.setdefault(WAREHOUSE, served_by.name)
    tags = (*asked.tags, LEADER_TAG) if placed.leader else asked.tags
    watchers = (*asked.watchers, *(route.watchers if route else ()))
    return replace(
        asked,
        store=placed.store.value,
        region=placed.region.value,
        product_type=placed.goods.value,
        skill=placed.skill,
        priority=(route.priority if route else None) or asked.priority,
        fields=fields,
        tags=tuple(dict.fromkeys(tags)),
        watchers=tuple(dict.fromkeys(watchers)),
    )
