"""The training data and the holdout keep to the agreed labels."""

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

DATA = Path(__file__).resolve().parents[2] / "nlu_data"
INTENTS = frozenset(
    [
        "stock_check",
        "price_query",
        "product_consult",
        "order_status",
        "urge_order",
        "logistics_query",
        "logistics_delay",
        "parcel_missing",
        "return_request",
        "exchange_request",
        "refund_status",
        "after_sales_claim",
        "price_protection",
        "coupon_query",
        "promotion_query",
        "member_query",
        "ticket_progress",
        "store_locate",
        "appointment_book",
        "invoice_request",
        "delivery_change",
        "order_cancel",
        "complaint",
        "human_handoff",
        "restock_notify",
        "payment_issue",
        "unsubscribe",
        "privacy_request",
        "satisfaction_rating",
        "greet",
        "goodbye",
        "thank",
        "affirm",
        "deny",
        "bot_challenge",
        "out_of_scope",
    ]
)
ENTITIES = frozenset(
    [
        "product",
        "order_id",
        "tracking_no",
        "phone",
        "size",
        "color",
        "city",
        "store",
        "quantity",
        "platform",
        "date",
        "coupon",
    ]
)
_ANNOTATED = re.compile(r"\[([^\[\]]+?)\]\(([^)]*)\)")
_LEAST = {"out_of_scope": 600}


def _load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def _lines() -> dict[str, list[str]]:
    lines: dict[str, list[str]] = defaultdict(list)
    for path in sorted((DATA / "intents").glob("*.yml")):
        for block in _load(path)["nlu"]:
            lines[block["intent"]] += [
                line.removeprefix("- ") for line in block["examples"].splitlines()
            ]
    return lines


@pytest.fixture(scope="module")
def lines() -> dict[str, list[str]]:
    return _lines()


def _plain(line: str) -> str:
    return _ANNOTATED.sub(r"\1", line).strip()


def test_the_intents_are_exactly_the_agreed_ones(lines: dict[str, list[str]]) -> None:
    assert set(lines) == INTENTS


def test_every_intent_has_enough_examples(lines: dict[str, list[str]]) -> None:
    few = {name: len(own) for name, own in lines.items() if len(own) < _LEAST.get(name, 100)}
    assert not few


def test_the_entities_are_exactly_the_agreed_ones(lines: dict[str, list[str]]) -> None:
    used = {
        match[2] for own in lines.values() for line in own for match in _ANNOTATED.finditer(line)
    }
    assert used == ENTITIES


def test_no_text_stands_under_two_intents(lines: dict[str, list[str]]) -> None:
    where: dict[str, set[str]] = defaultdict(set)
    for name, own in lines.items():
        for line in own:
            where[_plain(line)].add(name)
    assert {text: names for text, names in where.items() if len(names) > 1} == {}


def test_every_line_says_something_once(lines: dict[str, list[str]]) -> None:
    for name, own in lines.items():
        plain = [_plain(line) for line in own]
        assert all(plain), name
        assert len(plain) == len(set(plain)), name


def test_the_holdout_uses_the_same_labels() -> None:
    examples = [
        example for path in (DATA / "holdout").glob("*.yml") for example in _load(path)["examples"]
    ]
    assert {example["intent"] for example in examples} == INTENTS
    entities = {one["entity"] for example in examples for one in example.get("entities") or ()}
    assert entities <= ENTITIES
