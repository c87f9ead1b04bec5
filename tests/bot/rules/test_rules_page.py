"""docs/rules.md tells what the code does."""

from tools.rules_page import PAGE, page, tables


def test_the_tables_are_those_of_the_code() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert page(text) == text, "run `python -m tools.rules_page`"
    assert all(lines for lines in tables().values())
