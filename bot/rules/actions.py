"""Reads what a rule does: one action of the closed list an entry, with what belongs to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.sla.sections import Refuse, listed, one_of, table
from desk.rules.actions import (
    BLANKS,
    Action,
    Answer,
    Attend,
    Inform,
    Label,
    OpenOne,
    PassOn,
    Prioritise,
    Send,
    blanks,
)
from desk.rules.happenings import On
from desk.sla.ladder import Recipient
from desk.tickets.model import Priority, TicketKind

_LONGEST_TEXT, _LONGEST_TAG = 500, 20
_STAFF = tuple(each for each in Recipient if each is not Recipient.CUSTOMER)
_SPEAKING = tuple(
    each for each in On if each in (On.MESSAGE, On.RATED) or each.value.startswith("ticket_")
)
"""Where a conversation with the customer is known."""
_FOR_CUSTOMERS = tuple(each for each in BLANKS if each not in ("history", "words"))


@dataclass(frozen=True, slots=True)
class Places:
    """The ids of the merchant's shops and stores."""

    shops: tuple[str, ...] = ()
    stores: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Here:
    """An action as it is written, with all that it is read by."""

    given: Mapping[str, Any]
    on: tuple[On, ...]
    where: str
    places: Places
    refuse: Refuse


def read_actions(
    data: Any,  # noqa: ANN401  YAML is any
    on: tuple[On, ...],
    where: str,
    places: Places,
    refuse: Refuse,
) -> tuple[Action, ...]:
    """Read `then`.

    Raises:
        What `refuse` makes: something in it is wrong.
    """
    actions = listed(data, where, refuse)
    if not actions:
        raise refuse(where, f"做什么没有写，可以写 {'、'.join(_READ)}")
    return tuple(
        _action(each, on, f"{where}[{at}]", places, refuse) for at, each in enumerate(actions)
    )


def _action(
    data: Any,  # noqa: ANN401  YAML is any
    on: tuple[On, ...],
    where: str,
    places: Places,
    refuse: Refuse,
) -> Action:
    name = next((each for each in _READ if isinstance(data, Mapping) and each in data), None)
    if name is None:
        raise refuse(where, f"没有这种动作，可以写 {'、'.join(_READ)}")
    known, read = _READ[name]
    return read(_Here(table(data, where, (name, *known), refuse), on, where, places, refuse))


def _open(here: _Here) -> Action:
    given, where, refuse = here.given, here.where, here.refuse
    quiet = given.get("quiet", False)
    if not isinstance(quiet, bool):
        raise refuse(f"{where}.quiet", "应是 true 或 false")
    return OpenOne(
        kind=one_of(given["open_ticket"], f"{where}.open_ticket", TicketKind, refuse),
        priority=one_of(given.get("priority", "normal"), f"{where}.priority", Priority, refuse),
        summary=_text(given.get("summary"), f"{where}.summary", tuple(BLANKS), refuse),
        skill=_word(given.get("skill", ""), f"{where}.skill", refuse),
        quiet=quiet,
        template=_word(given.get("template", ""), f"{where}.template", refuse),
    )


def _hand_over(here: _Here) -> Action:
    _must_speak(here, "hand_over")
    where, refuse = f"{here.where}.hand_over", here.refuse
    given = here.given["hand_over"]
    if isinstance(given, str):
        return PassOn(_text(given, where, (), refuse))
    given = table(given, where, ("reason", "skill", "urgent"), refuse)
    urgent = given.get("urgent", False)
    if not isinstance(urgent, bool):
        raise refuse(f"{where}.urgent", "应是 true 或 false")
    reason = _text(given.get("reason"), f"{where}.reason", (), refuse)
    return PassOn(reason, _word(given.get("skill", ""), f"{where}.skill", refuse), urgent)


