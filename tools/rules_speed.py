"""Times 1,000 rules on mixed happenings, beside loops that ask every one; JSON on stdout.

`python -m bench.rules` runs it and writes the report. Peers that the lock does not hold
(rule-engine, pyahocorasick) are measured where they are installed.
"""

import importlib
import importlib.util
import json
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any

from bot.rules.actions import Places
from bot.rules.conditions import Vocabulary, Word
from bot.rules.reading import read_rule
from bot.rules.vocabularies import cel_type
from desk.rules.book import Keys, RuleBook
from desk.rules.happenings import On, Value
from desk.rules.model import Rule
from desk.rules.vocabulary import BY_NAME, KEYS, Kind
from desk.rules.words import WordIndex, plain
from tests.desk.shops.wordings.measuring import lines_of

RULES = 1000
HAPPENINGS = 2000
NAIVE_HAPPENINGS = 100
_SHOPS = tuple(f"shop{at}" for at in range(20))
_INTENTS = ("logistics_query", "stock_check", "complaint", "refund_status", "coupon_query")
_KINDS = ("logistics", "return", "exchange", "refund", "complaint", "invoice")
_PRIORITIES = ("urgent", "high", "normal")
_SIGNS = "套现刷单转账律师媒体曝光投诉退款发票批发加盟团长返利私下交易诈骗报警起诉"

Facts = Mapping[str, Value]
Happening = tuple[On, Keys, str, Facts]


def _words(dice: random.Random) -> list[str]:
    return ["".join(dice.sample(_SIGNS, dice.randint(3, 5))) for _ in range(3)]


def entry(at: int, dice: random.Random) -> dict[str, Any]:
    """One rule as a merchant writes it; of every kind some."""
    then = [{"tell": {"to": ["supervisor"], "text": "看一下"}}]
    shop = {"shop": dice.sample(_SHOPS, 2)}
    match at % 10:
        case 0 | 1 | 2 | 3:
            return {"id": f"r{at}", "on": "message", "words": _words(dice), "then": then,
                    "when": f"message.length > {dice.randint(2, 40)}"}  # fmt: skip
        case 4:
            return {"id": f"r{at}", "on": "message", "then": then,
                    "only": {"intent": dice.choice(_INTENTS), **shop},
                    "when": f"customer.complaints >= {dice.randint(1, 9)}"}  # fmt: skip
        case 5 | 6 | 7 | 8:
            on = dice.choice(("ticket_opened", "ticket_joined", "ticket_late", "ticket_changed"))
            only = {"kind": dice.choice(_KINDS), "priority": dice.choice(_PRIORITIES), **shop}
            when = f'customer.tier == "vip" && ticket.joins >= {dice.randint(1, 5)}'
            return {"id": f"r{at}", "on": on, "only": only, "then": then, "when": when}
        case _:
            return {"id": f"r{at}", "on": "order_changed", "only": shop, "then": then,
                    "when": f"order.payment >= {dice.randint(1, 99)}00"}  # fmt: skip


def refuse(where: str, why: str) -> Exception:
    """Nothing of this is wrong."""
    return ValueError(where, why)


def many_rules() -> RuleBook:
    """The rules, always the same."""
    dice = random.Random(RULES)  # noqa: S311  nothing secret
    places = Places(_SHOPS)
    read = (read_rule(entry(at, dice), f"r{at}", places, refuse) for at in range(RULES))
    return RuleBook(each for each in read if each is not None)


def happening(at: int, dice: random.Random, said: Sequence[str]) -> Happening:
    """A message, a ticket's or an order's happening, with all facts at hand."""
    facts: dict[str, Value] = {
        "customer.tier": dice.choice(("vip", "", "")), "customer.complaints": dice.randint(0, 3),
        "ticket.joins": dice.randint(0, 4), "order.payment": dice.randint(100, 90000),
    }  # fmt: skip
    shop = (dice.choice(_SHOPS),)
    if at % 2:
        text = dice.choice(said) + ("".join(dice.sample(_SIGNS, 4)) if at % 10 == 1 else "")
        facts |= {"message.text": text, "message.length": len(text)}
        return On.MESSAGE, {"intent": (dice.choice(_INTENTS),), "shop": shop}, text, facts
    if at % 4:
        return On.ORDER_CHANGED, {"shop": shop}, "", facts
    on = dice.choice((On.TICKET_OPENED, On.TICKET_JOINED, On.TICKET_LATE))
    keys = {"kind": (dice.choice(_KINDS),), "priority": (dice.choice(_PRIORITIES),), "shop": shop}
    return on, keys, "", facts


def many_happenings() -> list[Happening]:
    """What happens, always the same; the words are customers' wordings."""
    dice = random.Random(HAPPENINGS)  # noqa: S311  nothing secret
    said = [line.wording for line in lines_of("sandbox_before.txt")]
    return [happening(at, dice, said) for at in range(HAPPENINGS)]


def ask(book: RuleBook, it: Happening) -> list[str]:
    """The rules that hold: index, words and conditions."""
    on, keys, text, facts = it
    fits = book.fitting(on, keys, text)
    return [
        each.rule.id
        for each in fits
        if each.rule.when is None or each.rule.when.judge(facts) is True
    ]


