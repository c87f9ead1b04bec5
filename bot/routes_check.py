"""`python -m bot routes check [kind=complaint …]`: the table, and which line would decide."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from bot.merchant import BadShopsFile, places_of, stores_of
from bot.routing.reading import read_routing
from desk.routing.goods import goods_of
from desk.routing.lines import first_line, fits
from desk.routing.model import KEYS, Routing
from desk.routing.placed import Known

_TITLE = "title"


def check_routes(path: Path | None, words: Sequence[str]) -> int:
    """Print how each line stands to a ticket like `words`; 0 when that could be told, else 1.

    Raises:
        BadShopsFile: the merchant's file, or what it says of routes, is wrong.
    """
    if path is None:
        return _say(1, "✘ 没有设置 SHOPS_FILE，没有路由表  [routes.none]")
    routing = _routing(path)
    told = f"✔ {len(routing.routes)} 条路由、{len(routing.product_types)} 种商品类型可以使用"
    if not words:
        return _say(0, f"{told}  [routes.ok]")
    given = dict(each.partition("=")[::2] for each in words)
    if strange := [each for each in given if each not in (*KEYS, _TITLE)]:
        known = "、".join((*KEYS, _TITLE))
        return _say(1, f"✘ 没有 {strange[0]} 这一项，可以写 {known}  [routes.key]")
    return _tried(routing, given)


def _tried(routing: Routing, given: Mapping[str, str]) -> int:
    goods = goods_of(Known(titles=(given.get(_TITLE, ""),)), routing.product_types).value
    about = {"product_type": goods, "priority": "normal", **given}
    about.setdefault("template", about.get("kind", ""))
    if goods:
        _say(0, f"商品类型：{goods}")
    for number, route in enumerate(routing.routes, 1):
        mark = "✔" if fits(route, about) else "✘"
        _say(0, f"{mark} 第 {number} 条“{route.name}”")
    line, route_taken = first_line(routing.routes, about)
    if route_taken is None:
        return _say(0, "没有一条符合，按类型要的技能派")
    return _say(0, f"由第 {line} 条“{route_taken.name}”决定")


def _routing(path: Path) -> Routing:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, yaml.YAMLError) as error:
        raise BadShopsFile(path.name, f"打不开，或不是有效的 YAML：{error}") from error
    if not isinstance(data, dict):
        raise BadShopsFile(path.name, "最外层应是 名称: 内容")
    return read_routing(data, places_of(data).shops, stores_of(data), BadShopsFile)


def _say(code: int, line: str) -> int:
    sys.stdout.write(f"{line}\n")
    return code
