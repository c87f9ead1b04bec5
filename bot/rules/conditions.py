"""Conditions in CEL (Common Expression Language), checked against a vocabulary before use."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cel_expr_python import cel

_LONGEST = 2000
_PLACE = re.compile(r"<input>:(\d+):(\d+): ([^\n]*)")
_NAME = re.compile(r"(?<![\w.\"'])[a-z_]+(?:\.[a-z_]+)+")
_QUOTES = "\"'"


class BadCondition(ValueError):
    """A condition cannot be used; `why` names the place in it and what is wrong there."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Word:
    """A name that conditions may use; `means` is for the merchant's page of names."""

    name: str
    type: cel.Type
    means: str


class Condition:
    """A condition that was checked; evaluating it has no side effects and always ends."""

    def __init__(self, text: str, compiled: cel.Expression, words: "Vocabulary") -> None:
        self.text, self.needs = text, words.names_in(text)
        self._compiled, self._words = compiled, words

    def holds(self, facts: Mapping[str, object]) -> bool:
        """Tell whether it holds of the facts; what cannot be told (1/0) does not hold."""
        return self._judged(facts) is True

    def judge(self, facts: Mapping[str, object]) -> bool | None:
        """Tell whether it holds; None where that cannot be told (1/0, an answer not given)."""
        known = {name: _plain(facts[name]) for name in self.needs if name in facts}
        held = self._judged(known)
        return held if isinstance(held, bool) else None

    def _judged(self, facts: Mapping[str, object]) -> object:
        try:
            return self._compiled.eval(data=facts).value()
        except RuntimeError:
            return None  # Lists within lists of lists: CEL gives up after so many rounds.

    def parts(self) -> "tuple[Condition, ...]":
        """The conditions that all have to hold for it to hold; itself where it is but one."""
        try:
            return tuple(map(self._words.condition, _split(self.text)))
        except BadCondition:  # Quoted in a way that was not seen through.
            return (self,)


def _plain(value: object) -> object:
    """CEL takes lists, and no tuples."""
    return list(value) if isinstance(value, tuple) else value


def _split(text: str) -> list[str]:
    """Take a condition apart at its outermost &&; where || or ?: stands there, it is one."""
    parts, start, depth, quote = [], 0, 0, ""
    for at, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote and text[at - 1] != "\\" else quote
        elif sign in _QUOTES:
            quote = sign
        elif sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        elif depth == 0 and (sign == "?" or text.startswith("||", at)):
            return [text]
        elif depth == 0 and text.startswith("&&", at):
            parts.append(text[start:at].strip())
            start = at + 2
    return [*parts, text[start:].strip()]


class Vocabulary:
    """The names that conditions of one kind may use, each with its type."""

    def __init__(self, words: tuple[Word, ...]) -> None:
        self.words = words
        self._env = cel.NewEnv(variables={each.name: each.type for each in words})
        self._names = frozenset(each.name for each in words)

    def names_in(self, text: str) -> frozenset[str]:
        """The names that stand in a condition; one too many where a text in it looks like one."""
        found = _NAME.findall(text)
        return frozenset(
            name for each in found for name in self._names if f"{each}.".startswith(f"{name}.")
        )

    def condition(self, text: str) -> Condition:
        """Check a condition.

        Raises:
            BadCondition: it is no CEL, uses unknown names, compares what cannot be compared, or
                is not a yes-or-no.
        """
        if len(text) > _LONGEST:
            raise BadCondition(f"条件太长（最多 {_LONGEST} 个字符）")
        try:
            compiled = self._env.compile(text)
        except RuntimeError as error:
            raise BadCondition(self._told(text, str(error))) from error
        if compiled.return_type() != cel.Type.BOOL:
            raise BadCondition(f"条件要能判断真假，这一条算出来的是 {compiled.return_type()}")
        return Condition(text, compiled, self)

    def _told(self, text: str, error: str) -> str:
        found = _PLACE.search(error)
        if found is None:
            return "条件看不懂"
        column, reason = int(found[2]), found[3].strip()
        names = "、".join(each.name for each in self.words)
        if "undeclared reference" in reason:
            return f"第 {column} 个字符起的名字不认识；可用的有 {names}"
        if "no matching overload" in reason:
            return f"第 {column} 个字符处两边的类型对不上（金额是以分为单位的整数，文字要加引号）"
        return f"第 {column} 个字符处写法不对：{text[max(0, column - 1) : column + 9]!r}"
