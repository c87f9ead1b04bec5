"""The house's own words find who means it, and leave alone who speaks of something else."""

import pytest

from bot.rules.reading import house_book
from desk.rules.happenings import On


def found(text: str, intent: str = "out_of_scope") -> set[str]:
    fits = house_book().fitting(On.MESSAGE, {"intent": (intent,)}, text)
    return {each.rule.id for each in fits}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("再不退我就打12315", "risk_legal"),
        ("等着收律师函吧", "risk_legal"),
        ("消协见", "risk_legal"),
        ("我要找媒体曝光", "risk_legal"),
        ("证据都有，就等起诉", "risk_legal"),
        ("你们这是诈骗", "risk_police"),
        ("今天不解决我就报警", "risk_police"),
        ("我已经报案了", "risk_police"),
        ("你们的销量都是刷 单刷出来的吧", "risk_money"),
        ("能不能帮我套现", "risk_money"),
        ("你们是不是刷单啊", "risk_money"),
        ("要先交钱，是不是诈骗", "risk_police"),
        ("客服让我私下转账给他", "risk_money"),
        ("五十份有没有批发价", "wholesale"),
    ],
)
def test_who_means_it_is_found(text: str, rule: str) -> None:
    assert found(text) == {rule}


@pytest.mark.parametrize(
    "text",
    [
        "净水器滤芯换了还是报警",
        "开车路上爆胎报警一直响",
        "订单取消协商一下",
        "怎么清洗钱包",
        "我发起诉求三天了",
        "我不是刷单的，是真的想买",
        "付款提示有诈骗风险",
        "我装了国家反诈中心",
        "单号2012315888到哪了",
        "别刷，单子先放着",
        "企业采购券还能用吗",
        "这台手机跑分多少",
    ],
)
def test_harmless_talk_is_left_alone(text: str) -> None:
    assert found(text) == set()


def test_a_wish_to_buy_much_is_one_only_where_somebody_wants_to_buy() -> None:
    said = "因公司采购计划调整，这单请取消"
    assert found(said, "order_cancel") == set()
    assert found(said, "price_query") == {"wholesale"}
