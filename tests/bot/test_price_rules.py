"""`price_protection` of the shops' file over the house's own, with errors that name the place."""

from typing import Any

import pytest

from bot.merchant import BadShopsFile
from bot.price_rules import read_price_rules
from desk.shops.price_rules import PriceRule, Since

SHOPS = {"tb": "taobao", "yz": "youzan"}


def test_what_the_merchant_states_of_a_shop_comes_before_what_is_stated_of_all() -> None:
    data = {
        "default": {"days": 7, "since": "received"},
        "shops": {"tb": {"days": 15, "since": "paid", "net_of_coupons": False}},
    }
    rules = read_price_rules(data, SHOPS, BadShopsFile)
    assert rules.of("yz") == PriceRule(7, Since.RECEIVED)
    assert rules.of("tb") == PriceRule(15, Since.PAID, net_of_coupons=False, service="价保中心")


def test_without_a_word_of_the_merchant_no_days_are_promised() -> None:
    rules = read_price_rules(None, SHOPS, BadShopsFile)
    assert rules.of("tb").days is None
    assert rules.of("nobody") == PriceRule()


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ([], "price_protection"),
        ({"day": 7}, "price_protection"),
        ({"default": 7}, "price_protection.default"),
        ({"default": {"day": 7}}, "price_protection.default"),
        ({"default": {"days": -1}}, "price_protection.default.days"),
        ({"default": {"days": True}}, "price_protection.default.days"),
        ({"default": {"days": 7, "since": "today"}}, "price_protection.default.since"),
        ({"shops": {"jd": {"days": 7}}}, "price_protection.shops.jd"),
        ({"shops": {"tb": {"net_of_coupons": "ja"}}}, "price_protection.shops.tb.net_of_coupons"),
    ],
)
def test_a_bad_section_names_the_place(data: Any, where: str) -> None:
    with pytest.raises(BadShopsFile) as caught:
        read_price_rules(data, SHOPS, BadShopsFile)
    assert where in caught.value.say