def _route(here: _Here) -> Action:
    where, refuse = f"{here.where}.route", here.refuse
    given = table(here.given["route"], where, ("skill", "store"), refuse)
    if not given:
        raise refuse(where, "skill、store 至少写一个")
    store = _word(given.get("store", ""), f"{where}.store", refuse)
    if store and store not in here.places.stores:
        known = "、".join(here.places.stores) or "（一个都没有）"
        raise refuse(f"{where}.store", f"没有门店 {store}，可以写 {known}")
    return Send(_word(given.get("skill", ""), f"{where}.skill", refuse), store)


def _tell(here: _Here) -> Action:
    where, refuse = f"{here.where}.tell", here.refuse
    given = table(here.given["tell"], where, ("to", "text"), refuse)
    to = _people(given.get("to"), f"{where}.to", refuse)
    return Inform(to, _text(given.get("text"), f"{where}.text", tuple(BLANKS), refuse))


def _say(here: _Here) -> Action:
    _must_speak(here, "say")
    return Answer(_text(here.given["say"], f"{here.where}.say", _FOR_CUSTOMERS, here.refuse))


def _watch(here: _Here) -> Action:
    return Attend(_people(here.given["watch"], f"{here.where}.watch", here.refuse))


def _tag(here: _Here) -> Action:
    return Label(add=_tags(here.given["tag"], f"{here.where}.tag", here.refuse))


def _untag(here: _Here) -> Action:
    return Label(remove=_tags(here.given["untag"], f"{here.where}.untag", here.refuse))


def _priority(here: _Here) -> Action:
    where = f"{here.where}.priority"
    return Prioritise(one_of(here.given["priority"], where, Priority, here.refuse))


_READ: Mapping[str, tuple[tuple[str, ...], Callable[[_Here], Action]]] = {
    "open_ticket": (("priority", "summary", "skill", "quiet", "template"), _open),
    "priority": ((), _priority),
    "tag": ((), _tag),
    "untag": ((), _untag),
    "route": ((), _route),
    "tell": ((), _tell),
    "say": ((), _say),
    "watch": ((), _watch),
    "hand_over": ((), _hand_over),
}
"""Each action, with the names that may stand beside it."""


def _must_speak(here: _Here, name: str) -> None:
    if not all(each in _SPEAKING for each in here.on):
        may = "、".join(_SPEAKING)
        raise here.refuse(f"{here.where}.{name}", f"这时没有和顾客的会话；可以用在 {may}")


def _people(value: Any, where: str, refuse: Refuse) -> tuple[str, ...]:  # noqa: ANN401  YAML is any
    people = listed(value, where, refuse)
    may = f"{'、'.join(_STAFF)}，或 @ 加员工的 userid"
    if not people:
        raise refuse(where, f"没有写是谁，可以写 {may}")
    for each in people:
        named = isinstance(each, str) and len(each) > 1 and each.startswith("@")
        if not named and each not in _STAFF:
            raise refuse(where, f"没有 {each}，可以写 {may}")
    return tuple(str(each) for each in people)


def _tags(value: Any, where: str, refuse: Refuse) -> tuple[str, ...]:  # noqa: ANN401  YAML is any
    several: Sequence[Any] = value if isinstance(value, list) else [value]
    for each in several:
        if not isinstance(each, str) or not 0 < len(each.strip()) <= _LONGEST_TAG:
            raise refuse(where, f"标签是文字，最多 {_LONGEST_TAG} 个字")
    if not several:
        raise refuse(where, "至少要写一个标签")
    return tuple(dict.fromkeys(each.strip() for each in several))


def _text(value: Any, where: str, may: tuple[str, ...], refuse: Refuse) -> str:  # noqa: ANN401  YAML is any
    if not isinstance(value, str) or not 0 < len(value.strip()) <= _LONGEST_TEXT:
        raise refuse(where, f"缺少文字，或超过 {_LONGEST_TEXT} 个字")
    for each in blanks(value):
        if each not in may:
            known = "、".join(f"{{{name}}}" for name in may) or "（这里都不行）"
            raise refuse(where, f"没有 {{{each}}} 这个空，可以写 {known}")
    return value.strip()


def _word(value: Any, where: str, refuse: Refuse) -> str:  # noqa: ANN401  YAML is any
    if not isinstance(value, str):
        raise refuse(where, "应是文字")
    return value
