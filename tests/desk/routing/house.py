"""The merchant's stores and terms for tests of routing."""

import re
from dataclasses import replace
from typing import Any

from desk.kernel.ids import ConversationId, CustomerId, derived
from desk.kernel.places import Place
from desk.routing.model import Lane, ProductType, Route, Routing, Warehouse
from desk.routing.placed import Known
from desk.routing.placing import Ground
from desk.shops.port import ItemId
from desk.shops.stores import Store
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, TicketKind

XUJIAHUI = Store("xujiahui", "徐家汇店", "上海", "徐汇区", "", "", "", 31.1932, 121.4365)
WUJIAOCHANG = Store("wujiaochang", "五角场店", "上海", "杨浦区", "", "", "", 31.3045, 121.5142)
BINJIANG = Store("binjiang", "滨江店", "杭州市", "滨江区", "", "", "", 30.2084, 120.2106)
STORES = (XUJIAHUI, WUJIAOCHANG, BINJIANG)
NEAR_WUJIAOCHANG = Place(31.30, 121.51)
NEAR_XUJIAHUI = Place(31.2050, 121.4450)
LANZHOU = Place(36.06, 103.83)

JIADING = Warehouse("jiading", "嘉定仓", "上海", Place(31.3747, 121.2654))
XIAOSHAN = Warehouse("xiaoshan", "萧山仓", "杭州", Place(30.1853, 120.2646))
COLD = Warehouse(
    "cold", "冷链仓", "上海", Place(31.2, 121.44), frozenset({"wei"}), frozenset({"奶粉"})
)

STROLLERS = ProductType("推车", ("推车", "婴儿车"), skill="strollers")
MILK = ProductType(
    "奶粉", patterns=(re.compile(r"\d段.*奶粉"),), items=frozenset({ItemId("tao", "7")})
)
MATHS = ProductType("数学", ("数学",), skill="maths", store="wujiaochang")
TYPES = (STROLLERS, MILK, MATHS)

VIPS = Route("VIP 投诉", {"kind": frozenset({"complaint"}), "tier": frozenset({"vip"})}, "gold")
HANGZHOU = Route(
    "杭州的退货", {"kind": frozenset({"return", "exchange"}), "region": frozenset({"杭州"})}, "hz"
)
REPAIRS = Route("推车报修", {"product_type": frozenset({"推车"})}, "workshop", "binjiang")
ROUTES = (VIPS, HANGZHOU, REPAIRS)

LANES = (
    Lane("退换货优先", frozenset({TicketKind.RETURN, TicketKind.EXCHANGE})),
    Lane("课程", goods=frozenset({"数学"})),
)
ROUTING = Routing((JIADING, XIAOSHAN, COLD), TYPES, ROUTES, LANES)

GROUND = Ground(
    ROUTING, STORES, frozenset({"苏州"}), vip_from=500000, far_km=50, has_leader_pool=True
)
WISH = OpenTicket(
    TicketKind.COMPLAINT,
    Priority.URGENT,
    "投诉",
    CustomerId(derived("mimi")),
    ConversationId(derived("chat")),
)


def wish(kind: TicketKind = TicketKind.COMPLAINT, **what: Any) -> OpenTicket:
    """A ticket that shall be opened."""
    return replace(WISH, kind=kind, **what)


def said(*words: str, **what: Any) -> Known:
    """What a customer said lately, the last first."""
    return replace(Known(words), **what)
