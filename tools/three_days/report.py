"""Writes docs/desk-72h.md out of the figures."""

from pathlib import Path
from typing import Any

from tools.three_days.days import Script

_WHICH = {"first": "first response", "next": "next response", "solution": "solution"}
_PROMISED = {"urgent": 15, "high": 60, "normal": 240}
_HEAD = (Path(__file__).parent / "report.head.md").read_text(encoding="utf-8")


def report(figures: dict[str, Any], script: Script) -> str:
    """Write the report's text; the same days give the same report."""
    head = _HEAD.format(tickets=figures["tickets"], hours=figures["hours"], seed=script.seed)
    parts = (head, _deadlines(figures), _responses(figures), _escalations(figures), _rest(figures))
    return "\n".join(parts)


def _deadlines(figures: dict[str, Any]) -> str:
    rows = [
        f"| {_WHICH[which]} | {each['kept']} | {each['broken']} | {each['running']} "
        f"| {100 * each['kept'] / max(1, each['kept'] + each['broken']):.0f} % |"
        for which, each in figures["deadlines"].items()
    ]
    return _table("Deadlines", "deadline | kept | broken | not due yet | kept in time", rows)


def _responses(figures: dict[str, Any]) -> str:
    rows = [
        f"| {priority} | {each['count']} | {_PROMISED[priority]} | {each['p50']} | {each['p90']} "
        f"| {each['p95']} |"
        for priority, each in figures["response"].items()
    ]
    head = "priority | tickets | promised | p50 | p90 | p95"
    return _table("First response, in minutes of open hours", head, rows)


def _escalations(figures: dict[str, Any]) -> str:
    rows = []
    for name, count in figures["escalations"].items():
        ladder, step = name.split("#")
        rows.append(f"| `{ladder}` | {step} | {count} |")
    return _table("Escalations", "ladder | step | told", rows)


def _rest(figures: dict[str, Any]) -> str:
    people = figures["people"]
    rows = [f"| looked for somebody else: {why} | {n} |" for why, n in figures["moved"].items()]
    rows += [
        f"| struck out | {', '.join(people[who]['name'] for who, _ in figures['struck']) or 0} |",
        f"| solved at the end, of {figures['tickets']} | {figures['solved']} |",
        f"| reopened by 没解决 | {figures['reopened']} |",
        f"| decisions kept with everybody's terms | {figures['decisions']} |",
        f"| messages and cards sent | {figures['letters']} |",
    ]
    rows += [
        f"| most in {each['name']}'s hands (capacity {each['capacity']}) "
        f"| {max(figures['load'][userid])} |"
        for userid, each in people.items()
    ]
    return _table("Hands", "what | how often", rows)


def _table(title: str, head: str, rows: list[str]) -> str:
    line = "|".join("---" for _ in head.split("|"))
    return "\n".join([f"## {title}", "", f"| {head} |", f"|{line}|", *rows, ""])
