"""Reads the merchant's `rules`: over the house's own, each refused with its place."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.rules.actions import Places, read_actions
from bot.rules.conditions import BadCondition
from bot.rules.vocabularies import vocabulary
from bot.sla.sections import listed, one_of, span, table
from desk.rules.book import RuleBook
from desk.rules.happenings import On
from desk.rules.model import Condition, Once, Per, Rule
from desk.rules.vocabulary import KEYS
from desk.shops.port import OrderStatus
from desk.tickets.model import Priority, TicketKind

DEFAULTS = Path(__file__).parent / "defaults.yml"
SECTION = "rules"
_FIELDS = ("id", "name", "on", "only", "words", "but_not", "when", "then", "once", "use")
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

Refuse = Callable[[str, str], Exception]
Named = tuple[str, Any]
"""An entry with its place."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where rules are read from: the place is named in what is refused."""

    entries: Sequence[Any]
    where: str = SECTION

    def named(self) -> Iterator[Named]:
        """Each entry with its place."""
        return ((f"{self.where}[{at}]", each) for at, each in enumerate(self.entries))


def source_of(data: Any, folder: Path | None, refuse: Refuse) -> Source:  # noqa: ANN401  YAML is any
    """The section `rules`: a list, or the name of a file beside the merchant's that holds one.

    Raises:
        What `refuse` makes: it is neither.
    """
    if not isinstance(data, str):
        return Source(listed(data or [], SECTION, refuse))
    path = (folder or Path()) / data
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise refuse(SECTION, f"打不开文件 {data}，请检查路径") from error
    except yaml.YAMLError as error:
        raise refuse(SECTION, f"文件 {data} 不是有效的 YAML：{error}") from error
    if isinstance(read, Mapping) and set(read) == {SECTION}:
        read = read[SECTION]
    return Source(listed(read or [], data, refuse), data)


def read_rules(source: Source, places: Places, refuse: Refuse) -> RuleBook:
    """Read the rules; those of the house stand first, one of the same id takes its place.

    Raises:
        What `refuse` makes: something in one of them is wrong.
    """
    rules: dict[str, Rule | None] = {each.id: each for each in house_rules()}
    own: set[str] = set()
    for where, entry in source.named():
        name = _id(entry, where, own, refuse)
        rules[name] = read_rule(entry, where, places, refuse)
        own.add(name)
    return RuleBook(each for each in rules.values() if each is not None)


def faults(source: Source, places: Places) -> list[tuple[str, str]]:
    """All that is wrong, one fault a rule: where it stands, and what is wrong there."""
    found: list[tuple[str, str]] = []
    own: set[str] = set()
    for where, entry in source.named():
        try:
            own.add(_id(entry, where, own, Fault))
            read_rule(entry, where, places, Fault)
        except Fault as fault:
            found.append((fault.where, fault.why))
    return found


class Fault(Exception):
    """Something in a rule is wrong."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(where, why)
        self.where, self.why = where, why


@cache
def house_rules() -> tuple[Rule, ...]:
    """The rules that come with the house."""
    entries = yaml.safe_load(DEFAULTS.read_text(encoding="utf-8"))[SECTION]
    read = (read_rule(each, where, Places(), _broken) for where, each in Source(entries).named())
    return tuple(each for each in read if each is not None)


@cache
def house_book() -> RuleBook:
    """The rules of a merchant who has written none."""
    return RuleBook(house_rules())


def _broken(where: str, why: str) -> Exception:
    return ValueError(f"{DEFAULTS.name} {where}: {why}")


def read_rule(
    data: Any,  # noqa: ANN401  YAML is any
    where: str,
    places: Places,
    refuse: Refuse,
) -> Rule | None:
    """Read one rule; None for one that is not in use.

    Raises:
        What `refuse` makes: something in it is wrong.
    """
    given = table(_with_on(data), where, _FIELDS, refuse)
    if given.get("use") is False:
        return None
    on = _on(given.get("on"), f"{where}.on", refuse)
    words, but_not = (_words(given, name, where, refuse) for name in ("words", "but_not"))
    if (words or but_not) and on != (On.MESSAGE,):
        raise refuse(f"{where}.words", "只有 on: message 的规则可以写关键词")
    if but_not and not words:
        raise refuse(f"{where}.but_not", "要和 words 一起写")
    return Rule(
        id=_id(data, where, set(), refuse),
        on=on,
        only=_only(given.get("only"), on, f"{where}.only", places, refuse),
        words=words,
        but_not=but_not,
        when=_when(given.get("when"), on, f"{where}.when", refuse),
        then=read_actions(given.get("then"), on, f"{where}.then", places, refuse),
        once=_once(given.get("once"), on, f"{where}.once", refuse),
        name=_name(given.get("name", ""), f"{where}.name", refuse),
    )


def _with_on(data: Any) -> Any:  # noqa: ANN401  YAML is any
    """YAML 1.1 reads a bare `on` as true, as a key too."""
    if not isinstance(data, Mapping):
        return data
    return {"on" if key is True else key: value for key, value in data.items()}


def _id(data: Any, where: str, taken: set[str], refuse: Refuse) -> str:  # noqa: ANN401  YAML is any
    name = data.get("id") if isinstance(data, Mapping) else None
    if not isinstance(name, str) or not name.isidentifier() or len(name) > _LONGEST_ID:
        raise refuse(f"{where}.id", f"缺少，或不是字母、数字和下划线（最多 {_LONGEST_ID} 个）")
    if name in taken:
        raise refuse(f"{where}.id", f"{name} 前面已经有了，换一个")
    return name


def _name(value: Any, where: str, refuse: Refuse) -> str:  # noqa: ANN401  YAML is any
    if not isinstance(value, str) or len(value) > _LONGEST_NAME:
        raise refuse(where, f"应是文字，最多 {_LONGEST_NAME} 个字")
    return value.strip()


def _on(value: Any, where: str, refuse: Refuse) -> tuple[On, ...]:  # noqa: ANN401  YAML is any
    several = value if isinstance(value, list) else [value]
    if not several:
        raise refuse(where, f"什么时候没有写，可以写 {'、'.join(On)}")
    return tuple(dict.fromkeys(one_of(each, where, On, refuse) for each in several))


def _words(given: Mapping[str, Any], name: str, where: str, refuse: Refuse) -> tuple[str, ...]:
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


def _only(
    value: Any,  # noqa: ANN401  YAML is any
    on: tuple[On, ...],
    where: str,
    places: Places,
    refuse: Refuse,
) -> dict[str, frozenset[str]]:
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


def _when(value: Any, on: tuple[On, ...], where: str, refuse: Refuse) -> Condition | None:  # noqa: ANN401  YAML is any
    if value is None:
        return None
    if not isinstance(value, str):
        raise refuse(where, '应是条件，例如 customer.tier == "vip" && now.hour >= 22')
    try:
        return vocabulary(on).condition(value)
    except BadCondition as error:
        raise refuse(where, error.why) from error


def _once(value: Any, on: tuple[On, ...], where: str, refuse: Refuse) -> Once | None:  # noqa: ANN401  YAML is any
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
