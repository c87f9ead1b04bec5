"""docs/rules.md tells what the code does."""

import yaml

from bot.rules.reading import read_rules, source_of
from tests.desk.rules.making import PLACES, Refused
from tools.rules_page import PAGE, page, tables


def test_the_tables_are_those_of_the_code() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert page(text) == text, "run `python -m tools.rules_page`"
    assert all(lines for lines in tables().values())


def test_the_example_can_be_used_as_it_stands() -> None:
    written = PAGE.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    source = source_of(yaml.safe_load(written)["rules"], None, Refused)
    book = read_rules(source, PLACES, Refused)
    assert {each.id for each in book.rules} >= {"return_of_vip", "cash_back", "risk_legal"}
    assert book.rule("wholesale") is None
