"""The merchant's own file (SHOPS_FILE): shops, carriers, stores, coupons, hours, FAQ, names."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.faq import read_faq
from bot.opening import read_hours
from bot.price_rules import read_price_rules
from bot.routing.reading import SECTIONS as OF_ROUTING
from bot.routing.reading import read_routing
from bot.rules.actions import Places
from bot.rules.order_tags import TagRule, read_tag_rules
from bot.rules.reading import house_book, read_rules, source_of
from bot.safety import read_safety
from bot.sla.reading import read_terms
from bot.vocabulary import OwnNames, read_names
from desk.consulting.model import FaqEntry
from desk.coupons.model import CouponPolicy
from desk.kernel.errors import DeskError
from desk.kernel.money import Fen
from desk.routing.model import Routing
from desk.rules.book import RuleBook
from desk.shops.price_rules import PriceRules
from desk.shops.safety import SafetyStock
from desk.shops.stores import Store
from desk.sla.terms import Terms
from desk.staff.hours import ServiceHours

_SECTIONS = (
    "shops",
    "carriers",
    "stores",
    "coupons",
    "service_hours",
    "faq",
    "aliases",
    "order_tags",
    "rules",
    "sla",
    "safety_stock",
    "price_protection",
    *OF_ROUTING,
)
_ENV = re.compile(r"\$\{([A-Z][A-Z0-9_]*)\}")


class BadShopsFile(DeskError):
    """The shops' file cannot be used; the message names the place and the way out."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__("shops_file.bad", f"店铺配置（SHOPS_FILE）{where}：{why}")
        self.args = (self.say,)


@dataclass(frozen=True, slots=True)
class Merchant:
    """What the file says; secrets are filled in.

    `shops` are entries for integrations.catalog, `carriers` for integrations.carriers.catalog.
    """

    shops: tuple[Mapping[str, Any], ...] = ()
    carriers: tuple[Mapping[str, Any], ...] = ()
    stores: tuple[Store, ...] = ()
    policies: tuple[CouponPolicy, ...] = ()
    hours: ServiceHours = field(default_factory=ServiceHours)
    faq: tuple[FaqEntry, ...] = ()
    names: OwnNames = field(default_factory=OwnNames)
    tag_rules: tuple[TagRule, ...] = ()
    terms: Terms = field(default_factory=lambda: read_terms(None, ServiceHours(), BadShopsFile))
    safety: SafetyStock = field(default_factory=SafetyStock)
    price_rules: PriceRules = field(default_factory=PriceRules)
    routing: Routing = field(default_factory=Routing)
    rules: RuleBook = field(default_factory=house_book)


def load_merchant(path: Path | None, env: Mapping[str, str] = os.environ) -> Merchant:
    """Read the file; without one there are no shops.

    Raises:
        BadShopsFile: the file is missing or wrong, or a ${NAME} in it is not in the environment.
    """
    if path is None:
        return Merchant()
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except OSError as error:
        raise BadShopsFile(str(path.name), "打不开，请检查路径") from error
    except yaml.YAMLError as error:
        raise BadShopsFile(str(path.name), f"不是有效的 YAML：{error}") from error
    if not isinstance(data, dict):
        raise BadShopsFile(str(path.name), f"最外层应有 {'、'.join(_SECTIONS)}")
    data = _filled(data, env, "")
    hours = read_hours(data.get("service_hours"), BadShopsFile)
    stores = stores_of(data)
    rules = source_of(data.get("rules"), path.parent, BadShopsFile)
    return Merchant(
        shops=tuple(data.get("shops") or ()),
        carriers=tuple(each for _, each in _listed(data, "carriers")),
        stores=stores,
        policies=tuple(_policy(each, f"coupons[{at}]") for at, each in _listed(data, "coupons")),
        hours=hours,
        faq=read_faq(data.get("faq"), BadShopsFile),
        names=read_names(data.get("aliases"), _platforms(data), BadShopsFile),
        tag_rules=read_tag_rules(data.get("order_tags"), BadShopsFile),
        terms=read_terms(data.get("sla"), hours, BadShopsFile),
        safety=read_safety(data.get("safety_stock"), _platforms(data), BadShopsFile),
        price_rules=read_price_rules(data.get("price_protection"), _platforms(data), BadShopsFile),
        routing=read_routing(data, tuple(_platforms(data)), stores, BadShopsFile),
        rules=read_rules(rules, places_of(data), BadShopsFile),
    )


