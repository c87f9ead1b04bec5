"""What people really write is understood by the forms of the house's templates."""

from datetime import UTC, datetime

import pytest

from bot.templates.files import house_templates
from desk.templates.telling import told_in

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
TEMPLATES = {each.id: each for each in house_templates()}


@pytest.mark.parametrize(
    ("template", "words", "field", "value"),
    [
        ("after_sales", "奶粉罐子瘪了 😭😭 还漏粉", "trouble", "broken"),
        ("after_sales", "上个月买的那双学步鞋开胶了，怎么办", "trouble", "broken"),
        ("after_sales", "昨天团的纸尿裤少发了3包", "trouble", "missing"),
        ("after_sales", "穿了一次就起球", "trouble", "quality"),
        ("after_sales", "要赔", "wish", "refund"),
        ("return", "衣服太大了想退", "reason", "size"),
        ("return", "鞋子穿了两天就开线了", "reason", "quality"),
        ("return", "拍错了不想要", "reason", "not_wanted"),
        ("exchange", "小了 换大一码", "trouble", "size"),
        ("appointment", "想预约周六下午去徐家汇店试推车", "purpose", "try_on"),
        ("price_protection", "前天买299现在259，能不能退差价", "seen_price", 25900),
        ("price_protection", "昨天89买的今天就降到79了", "seen_price", 7900),
    ],
)
def test_it_is_told_at_once_and_need_not_be_asked(
    template: str, words: str, field: str, value: object
) -> None:
    assert told_in(TEMPLATES[template], {}, words, {}, NOW)[field] == value
