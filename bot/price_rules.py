"""Reads `price_protection`: the house's file by platform, and the merchant's by shop over it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from desk.shops.price_rules import PriceRule, PriceRules, Since

PLATFORMS = Path(__file__).parent.parent / "desk" / "shops" / "price_protection.yml"
"""What the house comes with."""

Refuse = Callable[[str, str], Exception]
"""Makes the error of a field: where it stands, what is wrong with it."""

_SECTION = "price_protection"
_FIELDS = frozenset(("days", "since", "net_of_coupons", "service"))
_MOST_DAYS = 365


def read_price_rules(
    data: Any,  # noqa: ANN401  YAML is any
    platforms: Mapping[str, str],
    refuse: Refuse,
) -> PriceRules:
    """Read the section; `platforms` are the platforms' names by shop id.

    `default: {days: 7, since: received}` and `shops: {tmall: {days: 15, since: paid}}`.

    Raises:
        What `refuse` makes: a shop is not connected, or a field is wrong.
    """
    house = yaml.safe_load(PLATFORMS.read_text(encoding="utf-8"))
    data = {} if data is None else data
    if not isinstance(data, Mapping) or not set(data) <= {"default", "shops"}:
        raise refuse(_SECTION, "只能写 default 和 shops")
    own = _mapping(data.get("shops"), "shops", refuse)
    for shop in own:
        if shop not in platforms:
            raise refuse(f"{_SECTION}.shops.{shop}", f"没有 id 为 {shop} 的店铺")
    default = _mapping(data.get("default"), "default", refuse)
    rules = {}
    for shop, platform in platforms.items():
        stated = _mapping(own.get(shop), f"shops.{shop}", refuse)
        fields = {**house.get(platform, {}), **default, **stated}
        rules[shop] = _rule(fields, f"shops.{shop}" if stated else "default", refuse)
    return PriceRules(rules)


def _rule(fields: Mapping[str, Any], name: str, refuse: Refuse) -> PriceRule:
    where = f"{_SECTION}.{name}"
    if not set(fields) <= _FIELDS:
        raise refuse(where, f"只能写 {'、'.join(sorted(_FIELDS))}")
    days, since = fields.get("days"), fields.get("since", Since.PAID.value)
    if days is not None and (type(days) is not int or not 0 <= days <= _MOST_DAYS):
        raise refuse(f"{where}.days", f"应是天数，0 到 {_MOST_DAYS} 的整数")
    if since not in tuple(Since):
        raise refuse(f"{where}.since", "应是 paid（付款起算）或 received（签收起算）")
    net = fields.get("net_of_coupons", True)
    if not isinstance(net, bool):
        raise refuse(f"{where}.net_of_coupons", "应是 true 或 false")
    return PriceRule(days, Since(since), net, str(fields.get("service", "")))


def _mapping(data: Any, name: str, refuse: Refuse) -> Mapping[str, Any]:  # noqa: ANN401  YAML
    if data is None:
        return {}
    if not isinstance(data, Mapping):
        raise refuse(f"{_SECTION}.{name}", "应是“名称: 值”的列表")
    return data
