"""Reads the merchant's `sla` section: calendar, promises, ladders; over the house's defaults."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from bot.sla.holidays import chinese_holidays
from bot.sla.sections import Refuse, listed, one_of, shifts, span, table
from desk.sla.calendar import BusinessCalendar, Shift, calendar_of
from desk.sla.ladder import Ladder, Recipient, Step, Trigger
from desk.sla.policy import DEFAULT_POLICY, Counting, Policy, Promise, Target, Which
from desk.sla.terms import Terms
from desk.staff.hours import ServiceHours
from desk.tickets.model import Priority, TicketKind, TicketState

DEFAULTS = Path(__file__).parent / "defaults.yml"
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SECTIONS = (
    *("shifts", "holidays", "make_up", "special"),
    *("warn_percent", "pauses", "promises", "ladders", "close_after"),
)
_OF_DEADLINES = (Trigger.WARNING, Trigger.BREACH)


def read_terms(data: Any, hours: ServiceHours, refuse: Refuse) -> Terms:  # noqa: ANN401  YAML is any
    """Read `sla`; without it the service hours count and the defaults hold.

    Raises:
        What `refuse` makes: something in it is wrong.
    """
    given = table(data or {}, "sla", _SECTIONS, refuse)
    return Terms(
        calendar=_calendar(given, hours, refuse),
        policy=_policy(given, refuse),
        ladders=_ladders(given, refuse),
        close_after=span(given.get("close_after", "7d"), "sla.close_after", refuse),
    )


def _calendar(given: Mapping[str, Any], hours: ServiceHours, refuse: Refuse) -> BusinessCalendar:
    usual = calendar_of(hours)
    days = table(given.get("shifts") or {}, "sla.shifts", (*_DAYS, "default"), refuse)
    week = tuple(
        shifts(days.get(day, days.get("default")), f"sla.shifts.{day}", refuse)
        if day in days or "default" in days
        else usual.week[at]
        for at, day in enumerate(_DAYS)
    )
    if not any(week):
        raise refuse("sla.shifts", "一周里至少要有一天有人")
    special = given.get("special") or {}
    if not isinstance(special, Mapping) or not all(isinstance(each, date) for each in special):
        raise refuse("sla.special", "应写成 2026-12-31: closed，或 2026-12-31: 09:00-15:00")
    return BusinessCalendar(
        week,
        chinese_holidays(),
        _instead("holidays", given, refuse),
        _instead("make_up", given, refuse),
        {day: shifts(value, f"sla.special.{day}", refuse) for day, value in special.items()},
    )


def _instead(name: str, given: Mapping[str, Any], refuse: Refuse) -> tuple[Shift, ...] | None:
    value = given.get(name, "as_usual")
    return None if value == "as_usual" else shifts(value, f"sla.{name}", refuse)


def _policy(given: Mapping[str, Any], refuse: Refuse) -> Policy:
    percent = given.get("warn_percent", 75)
    if not isinstance(percent, int) or isinstance(percent, bool) or not 1 <= percent <= 99:
        raise refuse("sla.warn_percent", "应是 1 到 99 之间的整数，表示用掉多少时间就提醒")
    pauses = listed(given.get("pauses", [TicketState.WAITING_CUSTOMER.value]), "sla.pauses", refuse)
    states = [one_of(each, "sla.pauses", TicketState, refuse) for each in pauses]
    if any(not each.waits for each in states):
        raise refuse("sla.pauses", "只有 waiting_customer、waiting_inside 可以暂停计时")
    own = listed(given.get("promises", []), "sla.promises", refuse)
    read = tuple(_promise(each, f"sla.promises[{at}]", refuse) for at, each in enumerate(own))
    return Policy((*DEFAULT_POLICY.promises, *read), percent / 100, frozenset(states))


def _promise(data: Any, where: str, refuse: Refuse) -> Promise:  # noqa: ANN401  YAML is any
    given = table(data, where, ("kind", "priority", *Which), refuse)
    kind, priority = given.get("kind"), given.get("priority")
    return Promise(
        {
            which: _target(given[which], which, f"{where}.{which}", refuse)
            for which in Which
            if which in given
        },
        None if kind is None else one_of(kind, f"{where}.kind", TicketKind, refuse),
        None if priority is None else one_of(priority, f"{where}.priority", Priority, refuse),
    )


def _target(data: Any, which: Which, where: str, refuse: Refuse) -> Target:  # noqa: ANN401  YAML is any
    usual = Counting.ATTENDED if which is Which.SOLUTION else Counting.BUSINESS
    if isinstance(data, str):
        return Target(span(data, where, refuse), usual)
    given = table(data, where, ("within", "clock"), refuse)
    counting = one_of(given.get("clock", usual), f"{where}.clock", Counting, refuse)
    return Target(span(given.get("within"), f"{where}.within", refuse), counting)


def _ladders(given: Mapping[str, Any], refuse: Refuse) -> tuple[Ladder, ...]:
    usual = yaml.safe_load(DEFAULTS.read_text(encoding="utf-8"))["ladders"]
    own = listed(given.get("ladders", []), "sla.ladders", refuse)
    ladders: dict[str, Ladder | None] = {}
    for at, each in enumerate([*usual, *own]):
        where = f"sla.ladders[{at - len(usual)}]"
        name = each.get("id") if isinstance(each, Mapping) else None
        if not isinstance(name, str) or not name.isidentifier():
            raise refuse(f"{where}.id", "缺少，或不是字母、数字和下划线")
        ladders[name] = None if each.get("use") is False else _ladder(each, where, refuse)
    return tuple(each for each in ladders.values() if each is not None)


def _ladder(data: Any, where: str, refuse: Refuse) -> Ladder:  # noqa: ANN401  YAML is any
    known = ("id", "when", "of", "kinds", "priorities", "steps", "use")
    given = table(data, where, known, refuse)
    when = one_of(given.get("when"), f"{where}.when", Trigger, refuse)
    of = None
    if when in _OF_DEADLINES:
        of = one_of(given.get("of"), f"{where}.of", Which, refuse)
    steps = listed(given.get("steps"), f"{where}.steps", refuse)
    read = tuple(_step(each, f"{where}.steps[{at}]", refuse) for at, each in enumerate(steps))
    if not read or any(one.after > then.after for one, then in pairwise(read)):
        raise refuse(f"{where}.steps", "至少要有一步，后一步的 after 不能比前一步短")
    kinds = listed(given.get("kinds", []), f"{where}.kinds", refuse)
    priorities = listed(given.get("priorities", []), f"{where}.priorities", refuse)
    ladder = Ladder(given["id"], when, read, of)
    return replace(
        ladder,
        kinds=frozenset(one_of(each, f"{where}.kinds", TicketKind, refuse) for each in kinds),
        priorities=frozenset(
            one_of(each, f"{where}.priorities", Priority, refuse) for each in priorities
        ),
    )


def _step(data: Any, where: str, refuse: Refuse) -> Step:  # noqa: ANN401  YAML is any
    given = table(data, where, ("after", "to"), refuse)
    to = listed(given.get("to"), f"{where}.to", refuse)
    if not to:
        raise refuse(f"{where}.to", f"要提醒谁没有写，可以写 {'、'.join(Recipient)}")
    return Step(
        span(given.get("after"), f"{where}.after", refuse),
        tuple(one_of(each, f"{where}.to", Recipient, refuse) for each in to),
    )
