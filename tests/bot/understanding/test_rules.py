"""Rules answer the plain words when the NLU is away."""

import pytest

from bot.understanding.rules import bare_number, by_rules


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("上次看中的学步鞋有货吗", "stock_check"),
        ("我的快递三天没动了", "logistics_delay"),
        ("快递到哪了", "logistics_query"),
        ("有券吗", "coupon_query"),
        ("多少钱", "price_query"),
        ("发货了没", "order_status"),
        ("工单处理到哪了", "ticket_progress"),
        ("附近门店", "store_locate"),
        ("转人工", "human_handoff"),
        ("显示签收了但我没收到", "parcel_missing"),
        ("我要退货", "return_request"),
        ("能换大一码吗", "exchange_request"),
        ("退款什么时候到账", "refund_status"),
        ("你好", "greet"),
        ("好的", "affirm"),
        ("不用了", "deny"),
    ],
)
def test_plain_words_are_understood_without_the_nlu(text: str, intent: str) -> None:
    meant = by_rules(text)
    assert meant is not None
    assert (meant.intent, meant.source) == (intent, "rule")


@pytest.mark.parametrize("text", ["天气真不错", "嗯哼哼哈", "12345", "😀😀"])
def test_what_no_rule_knows_is_not_guessed(text: str) -> None:
    assert by_rules(text) is None


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("E20261121100034094100017", "order_status"),
        ("单号 SF1234567890123", "logistics_query"),
        ("T-20261121-0042", "ticket_progress"),
    ],
)
def test_a_number_alone_says_what_it_is_about(text: str, intent: str) -> None:
    meant = bare_number(text)
    assert meant is not None
    assert meant.intent == intent


def test_a_number_in_a_sentence_is_left_to_the_nlu() -> None:
    assert bare_number("E20261121100034094100017 这个单我要退货") is None


@pytest.mark.parametrize(
    "text", ["满意", "不满意", "非常满意！", "5分", "给5颗星", "一般般吧", "差评"]
)
def test_a_bare_rating_is_one(text: str) -> None:
    meant = by_rules(text)
    assert meant is not None
    assert meant.intent == "satisfaction_rating"


@pytest.mark.parametrize("text", ["满意的话怎么退", "买5分裤", "一般几天到"])
def test_words_of_a_rating_in_another_matter_are_none(text: str) -> None:
    meant = by_rules(text)
    assert meant is None or meant.intent != "satisfaction_rating"
