"""Merchants' rules tag orders; a rule that cannot be used is refused with its place."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.merchant import BadShopsFile
from bot.rules.conditions import BadCondition
from bot.rules.order_tags import ORDER, OrderTags, read_tag_rules
from desk.kernel.money import Fen
from tests.bot.sync.shop_desk import an_order
from tests.clocks import NOON

GROUP = replace(an_order("J1"), payment=Fen(29800), marks=("拼团",))


def tags(*rules: tuple[str, str]) -> OrderTags:
    read = read_tag_rules([{"tag": tag, "when": when} for tag, when in rules], BadShopsFile)
    return OrderTags(read, {"jd": "jd"})


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ("order.payment >= 20000", True),
        ("order.payment >= 30000", False),
        ('"拼团" in order.marks', True),
        ('order.platform == "jd" && order.pieces == 1', True),
        ('order.titles.exists(title, title.contains("学步"))', True),
        ('order.status in ["paid", "shipped"]', True),
        ("order.refunding", False),
        ('order.created < timestamp("2030-01-01T00:00:00Z")', True),
        ("order.payment / 0 == 1", False),
        ("order.payment / (order.pieces - 1) > 1 || true", True),
    ],
)
def test_a_condition_is_held_against_the_order(when: str, holds: bool) -> None:
    assert tags(("标签", when)).of(GROUP) == (("标签",) if holds else ())


def test_tags_come_in_the_order_of_the_rules_and_once() -> None:
    rules = tags(("满200", "order.payment >= 20000"), ("拼团", "true"), ("满200", "true"))

    assert rules.of(GROUP) == ("满200", "拼团")
    assert tags().of(GROUP) == ()


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("order.paymnt > 1", "第 6 个字符起的名字不认识；可用的有 order.shop"),
        ('order.payment > "20"', "类型对不上"),
        ("order.payment >", "写法不对"),
        ("order.payment", "要能判断真假"),
        ("x" * 3000, "条件太长"),
        ("__import__('os')", "写法不对|不认识|看不懂"),
    ],
)
def test_a_condition_that_cannot_be_used_says_where_and_why(when: str, told: str) -> None:
    with pytest.raises(BadCondition, match=told):
        ORDER.condition(when)


@pytest.mark.parametrize(
    ("section", "place"),
    [
        ({"tag": "a"}, "order_tags"),
        ([{"when": "true"}], r"order_tags\[0\].tag"),
        ([{"tag": "a" * 21, "when": "true"}], r"order_tags\[0\].tag"),
        ([{"tag": "a", "when": "true"}, {"tag": "b"}], r"order_tags\[1\].when"),
        ([{"tag": "a", "when": "order.x"}], r"order_tags\[0\].when"),
        (["true"], r"order_tags\[0\].tag"),
    ],
)
def test_a_bad_rule_names_its_place_in_the_file(section: object, place: str) -> None:
    with pytest.raises(BadShopsFile, match=place):
        read_tag_rules(section, BadShopsFile)


def test_nothing_old_or_new_is_left_out_by_the_zone_of_a_time() -> None:
    rule = tags(("双11", 'order.created >= timestamp("2026-11-10T16:00:00Z")'))
    eleventh = replace(GROUP, created_at=NOON - timedelta(days=10))

    assert rule.of(eleventh) == ("双11",)
    assert rule.of(replace(GROUP, created_at=NOON - timedelta(days=11))) == ()
