"""What the merchant says about where tickets go is read, or refused with its place."""

from pathlib import Path

import pytest
import yaml

from bot.merchant import BadShopsFile, load_merchant
from bot.routing.reading import read_routing
from desk.kernel.places import Place
from desk.routing.model import Routing, StoreKinds
from desk.shops.port import ItemId
from desk.tickets.model import Priority, TicketKind
from tests.desk.routing.house import STORES

SHOPS = ("tao", "wei")
WHOLE = """
warehouses:
  - {id: jiading, name: 嘉定仓, city: 上海, latitude: 31.37, longitude: 121.27}
  - {id: cold, name: 冷链仓, city: 上海, latitude: 31.2, longitude: 121.4, shops: wei, goods: 奶粉}
product_types:
  - {name: 推车, words: [推车, 婴儿车], skill: strollers}
  - {name: 奶粉, patterns: ['\\d段.*奶粉'], items: ['tao:7'], store: xujiahui}
routes:
  - name: 上海 VIP 投诉
    match: {kind: complaint, tier: vip, region: 上海市, priority: [urgent, high]}
    skill: gold
    store: xujiahui
    priority: urgent
    watchers: [manager, laoqin]
  - {name: 奶粉, match: {product_type: 奶粉, shop: [tao, wei], template: gift}, skill: milk}
lanes:
  - {name: 退换货优先, kinds: [return, exchange]}
  - {name: 奶粉, goods: 奶粉, shops: tao}
store_tickets:
  by_region: [complaint]
  if_named: [consult, repair]
  overflow_km: 60
"""


def read(text: str) -> Routing:
    return read_routing(yaml.safe_load(text) or {}, SHOPS, STORES, BadShopsFile)


def test_all_of_it_is_read() -> None:
    routing = read(WHOLE)
    jiading, cold = routing.warehouses
    assert jiading.place == Place(31.37, 121.27)
    assert (jiading.shops, jiading.goods) == (frozenset(), frozenset())
    assert (cold.shops, cold.goods) == (frozenset({"wei"}), frozenset({"奶粉"}))
    strollers, milk = routing.product_types
    assert (strollers.words, strollers.skill) == (("推车", "婴儿车"), "strollers")
    assert milk.items == frozenset({ItemId("tao", "7")})
    assert milk.patterns[0].search("2段 配方奶粉")
    vips, about_milk = routing.routes
    assert vips.match == {
        "kind": frozenset({"complaint"}),
        "tier": frozenset({"vip"}),
        "region": frozenset({"上海"}),
        "priority": frozenset({"urgent", "high"}),
    }
    assert (vips.skill, vips.store, vips.priority) == ("gold", "xujiahui", Priority.URGENT)
    assert vips.watchers == ("manager", "laoqin")
    assert about_milk.match["shop"] == frozenset(SHOPS)
    returns, lane_of_milk = routing.lanes
    assert returns.kinds == frozenset({TicketKind.RETURN, TicketKind.EXCHANGE})
    assert (lane_of_milk.goods, lane_of_milk.shops) == (frozenset({"奶粉"}), frozenset({"tao"}))
    assert routing.store_kinds == StoreKinds(
        frozenset({TicketKind.COMPLAINT}),
        frozenset({TicketKind.CONSULT, TicketKind.REPAIR}),
        60.0,
    )


def test_without_any_of_it_stores_have_the_usual_kinds() -> None:
    assert read("") == Routing()


@pytest.mark.parametrize(
    ("written", "place", "way_out"),
    [
        ("warehouses: {a: 1}", "warehouses", "应是列表"),
        ("warehouses: [{name: 仓}]", "warehouses[0].id", "缺少"),
        (
            "warehouses: [{id: a, name: 仓, city: 上海, latitude: 121, longitude: 31}]",
            "warehouses[0].latitude",
            "别写反",
        ),
        (
            "warehouses: [{id: xujiahui, name: 仓, city: 上海, latitude: 31, longitude: 121}]",
            "warehouses[0].id",
            "已经是门店的 id",
        ),
        (
            "warehouses: [{id: a, name: 仓, city: 上海, latitude: 3, longitude: 1, goods: 茶}]",
            "warehouses[0].goods",
            "文件里还没有商品类型",
        ),
        ("product_types: [{name: 茶}]", "product_types[0]", "要写 words"),
        ("product_types: [{name: 茶, patterns: ['(']}]", "product_types[0].patterns", "正则"),
        ("product_types: [{name: 茶, patterns: ['茶*']}]", "product_types[0].patterns", "更具体"),
        ("product_types: [{name: 茶, patterns: ['(茶+)+杯']}]", "product_types[0].patterns", "绕"),
        ("product_types: [{name: 茶, items: ['jd:1']}]", "product_types[0].items", "tao、wei"),
        ("product_types: [{name: 茶, words: 茶, store: x}]", "product_types[0].store", "binjiang"),
        (
            "product_types: [{name: 茶, words: [茶]}, {name: 红茶, words: [红茶]}]",
            "product_types[1].words",
            "把红茶写到茶前面",
        ),
        (
            "product_types: [{name: 茶, items: ['tao:1']}, {name: 水, items: ['tao:1']}]",
            "product_types[1].items",
            "已经归在茶",
        ),
        (
            "product_types: [{name: 茶, words: [茶]}, {name: 茶, words: [水]}]",
            "product_types[1].name",
            "重复",
        ),
        ("routes: [{name: a, match: {kind: refund}}]", "routes[0]", "没写派给谁"),
        ("routes: [{name: a, match: {mood: bad}, skill: x}]", "routes[0].match.mood", "可以写"),
        ("routes: [{name: a, match: {kind: anger}, skill: x}]", "routes[0].match.kind", "refund"),
        ("routes: [{name: a, match: {kind: []}, skill: x}]", "routes[0].match.kind", "没写值"),
        ("routes: [{name: a, match: {tier: gold}, skill: x}]", "routes[0].match.tier", "vip"),
        ("routes: [{name: a, match: {shop: jd}, skill: x}]", "routes[0].match.shop", "tao"),
        ("routes: [{name: a, store: [xujiahui, binjiang]}]", "routes[0].store", "只能写一个"),
        ("routes: [{name: a, priority: soon}]", "routes[0].priority", "urgent"),
        (
            "routes: [{name: a, match: {kind: [return, refund]}, skill: x},"
            " {name: b, match: {kind: return, tier: vip}, skill: y}]",
            "routes[1]",
            "先符合前面的“a”",
        ),
        ("lanes: [{name: a}]", "lanes[0]", "可以写 kinds"),
        ("lanes: [{name: a, kinds: [sale]}]", "lanes[0].kinds", "没有叫 sale 的工单类型"),
        ("store_tickets: {by_region: complaint}", "store_tickets.by_region", "应是列表"),
        ("store_tickets: {if_named: [sale]}", "store_tickets.if_named", "之一"),
        ("store_tickets: {overflow_km: -1}", "store_tickets.overflow_km", "0 表示不跨店"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place_and_the_way_out(
    written: str, place: str, way_out: str
) -> None:
    with pytest.raises(BadShopsFile) as refused:
        read(written)
    assert f"{place}：" in str(refused.value)
    assert way_out in str(refused.value)


def test_the_house_reads_it_with_the_rest_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "shops.yml"
    file.write_text("lanes: [{name: 退换货优先, kinds: [return]}]", encoding="utf-8")
    assert [each.name for each in load_merchant(file).routing.lanes] == ["退换货优先"]
