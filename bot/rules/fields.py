"""Reads the fields of a rule; what is wrong is refused with its place and what may stand there."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.rules.actions import Places
from bot.rules.conditions import BadCondition
from bot.rules.vocabularies import vocabulary
from bot.sla.sections import Refuse, listed, one_of, span, table
from desk.rules.happenings import On
from desk.rules.model import Condition, Once, Per
from desk.rules.vocabulary import KEYS
from desk.shops.port import OrderStatus
from desk.tickets.model import Priority, TicketKind

_LONGEST_ID, _LONGEST_NAME = 40, 30
_SHORTEST_WORD, _LONGEST_WORD, _MOST_WORDS = 2, 30, 2000
_LONGEST_WINDOW = timedelta(days=366)
_VALUES: Mapping[str, tuple[str, ...]] = {
    "kind": tuple(TicketKind),
    "priority": tuple(Priority),
    "status": tuple(OrderStatus),
}
_OF_TICKETS = tuple(each for each in On if each.value.startswith("ticket_"))
_PER: Mapping[Per, tuple[On, ...]] = {
    Per.CUSTOMER: tuple(On),
    Per.TICKET: (On.MESSAGE, On.RATED, *_OF_TICKETS),
    Per.ORDER: (*_OF_TICKETS, On.ORDER_CHANGED, On.REFUND_CHANGED, On.PARCEL_STUCK),
    Per.HOUSE: tuple(On),
}


def with_on(data: Any) -> Any:  # noqa: ANN401  YAML is any
    """YAML 1.1 reads a bare `on` as true, as a key too."""
    if not isinstance(data, Mapping):
        return data
    return {"on" if key is True else key: value for key, value in data.items()}


def id_of(data: Any, where: str, taken: set[str], refuse: Refuse) -> str:  # noqa: ANN401  YAML is any
    """The id; it must not be taken."""
    name = data.get("id") if isinstance(data, Mapping) else None
    if not isinstance(name, str) or not name.isidentifier() or len(name) > _LONGEST_ID:
        raise refuse(f"{where}.id", f"缺少，或不是字母、数字和下划线（最多 {_LONGEST_ID} 个）")
    if name in taken:
        raise refuse(f"{where}.id", f"{name} 前面已经有了，换一个")
    return name


def name_of(value: Any, where: str, refuse: Refuse) -> str:  # noqa: ANN401  YAML is any
    """What people call it."""
    if not isinstance(value, str) or len(value) > _LONGEST_NAME:
        raise refuse(where, f"应是文字，最多 {_LONGEST_NAME} 个字")
    return value.strip()


def happenings_of(value: Any, where: str, refuse: Refuse) -> tuple[On, ...]:  # noqa: ANN401  YAML is any
    """What it is about."""
    several = value if isinstance(value, list) else [value]
    if not several:
        raise refuse(where, f"什么时候没有写，可以写 {'、'.join(On)}")
    return tuple(dict.fromkeys(one_of(each, where, On, refuse) for each in several))


def words_of(given: Mapping[str, Any], name: str, where: str, refuse: Refuse) -> tuple[str, ...]:
    """Words, or phrases in which they do not count."""
    words = listed(given.get(name, []), f"{where}.{name}", refuse)
    if len(words) > _MOST_WORDS:
        raise refuse(f"{where}.{name}", f"太多了，最多 {_MOST_WORDS} 个")
    # A number such as 12315 needs no quotes.
    written = [str(each) if type(each) is int else each for each in words]
    for each in written:
        if not isinstance(each, str) or not _SHORTEST_WORD <= len(each.strip()) <= _LONGEST_WORD:
            why = f"每个词 {_SHORTEST_WORD} 到 {_LONGEST_WORD} 个字，这个不行：{each!r}"
            raise refuse(f"{where}.{name}", why)
    return tuple(dict.fromkeys(each.strip() for each in written))


def keys_of(
    value: Any,  # noqa: ANN401  YAML is any
    on: tuple[On, ...],
    where: str,
    places: Places,
    refuse: Refuse,
) -> dict[str, frozenset[str]]:
    """What it is only for."""
    if value is None:
        return {}
    keys = tuple(name for name in KEYS[on[0]] if all(name in KEYS[each] for each in on))
    given = table(value, where, keys, refuse)
    known = {**_VALUES, "shop": places.shops, "store": places.stores}
    return {
        name: _values(each, f"{where}.{name}", known.get(name), refuse)
        for name, each in given.items()
    }


def _values(
    value: Any,  # noqa: ANN401  YAML is any
    where: str,
    known: Sequence[str] | None,
    refuse: Refuse,
) -> frozenset[str]:
    several = [str(each) for each in (value if isinstance(value, list) else [value])]
    if not several:
        raise refuse(where, "至少要写一个")
    for each in several:
        if known is not None and each not in known:
            raise refuse(where, f"没有 {each}，可以写 {'、'.join(known) or '（一个都没有）'}")
    return frozenset(several)


def condition_of(value: Any, on: tuple[On, ...], where: str, refuse: Refuse) -> Condition | None:  # noqa: ANN401  YAML is any
    """When it holds."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise refuse(where, '应是条件，例如 customer.tier == "vip" && now.hour >= 22')
    try:
        return vocabulary(on).condition(value)
    except BadCondition as error:
        raise refuse(where, error.why) from error


def once_of(value: Any, on: tuple[On, ...], where: str, refuse: Refuse) -> Once | None:  # noqa: ANN401  YAML is any
    """How often it may run."""
    if value is None:
        return None
    given = table(value, where, ("per", "within"), refuse)
    per = one_of(given.get("per"), f"{where}.per", Per, refuse)
    if not all(each in _PER[per] for each in on):
        raise refuse(f"{where}.per", f"{'、'.join(on)} 没有 {per}，可以写 {'、'.join(_pers(on))}")
    within = span(given.get("within"), f"{where}.within", refuse)
    if not timedelta() < within <= _LONGEST_WINDOW:
        raise refuse(f"{where}.within", "应大于 0，最长 366d")
    return Once(per, within)


def _pers(on: tuple[On, ...]) -> list[Per]:
    return [per for per, events in _PER.items() if all(each in events for each in on)]
