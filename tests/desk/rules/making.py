"""Rules as a merchant writes them, for tests."""

from typing import Any

import yaml

from bot.rules.actions import Places
from bot.rules.reading import read_rule
from desk.rules.book import RuleBook
from desk.rules.model import Rule

PLACES = Places(("youzan-main", "tmall-flagship", "jd"), ("xujiahui", "binjiang"))


class Refused(Exception):
    """What stands in the merchant's file is wrong: its place, and why."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}：{why}")


def rule(text: str) -> Rule:
    """One rule, written in YAML."""
    read = read_rule(yaml.safe_load(text), "rules[0]", PLACES, Refused)
    assert read is not None
    return read


def rules(text: str) -> RuleBook:
    """Several, without the house's own."""
    entries: list[Any] = yaml.safe_load(text)
    read = [read_rule(each, f"rules[{at}]", PLACES, Refused) for at, each in enumerate(entries)]
    return RuleBook(each for each in read if each is not None)
