"""Reads `routes`: the table whose first line that fits decides where a ticket goes."""

from typing import Any

from bot.routing.values import Ids, known, once, one_known, text, texts
from bot.sla.sections import Refuse, listed, one_of, table
from desk.routing.lines import covers
from desk.routing.model import KEYS, Route
from desk.shops.stores import city_word
from desk.tickets.model import Priority, TicketKind

SECTION = "routes"
TIERS = ("vip",)
_FIELDS = ("name", "match", "skill", "store", "priority", "watchers")
_DOES = ("skill", "store", "priority", "watchers")


def read_routes(data: Any, ids: Ids, refuse: Refuse) -> tuple[Route, ...]:  # noqa: ANN401  YAML
    """Read the section.

    Raises:
        What `refuse` makes: something in it is wrong, or a line could never decide.
    """
    entries = listed(data or [], SECTION, refuse)
    read = tuple(_one(each, f"{SECTION}[{at}]", ids, refuse) for at, each in enumerate(entries))
    once([each.name for each in read], SECTION, "name", refuse)
    for at, later in enumerate(read):
        if earlier := next((each for each in read[:at] if covers(each, later)), None):
            why = f"永远轮不到：符合它的工单都先符合前面的“{earlier.name}”，请调换顺序"
            raise refuse(f"{SECTION}[{at}]", why)
    return read


def _one(data: Any, where: str, ids: Ids, refuse: Refuse) -> Route:  # noqa: ANN401  YAML
    given = table(data, where, _FIELDS, refuse)
    if not any(given.get(each) for each in _DOES):
        raise refuse(where, f"没写派给谁，可以写 {'、'.join(_DOES)}")
    priority = given.get("priority")
    return Route(
        name=text(given.get("name"), f"{where}.name", refuse),
        match=_match(given.get("match") or {}, f"{where}.match", ids, refuse),
        skill=text(given.get("skill"), f"{where}.skill", refuse, ""),
        store=one_known(given.get("store"), f"{where}.store", ids.stores, "门店", refuse),
        priority=None
        if priority is None
        else one_of(priority, f"{where}.priority", Priority, refuse),
        watchers=texts(given.get("watchers"), f"{where}.watchers", refuse),
    )


def _match(data: Any, where: str, ids: Ids, refuse: Refuse) -> dict[str, frozenset[str]]:  # noqa: ANN401  YAML
    given = table(data, where, KEYS, refuse)
    values: dict[str, tuple[tuple[str, ...], str]] = {
        "kind": (tuple(TicketKind), "工单类型"),
        "product_type": (tuple(ids.goods), "商品类型"),
        "shop": (tuple(ids.shops), "店铺"),
        "tier": (TIERS, "顾客等级"),
        "priority": (tuple(Priority), "优先级"),
    }
    read: dict[str, frozenset[str]] = {}
    for name in given:
        place = f"{where}.{name}"
        if name in values:
            names, what = values[name]
            read[name] = frozenset(known(given[name], place, names, what, refuse))
        else:
            read[name] = frozenset(texts(given[name], place, refuse))
        if not read[name]:
            raise refuse(place, "没写值；不限就不要写这一项")
    if "region" in read:
        read["region"] = frozenset(city_word(each) for each in read["region"])
    return read
