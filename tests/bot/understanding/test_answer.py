"""Answers to the bot's own questions."""

from datetime import UTC, datetime

import pytest

from bot.understanding.answer import tapped, written
from desk.conversations.incoming import Text
from desk.conversations.model import Option, Question
from desk.kernel.messages import phrase
from desk.kernel.money import Fen
from desk.turns import Understanding

_AT = datetime(2026, 11, 21, tzinfo=UTC)
_SHOES = (
    Option(
        "a1", phrase("product.choice", title="软底学步鞋"), {"item": "s:1", "title": "软底学步鞋"}
    ),
    Option(
        "a2", phrase("product.choice", title="机能学步鞋"), {"item": "s:2", "title": "机能学步鞋"}
    ),
)


def question(expects: str = "", options: tuple[Option, ...] = _SHOES) -> Question:
    return Question("stock_check", expects, _AT, options)


@pytest.mark.parametrize(
    ("text", "menu_id", "item"),
    [
        ("软底学步鞋", "a1", "s:1"),
        ("随便什么字", "a2", "s:2"),
        ("1", "", "s:1"),
        ("第二个", "", "s:2"),
        ("要第2款吧", "", "s:2"),
        ("二", "", "s:2"),
        ("机能", "", "s:2"),
    ],
)
def test_options_are_tapped_counted_off_or_named(text: str, menu_id: str, item: str) -> None:
    slots = tapped(question(), Text(text, menu_id))
    assert slots is not None
    assert slots["item"] == item


@pytest.mark.parametrize(
    ("text", "menu_id"),
    [("学步鞋", ""), ("第三个", ""), ("22码", ""), ("都不是", ""), ("换一批", "a9"), ("", "")],
)
def test_what_fits_no_option_or_two_is_no_choice(text: str, menu_id: str) -> None:
    assert tapped(question(), Text(text, menu_id)) is None


@pytest.mark.parametrize(
    ("expects", "text", "meant", "slots"),
    [
        ("phone_tail", "3921", Understanding("affirm", 0.9, "nlu"), {"phone_tail": "3921"}),
        ("phone_tail", "尾号是3921的", Understanding("x", 0.9, "nlu"), {"phone_tail": "3921"}),
        ("phone_tail", "不记得了", Understanding("deny", 0.9, "nlu"), None),
        ("phone_tail", "13812345678", Understanding("x", 0.9, "nlu"), {"phone_tail": "5678"}),
        ("paid_amount", "实付款129.9元", Understanding("x", 0.9, "nlu"), {"paid_amount": "129.90"}),
        ("paid_amount", "一百二十九", Understanding("x", 0.9, "nlu"), {"paid_amount": "129"}),
        ("paid_amount", "两百多吧", Understanding("x", 0.9, "nlu"), {"forgot_paid": "两百多吧"}),
        ("paid_amount", "129元的学步鞋还有货吗", Understanding("x", 0.9, "nlu"), None),
        ("paid_amount", "谢谢", Understanding("thank", 0.9, "nlu"), None),
        ("bought", "学步鞋，18号", Understanding("x", 0.4, "unsure"), {"bought": "学步鞋，18号"}),
        ("bought", "有什么优惠吗", Understanding("coupon_query", 0.9, "nlu"), None),
        ("bought", "我要投诉你们", Understanding("complaint", 0.9, "nlu"), None),
        ("order_id", "2618830174529916203", Understanding("x", 0.9, "nlu"),
            {"order_id": "2618830174529916203"}),
        ("order_id", "转人工", Understanding("human_handoff", 0.9, "nlu"), None),
        ("product", "纸尿裤", Understanding("x", 0.9, "nlu", {"product": ("纸尿裤",)}),
            {"product": "纸尿裤"}),
        ("product", "那个粉粉的", Understanding("deny", 0.2, "unsure"), {"product": "那个粉粉的"}),
        ("product", "转人工", Understanding("human_handoff", 0.95, "nlu"), None),
        ("", "什么", Understanding("x", 0.2, "unsure"), None),
    ],
)  # fmt: skip
def test_free_text_fills_the_slot_that_was_asked_for(
    expects: str, text: str, meant: Understanding, slots: dict[str, str] | None
) -> None:
    assert written(question(expects, ()), Text(text), meant, {}) == slots


@pytest.mark.parametrize(
    ("text", "chosen"),
    [("没有单号", True), ("不记得号码了", True), ("没有", True), ("算了", False)],
)
def test_who_has_no_number_says_so_in_many_words(text: str, chosen: bool) -> None:
    none = Option("n1", phrase("order.no_number"), {"order": "没有订单号"})
    slots = tapped(question("order_id", (none,)), Text(text))
    assert (slots is not None) is chosen


@pytest.mark.parametrize(
    "text",
    [
        *(
            "？",
            "。。。",
            "买",
            "看看",
            "比京东贵啊",
            "一箱多少钱",
            "运废多少",
            "有活动吗",
            "两罐呢",
        ),
        "where is your store in Shanghai",
    ],
)
def test_marks_verbs_and_sentences_are_no_name_of_a_product(text: str) -> None:
    for meant in (Understanding("x", 0.2, "unsure"), Understanding("out_of_scope", 0.9, "nlu")):
        assert written(question("product", ()), Text(text), meant, {}) is None


@pytest.mark.parametrize("text", ["鞋", "奶瓶", "Nike Air Max", "上次那个粉粉的", "dian"])
def test_any_other_word_may_be_one(text: str) -> None:
    meant = Understanding("out_of_scope", 0.9, "nlu")
    assert written(question("product", ()), Text(text), meant, {}) == {"product": text}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("最便宜的那个", 1),
        ("便宜的那款", 1),
        ("最贵的", 0),
        ("最后一个", 1),
        ("上面那个", 0),
        ("我选2", 1),
        ("第二款多少钱", None),
        ("两个", None),
        ("万一", None),
        ("好", None),
    ],
)
def test_a_line_is_picked_by_place_and_price_and_by_nothing_else(
    text: str, place: int | None
) -> None:
    options = tuple(
        Option(f"p{at}", phrase("product.choice", title=title, price=Fen(price)), {"item": title})
        for at, (title, price) in enumerate((("好奇纸尿裤", 11900), ("云朵拉拉裤", 9900)))
    )
    slots = tapped(question("product", options), Text(text))
    assert slots == (options[place].slots if place is not None else None)