def whole(rule: Rule, either: str, both: str, found: str) -> str:
    """A rule as one condition over flat names; `found` says in a peer's words: `{}` is said."""
    parts = [f'happening == "{rule.on[0]}"']
    for key, values in rule.only.items():
        named = f" {either} ".join(f'k_{key} == "{each}"' for each in sorted(values))
        parts.append(f"({named})")
    if rule.words:
        parts.append("(" + f" {either} ".join(found.format(each) for each in rule.words) + ")")
    if rule.when:
        parts.append(re.sub(r"\b(\w+)\.(\w+)\b", r"\1_\2", rule.when.text).replace("&&", both))
    return f" {both} ".join(parts)


def flat(it: Happening) -> dict[str, Value]:
    """The same happening over flat names, every name there, for peers that know no index."""
    on, keys, text, facts = it
    empty: dict[Kind, Value] = {Kind.NUMBER: 0, Kind.TEXT: ""}
    names: dict[str, Value] = {
        name.replace(".", "_"): empty.get(each.kind, "") for name, each in BY_NAME.items()
    }
    all_keys = {f"k_{key}": "" for each in KEYS.values() for key in each}
    told = {name.replace(".", "_"): value for name, value in facts.items()}
    keyed = {f"k_{key}": values[0] for key, values in keys.items()}
    known = {**names, **all_keys, **told, **keyed}
    return {**known, "happening": on.value, "said": plain(text)}


def naive_cel(book: RuleBook) -> Callable[[Happening], list[str]]:
    """The loop that evaluates every condition, in the same CEL."""
    numbers = {name.replace(".", "_") for name, each in BY_NAME.items() if each.kind is Kind.NUMBER}
    names = flat((On.MESSAGE, {}, "", {}))
    words = (
        Word(name, cel_type(Kind.NUMBER if name in numbers else Kind.TEXT), "") for name in names
    )
    vocabulary = Vocabulary(tuple(words))
    compiled = [
        (each.id, vocabulary.condition(whole(each, "||", "&&", 'said.contains("{}")')))
        for each in book.rules
    ]

    def ask_all(it: Happening) -> list[str]:
        facts = flat(it)
        return [name for name, condition in compiled if condition.holds(facts)]

    return ask_all


def naive_rule_engine(book: RuleBook, library: ModuleType) -> Callable[[Happening], list[str]]:
    """The same loop with the library rule-engine."""
    compiled = [
        (each.id, library.Rule(whole(each, "or", "and", '"{}" in said'))) for each in book.rules
    ]

    def ask_all(it: Happening) -> list[str]:
        facts = flat(it)
        return [name for name, rule in compiled if rule.matches(facts)]

    return ask_all


def timed(ask_one: Callable[[Happening], object], asked: Sequence[Happening]) -> dict[str, float]:
    """How long one happening takes, in milliseconds."""
    took = []
    for each in asked:
        began = time.perf_counter()
        ask_one(each)
        took.append(1000 * (time.perf_counter() - began))
    cuts = statistics.quantiles(took, n=100)
    return {"p50": round(cuts[49], 4), "p95": round(cuts[94], 4), "p99": round(cuts[98], 4)}


def words_alone(book: RuleBook, asked: Sequence[Happening]) -> dict[str, dict[str, float]]:
    """Finding all words of all rules in a text: ours, one alternation, Aho-Corasick."""
    pairs = [(word, at) for at, each in enumerate(book.rules) for word in each.words]
    texts = [it for it in asked if it[2]]
    index = WordIndex(pairs)
    alternation = re.compile("|".join(map(re.escape, sorted({word for word, _ in pairs}))))
    found = {
        "ours": timed(lambda it: index.find(it[2]), texts),
        "alternation": timed(lambda it: alternation.findall(it[2]), texts),
    }
    if (library := installed("ahocorasick")) is not None:
        automaton = library.Automaton()
        for word, at in pairs:
            automaton.add_word(word, (at, word))
        automaton.make_automaton()
        found["ahocorasick"] = timed(lambda it: list(automaton.iter(it[2])), texts)
    return found


def installed(name: str) -> ModuleType | None:
    """A library that may be missing."""
    return importlib.import_module(name) if importlib.util.find_spec(name) else None


def measure() -> dict[str, object]:
    """Time everything on the same rules and happenings, and hold the answers against each other."""
    book, asked = many_rules(), many_happenings()
    few = asked[:: len(asked) // NAIVE_HAPPENINGS]
    peers = {"cel": naive_cel(book)}
    if (library := installed("rule_engine")) is not None:
        peers["rule_engine"] = naive_rule_engine(book, library)
    for ask_all in peers.values():
        for it in few:
            if ask_all(it) != ask(book, it):
                raise AssertionError("a peer answers otherwise")
    fitting = [len(book.fitting(on, keys, text)) for on, keys, text, _ in asked]
    return {
        "rules": len(book.rules),
        "touched": {"mean": round(statistics.mean(fitting), 1), "most": max(fitting)},
        "ours": timed(lambda it: ask(book, it), asked),
        "peers": {name: timed(each, few) for name, each in peers.items()},
        "words": words_alone(book, asked),
    }


if __name__ == "__main__":
    json.dump(measure(), sys.stdout, ensure_ascii=False)
