"""A rule, the list of them and a dry run, in words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from bot.commands.rules_log import did_phrase
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.rules.actions import (
    Action,
    Answer,
    Attend,
    Inform,
    Label,
    OpenOne,
    PassOn,
    Prioritise,
    Send,
)
from desk.rules.model import Once, Rule
from desk.rules.runs import RuleCount
from desk.rules.trial import Asked, Check, Planned, Trial

_WORDS_SHOWN = 12
_CALLED = ("kind", "priority")
_NONE = RuleCount()
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)


def listed(rules: Sequence[Rule], counts: Mapping[str, RuleCount], most: int) -> Phrase:
    """All rules in their order, with how often each ran."""
    lines = tuple(
        phrase(
            "cmd.rules.line", id=each.id, name=each.called, count=_count(counts.get(each.id, _NONE))
        )
        for each in rules[:most]
    )
    hidden = len(rules) - len(lines)
    more = phrase("cmd.rules.more", count=hidden) if hidden else ""
    return phrase("cmd.rules.list", count=len(rules), rules=lines, more=more)


def shown(rule: Rule, count: RuleCount | None) -> Phrase:
    """Everything about one rule."""
    only = tuple(
        phrase("cmd.rules.only", name=Phrase(f"rule.key.{name}"), values=_valued(name, values))
        for name, values in rule.only.items()
    )
    return phrase(
        "cmd.rules.card",
        id=rule.id,
        name=rule.called,
        on=_several("rule.on", rule.on),
        only=only,
        words=_words(rule),
        when=phrase("cmd.rules.when", text=rule.when.text) if rule.when else "",
        then=tuple(phrase("cmd.rules.then", did=described(each)) for each in rule.then),
        once=_once(rule.once) if rule.once else "",
        count=_count(count or _NONE),
        last=phrase("cmd.rules.last", at=count.last) if count and count.last else "",
    )


def tried(trial: Trial, desk: Desk) -> Phrase:
    """What a dry run found."""
    checks = tuple(_check(each) for each in trial.checks) or (phrase("rule.asked.nothing"),)
    key = "cmd.rules.would" if trial.would_run else "cmd.rules.would_not"
    return phrase(
        "cmd.rules.tried",
        rule=trial.rule.called,
        checks=checks,
        result=Phrase(key),
        steps=tuple(_planned(each, desk) for each in trial.steps),
    )


def described(action: Action) -> Phrase:
    """One action as the merchant wrote it."""
    match action:
        case OpenOne(kind, priority, summary):
            return phrase(
                "rule.then.open_ticket",
                kind=Phrase(f"ticket.kind.{kind}"),
                priority=Phrase(f"ticket.priority.{priority}"),
                text=summary,
            )
        case Prioritise(priority):
            return phrase("rule.then.priority", priority=Phrase(f"ticket.priority.{priority}"))
        case Label(add, remove):
            key = "rule.then.tag" if add else "rule.then.untag"
            return Phrase(key, {"tags": "、".join(add or remove)})
        case Send(skill, store):
            return phrase("rule.then.route", to="、".join(filter(None, (skill, store))))
        case Inform(to, text):
            return phrase("rule.then.tell", to=_people(to), text=text)
        case Answer(text):
            return phrase("rule.then.say", text=text)
        case Attend(who):
            return phrase("rule.then.watch", to=_people(who))
        case PassOn(reason):
            return phrase("rule.then.hand_over", text=reason)


def _check(check: Check) -> Phrase:
    sign = {True: "rule.holds", False: "rule.holds_not", None: "rule.untold"}[check.holds]
    about: Phrase | str = check.about
    match check.asked:
        case Asked.ONLY:
            values = _valued(check.about, check.wants)
            about = phrase("cmd.rules.wants", name=Phrase(f"rule.key.{check.about}"), values=values)
        case Asked.ONCE:
            per = Phrase(f"rule.per.{check.about}")
            until = phrase("rule.asked.until", at=check.until) if check.until else ""
            return phrase(
                "rule.check",
                sign=Phrase(sign),
                what=phrase("rule.asked.once", per=per, until=until),
            )
        case Asked.WORDS if not check.about:
            key = "rule.asked.words_not" if check.wants else "rule.asked.no_words"
            return phrase("rule.check", sign=Phrase(sign), what=Phrase(key))
    what = Phrase(f"rule.asked.{check.asked}", {"about": about})
    return phrase("rule.check", sign=Phrase(sign), what=what)


def _planned(planned: Planned, desk: Desk) -> Phrase:
    text = phrase("cmd.rules.step_text", text=planned.text) if planned.text else ""
    return phrase("cmd.rules.step", did=did_phrase(planned.did, desk), text=text)


def _count(count: RuleCount) -> Phrase:
    skipped = phrase("rule.count.skipped", count=count.skipped) if count.skipped else ""
    failed = phrase("rule.count.failed", count=count.failed) if count.failed else ""
    return phrase("rule.count", done=count.done, skipped=skipped, failed=failed)


def _words(rule: Rule) -> Phrase | str:
    if not rule.words:
        return ""
    more = "" if len(rule.words) <= _WORDS_SHOWN else phrase("cmd.rules.and_more")
    but = phrase("cmd.rules.but_not", words="、".join(rule.but_not)) if rule.but_not else ""
    return phrase(
        "cmd.rules.words", words="、".join(rule.words[:_WORDS_SHOWN]), more=more, but_not=but
    )


def _once(once: Once) -> Phrase:
    return phrase("cmd.rules.once", per=Phrase(f"rule.per.{once.per}"), within=_span(once.within))


def _span(span: timedelta) -> Phrase:
    if span % _DAY == timedelta():
        return phrase("rule.span.days", count=span // _DAY)
    if span % _HOUR == timedelta():
        return phrase("rule.span.hours", count=span // _HOUR)
    return phrase("rule.span.minutes", count=max(1, span // timedelta(minutes=1)))


def _valued(key: str, values: Iterable[str]) -> Phrase | str:
    """The values of a key, kinds and priorities as people call them."""
    if key in _CALLED:
        return _several(f"ticket.{key}", sorted(values))
    return "、".join(sorted(values))


def _several(key: str, names: Sequence[str]) -> Phrase:
    first, *rest = (Phrase(f"{key}.{each}") for each in names)
    for each in rest:
        first = phrase("cmd.rules.or", first=first, then=each)
    return first


def _people(to: Sequence[str]) -> Phrase:
    first, *rest = (
        phrase("rule.who.named", name=each[1:]) if each[0] == "@" else Phrase(f"rule.who.{each}")
        for each in to
    )
    for each in rest:
        first = phrase("cmd.rules.and", first=first, then=each)
    return first
