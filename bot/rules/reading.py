"""Reads the merchant's `rules`: over the house's own, each refused with its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.rules.actions import Places, read_actions
from bot.rules.fields import (
    condition_of,
    happenings_of,
    id_of,
    keys_of,
    name_of,
    once_of,
    with_on,
    words_of,
)
from bot.sla.sections import Refuse, listed, table
from desk.rules.book import RuleBook
from desk.rules.happenings import On
from desk.rules.model import Rule

DEFAULTS = Path(__file__).parent / "defaults.yml"
SECTION = "rules"
_FIELDS = ("id", "name", "on", "only", "words", "but_not", "when", "then", "once", "use")

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
        name = id_of(entry, where, own, refuse)
        rules[name] = read_rule(entry, where, places, refuse)
        own.add(name)
    return RuleBook(each for each in rules.values() if each is not None)


def faults(source: Source, places: Places) -> list[tuple[str, str]]:
    """All that is wrong, one fault a rule: where it stands, and what is wrong there."""
    found: list[tuple[str, str]] = []
    own: set[str] = set()
    for where, entry in source.named():
        try:
            own.add(id_of(entry, where, own, Fault))
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
    given = table(with_on(data), where, _FIELDS, refuse)
    if given.get("use") is False:
        return None
    on = happenings_of(given.get("on"), f"{where}.on", refuse)
    words, but_not = (words_of(given, name, where, refuse) for name in ("words", "but_not"))
    if (words or but_not) and on != (On.MESSAGE,):
        raise refuse(f"{where}.words", "只有 on: message 的规则可以写关键词")
    if but_not and not words:
        raise refuse(f"{where}.but_not", "要和 words 一起写")
    return Rule(
        id=id_of(data, where, set(), refuse),
        on=on,
        only=keys_of(given.get("only"), on, f"{where}.only", places, refuse),
        words=words,
        but_not=but_not,
        when=condition_of(given.get("when"), on, f"{where}.when", refuse),
        then=read_actions(given.get("then"), on, f"{where}.then", places, refuse),
        once=once_of(given.get("once"), on, f"{where}.once", refuse),
        name=name_of(given.get("name", ""), f"{where}.name", refuse),
    )
