"""Lines as people type them on a phone."""

import pytest

from bot.commands.parse import Line, parse, ticket_number
from tests.clocks import NOON

NAMES = frozenset(("stock", "库存", "ticket", "工单", "券", "优惠券", "?"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("/stock 学步鞋", Line("stock", ("学步鞋",), True)),
        ("  ／stock　学步鞋  22码 ", Line("stock", ("学步鞋", "22码"), True)),
        ("、库存 学步鞋", Line("库存", ("学步鞋",), True)),
        ("/库存学步鞋 22码", Line("库存", ("学步鞋", "22码"), True)),
        ("/优惠券list", Line("优惠券", ("list",), True)),
        ("/ＳＴＯＣＫ 鞋", Line("stock", ("鞋",), True)),
        ("/stockroom", Line("stockroom", (), True)),
        ('/ticket note 12 "先补发 一双"', Line("ticket", ("note", "12", "先补发 一双"), True)),
        ("/工单 note 12 “已 寄出”", Line("工单", ("note", "12", "已 寄出"), True)),
        ('/工单 note 12 "没有关上', Line("工单", ("note", "12", '"没有关上'), True)),
        ("ticket take T-20261121-0001", Line("ticket", ("take", "T-20261121-0001"), False)),
        ("/？", Line("?", (), True)),
        ("/", Line("", (), True)),
        ("   ", Line("", (), False)),
    ],
)
def test_a_line_is_taken_apart(text: str, line: Line) -> None:
    assert parse(text, NAMES) == line


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("T-20261121-0042", "T-20261121-0042"),
        ("t-20261120-0042", "T-20261120-0042"),
        ("20261120-42", "T-20261120-0042"),
        ("T20261120-42", "T-20261120-0042"),
        ("42", "T-20261121-0042"),
        ("T-20261121-0042。", "T-20261121-0042"),
        ("４２", "T-20261121-0042"),
        ("wm-mimi", None),
        ("T-2026-1", None),
        ("12345", None),
    ],
)
def test_a_ticket_number_may_be_short(word: str, number: str | None) -> None:
    assert ticket_number(word, NOON) == number
