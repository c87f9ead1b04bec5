"""The run log of rules, line by line, as a supervisor reads it."""

from collections.abc import Sequence

from bot.commands.find import staff_name
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.rules.runs import Did, RuleRun

_PEOPLE = ("told", "watched")


def log_lines(runs: Sequence[RuleRun], desk: Desk) -> tuple[Phrase, ...]:
    """A line for each run, newest first, with what it did and which rule led to it."""
    causes = {each.id: each.rule for each in runs}
    return tuple(_line(each, causes.get(each.by) if each.by else None, desk) for each in runs)


def _line(run: RuleRun, cause: str | None, desk: Desk) -> Phrase:
    by: Phrase | str = ""
    if run.by is not None:
        by = phrase("rule.log.by_another", chain=run.chain)
        if cause:
            by = phrase("rule.log.by", rule=_called(cause, desk), chain=run.chain)
    did = joined(tuple(did_phrase(each, desk) for each in run.did))
    return phrase(
        "rule.log.line",
        at=run.at,
        rule=_called(run.rule, desk),
        on=Phrase(f"rule.on.{run.on}"),
        subject=phrase("rule.log.subject", number=run.subject) if run.subject else "",
        end=Phrase(f"rule.end.{run.end}", {"note": run.note}),
        did=phrase("rule.log.did", did=did) if run.did else "",
        by=by,
    )


def did_phrase(did: Did, desk: Desk) -> Phrase:
    """One thing that was done, people by their names."""
    about = did.about
    if did.what in _PEOPLE:
        about = "、".join(staff_name(each, desk) for each in about.split("、"))
    if did.what == "prioritised":
        return phrase("rule.did.prioritised", about=Phrase(f"ticket.priority.{about}"))
    return Phrase(f"rule.did.{did.what}", {"about": about})


def joined(parts: tuple[Phrase, ...]) -> Phrase | str:
    """Several things in one line."""
    if not parts:
        return ""
    first, *rest = parts
    told: Phrase = first
    for each in rest:
        told = phrase("rule.log.and", first=told, then=each)
    return told


def _called(rule: str, desk: Desk) -> str:
    known = desk.rulebook.rule(rule)
    return known.called if known else rule
