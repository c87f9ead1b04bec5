"""Several wishes at once: each is found, one matter told at length stays one."""

import pytest

from bot.understanding.clauses import Joint, clauses
from bot.understanding.reader import UNSURE, Reader
from bot.understanding.wishes import read_wishes
from desk.conversations.model import Dialogue, Question
from desk.turns import Understanding
from tests.clocks import NOON

MEANINGS = {
    "你好": "greet",
    "谢谢": "thank",
    "学步鞋有货吗": "stock_check",
    "22码有吗": "stock_check",
    "多少钱": "price_query",
    "有什么活动": "promotion_query",
    "有券吗": "coupon_query",
    "快递到哪了": "logistics_query",
    "三天没动了": "logistics_delay",
    "另外快递到哪了": "logistics_query",
    "另外三天没动了": "logistics_delay",
    "我要投诉": "complaint",
    "转人工": "human_handoff",
    "开张发票": "invoice_request",
    "鞋子开胶了": "after_sales_claim",
    "退款到哪了": "refund_status",
    "另外退款到哪了": "refund_status",
}


class Dictionary:
    """An NLU that knows some sentences by heart; of others it knows the first that it finds."""

    async def understand(self, text: str) -> Understanding:
        known = [words for words in MEANINGS if words in text]
        if text in MEANINGS:
            known = [text]
        intent = MEANINGS[known[0]] if known else "stock_check"
        confidence = 0.9 if known else 0.2
        return Understanding(intent, confidence, "nlu", {}, ((intent, confidence),))


async def intents(*texts: str, dialogue: Dialogue | None = None) -> list[str]:
    reader = Reader(Dictionary(), 0.45, 0.1)
    wishes = await read_wishes(reader, texts, dialogue or Dialogue())
    return [wish.reading.meant.intent for wish in wishes]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("学步鞋有货吗",), ["stock_check"]),
        (("你好", "学步鞋有货吗"), ["stock_check"]),
        (("学步鞋有货吗，多少钱",), ["stock_check", "price_query"]),
        (("学步鞋有货吗", "22码有吗"), ["stock_check"]),
        (("学步鞋有货吗？快递到哪了？",), ["logistics_query", "stock_check"]),
        (
            ("学步鞋有货吗", "快递到哪了", "开张发票"),
            ["logistics_query", "stock_check", "invoice_request"],
        ),
        (("学步鞋有货吗 快递到哪了",), ["stock_check"]),
        (("快递到哪了", "三天没动了"), ["logistics_query"]),
        (("快递到哪了？另外退款到哪了",), ["refund_status", "logistics_query"]),
        (("有什么活动？有券吗",), ["promotion_query"]),
        (("快递到哪了", "我要投诉"), ["complaint"]),
        (("转人工", "学步鞋有货吗"), ["human_handoff"]),
        (("谢谢", "你好"), ["greet"]),
    ],
)
async def test_wishes_are_told_apart(texts: tuple[str, ...], expected: list[str]) -> None:
    assert await intents(*texts) == expected


async def test_danger_in_one_message_silences_all_other_wishes() -> None:
    assert await intents("学步鞋有货吗", "孩子噎住了快救命", "有券吗") == ["danger"]


@pytest.mark.parametrize(
    ("texts", "greeted"),
    [
        (("你好", "学步鞋有货吗"), True),
        (("你好，学步鞋有货吗？另外快递到哪了",), True),
        (("学步鞋有货吗，谢谢",), False),
        (("学步鞋有货吗",), False),
        (("你好",), False),
    ],
)
async def test_a_greeting_before_a_wish_is_told(texts: tuple[str, ...], greeted: bool) -> None:
    wishes = await read_wishes(Reader(Dictionary(), 0.45, 0.1), texts, Dialogue())
    assert wishes[0].greeted is greeted


async def test_never_more_than_three_are_answered_at_once() -> None:
    many = ("学步鞋有货吗", "多少钱", "有券吗", "开张发票", "快递到哪了")
    assert len(await intents(*many)) == 3


async def test_the_tone_of_all_that_was_said_goes_with_the_first_wish() -> None:
    reader = Reader(Dictionary(), 0.45, 0.1)
    wishes = await read_wishes(reader, ["第三次问了！", "快递到哪了？有券吗？"], Dialogue())
    assert [wish.heard for wish in wishes] == ["第三次问了！ 快递到哪了？有券吗？", ""]


async def test_the_answer_to_our_question_comes_before_what_else_is_said() -> None:
    asked = Dialogue(Question("logistics_query", "order_id", NOON))
    wishes = await intents("E20261116201844019500026", "学步鞋有货吗", dialogue=asked)
    assert wishes == ["logistics_query", "stock_check"]


async def test_an_unclear_whole_with_one_clear_clause_is_read_as_that() -> None:
    reader = Reader(Dictionary(), 0.45, 0.1)
    (wish,) = await read_wishes(reader, ("嗯哼那个啥", "嘿嘿"), Dialogue())
    assert wish.reading.meant.source == UNSURE
    assert wish.text == "嗯哼那个啥 嘿嘿"


async def test_what_is_said_further_on_of_a_wish_goes_with_it() -> None:
    reader = Reader(Dictionary(), 0.45, 0.1)
    texts = ("学步鞋有货吗？", "开张发票", "邮箱a@b.com", "电话13900001111")
    wishes = await read_wishes(reader, texts, Dialogue())
    assert [each.text for each in wishes] == [
        "学步鞋有货吗",
        "开张发票 邮箱a@b.com 电话13900001111",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("有货吗", []),
        ("有货吗？", []),
        ("有货吗，多少钱", [("有货吗", Joint.STRONG), ("多少钱", Joint.WEAK)]),
        ("有货吗？多少钱", [("有货吗", Joint.STRONG), ("多少钱", Joint.STRONG)]),
        ("有货吗 顺便问下多少钱", [("有货吗", Joint.STRONG), ("顺便问下多少钱", Joint.BESIDES)]),
        (
            "怎么还没发 然后地址能不能改一下",
            [("怎么还没发", Joint.STRONG), ("然后地址能不能改一下", Joint.BESIDES)],
        ),
        ("然后呢", []),
        ("还有22码吗", []),
        ("一，二，三，四，五，六，七，八，九", []),
        ("", []),
    ],
)
def test_clauses_are_divided_where_they_end(text: str, expected: list[tuple[str, Joint]]) -> None:
    assert [(each.text, each.joint) for each in clauses([text])] == expected