def places_of(data: Mapping[str, Any]) -> Places:
    """The ids of shops and stores that rules may name."""
    stores = [each for _, each in _listed(data, "stores") if isinstance(each, dict)]
    return Places(tuple(_platforms(data)), tuple(str(each.get("id")) for each in stores))


def stores_of(data: Mapping[str, Any]) -> tuple[Store, ...]:
    """The stores of the file.

    Raises:
        BadShopsFile: one of them is wrong.
    """
    return tuple(_store(each, f"stores[{at}]") for at, each in _listed(data, "stores"))


def _listed(data: Mapping[str, Any], name: str) -> enumerate[Any]:
    value = data.get(name) or []
    if not isinstance(value, list):
        raise BadShopsFile(name, "应是列表")
    return enumerate(value)


def _platforms(data: Mapping[str, Any]) -> dict[str, str]:
    """The platforms of the shops, by shop id."""
    shops = [each for _, each in _listed(data, "shops") if isinstance(each, dict)]
    return {str(each.get("id")): str(each.get("platform")) for each in shops}


def _filled(value: Any, env: Mapping[str, str], where: str) -> Any:  # noqa: ANN401  YAML is any
    if isinstance(value, dict):
        return {
            key: _filled(each, env, f"{where}.{key}".lstrip(".")) for key, each in value.items()
        }
    if isinstance(value, list):
        return [_filled(each, env, f"{where}[{at}]") for at, each in enumerate(value)]
    if isinstance(value, str):
        return _ENV.sub(lambda found: _from_env(found[1], env, where), value)
    return value


def _from_env(name: str, env: Mapping[str, str], where: str) -> str:
    if name not in env:
        raise BadShopsFile(where, f"环境变量 {name} 没有设置")
    return env[name]


def _store(data: Any, where: str) -> Store:  # noqa: ANN401  YAML is any
    return Store(
        **{name: _text(data, name, where) for name in ("id", "name", "city", "address")},
        **{name: _text(data, name, where, "") for name in ("district", "phone", "hours")},
        latitude=_degrees(data, "latitude", where, 90),
        longitude=_degrees(data, "longitude", where, 180),
    )


def _policy(data: Any, where: str) -> CouponPolicy:  # noqa: ANN401  YAML is any
    occasions = data.get("occasions", []) if isinstance(data, dict) else []
    if not isinstance(occasions, list) or not all(isinstance(each, str) for each in occasions):
        raise BadShopsFile(f"{where}.occasions", "应是文字列表")
    return CouponPolicy(
        **{
            name: _text(data, name, where) for name in ("id", "shop", "platform_coupon_id", "title")
        },
        threshold=_fen(data, "threshold", where),
        value=_fen(data, "value", where),
        occasions=tuple(occasions),
        link=_text(data, "link", where, ""),
    )


def _text(data: Any, name: str, where: str, default: str | None = None) -> str:  # noqa: ANN401
    value = data.get(name, default) if isinstance(data, dict) else None
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise BadShopsFile(f"{where}.{name}", "缺少，或不是文字")
    return str(value)


def _degrees(data: Mapping[str, Any], name: str, where: str, most: int) -> float:
    value = data.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool) or abs(value) > most:
        raise BadShopsFile(f"{where}.{name}", f"应是 -{most} 到 {most} 之间的度数（经纬度别写反）")
    return float(value)


def _fen(data: Mapping[str, Any], name: str, where: str) -> Fen:
    value = data.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BadShopsFile(f"{where}.{name}", "应是以分为单位的整数，例如 2000 表示 20 元")
    return Fen(value)
