"""What takes a wish back, and what only looks like it."""

from datetime import UTC, datetime

import pytest

from bot.understanding.taken_back import taken_back
from desk.conversations.model import Dialogue, Question, Topic

_AT = datetime(2026, 11, 21, tzinfo=UTC)


def talked_of(*intents: str) -> Dialogue:
    return Dialogue(topics=tuple(Topic(each, _AT) for each in intents))


@pytest.mark.parametrize(
    ("text", "wish", "rest"),
    [
        ("不退了", "return_request", ""),
        ("算了不退了", "return_request", ""),
        ("不想退了", "return_request", ""),
        ("不退了 谢谢", "return_request", "谢谢"),
        ("算了不改了 还是原来的地址", "delivery_change", "还是原来的地址"),
        ("还是原来的地址", "delivery_change", ""),
        ("按原地址发吧", "delivery_change", ""),
        ("那地址也不用改了", "delivery_change", ""),
        ("别催了 我自己等", "urge_order", "我自己等"),
        ("不用催了", "urge_order", ""),
        ("我没说要取消啊", "order_cancel", ""),
        ("我没想取消", "order_cancel", ""),
        ("不是要取消", "order_cancel", ""),
        ("先别取消", "order_cancel", ""),
        ("我又想要了", "order_cancel", ""),
        ("不换了，查下快递到哪了", "exchange_request", "查下快递到哪了"),
        ("那就不改了谢谢", "delivery_change", ""),
        ("暂时不退了", "return_request", ""),
        ("发票不要了", "invoice_request", ""),
        ("算了", "return_request", ""),
    ],
)
def test_a_wish_is_taken_back_in_one_clause_of_a_message(text: str, wish: str, rest: str) -> None:
    spoken_of = talked_of(
        *("return_request", "delivery_change", "order_cancel", "exchange_request"),
        *("urge_order", "invoice_request"),
    )
    back = taken_back(text, spoken_of)
    assert back is not None
    assert (back.wish, back.rest) == (wish, rest)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("不去了 取消吧", ""),
        ("算了不去了", ""),
        ("去不了了", ""),
        ("取消吧", ""),
        ("不约了", ""),
    ],
)
def test_an_appointment_is_called_off(text: str, rest: str) -> None:
    back = taken_back(text, talked_of("appointment_book", "order_status"))
    assert back is not None
    assert (back.wish, back.rest) == ("appointment_book", rest)


@pytest.mark.parametrize("text", ["不用了我自己装", "不用了，我自己装", "那不麻烦你们了 我自己弄"])
def test_who_does_it_alone_wants_nothing_any_more(text: str) -> None:
    back = taken_back(text, talked_of("appointment_book"))
    assert back is not None
    assert back.wish == "appointment_book"
    assert taken_back(text, talked_of("stock_check")) is None


def test_an_order_is_cancelled_where_it_was_spoken_of_last() -> None:
    assert taken_back("取消吧", talked_of("order_status", "appointment_book")) is None


@pytest.mark.parametrize(
    "text",
    ["我没说要取消啊", "别催了", "不用改地址", "先别退", "不是要取消订单"],
)
def test_plain_words_take_back_what_was_never_talked_of(text: str) -> None:
    assert taken_back(text, Dialogue()) is not None


@pytest.mark.parametrize(
    "text",
    [
        "不发货 我要退款",
        "没退款",
        "怎么不取消",
        "能不能取消",
        "不要了",
        "不取消我就投诉",
        "不能取消吗",
        "谁说要取消了",
        "发票不要了",
        "换不了",
        "没收到货",
        "没换",
        "不是退款了吗",
        "我要取消",
        "还没退款",
        "我还要一件",
        "不退了",
        "我又想要了",
        "算了",
        "地址错了",
    ],
)
def test_what_only_looks_like_it_takes_nothing_back(text: str) -> None:
    assert taken_back(text, Dialogue()) is None


@pytest.mark.parametrize(
    ("intent", "expects", "drops"),
    [("form", "form.address", True), ("delivery_change", "order_id", False)],
)
def test_never_mind_drops_what_is_noted_already_and_not_what_is_only_asked_about(
    intent: str, expects: str, drops: bool
) -> None:
    pending = Question(intent, expects, _AT)
    asked = Dialogue(topics=(Topic("delivery_change", _AT),), pending=pending)
    assert (taken_back("算了", asked) is not None) is drops
