"""A message is read in its dialogue."""

from datetime import UTC, datetime

import pytest

from bot.understanding.reader import DEAF, UNSURE, Reader
from desk.conversations.incoming import Text
from desk.conversations.model import Dialogue, Option, Question, Shown
from desk.kernel.errors import Unavailable
from desk.kernel.messages import phrase
from desk.turns import Understanding

_AT = datetime(2026, 11, 21, tzinfo=UTC)


class Scripted:
    """An NLU that says what the test says, or is away."""

    def __init__(self, meant: Understanding | None) -> None:
        self.meant = meant
        self.asked: list[str] = []

    async def understand(self, text: str) -> Understanding:
        self.asked.append(text)
        if self.meant is None:
            raise Unavailable("nlu_unavailable", "")
        return self.meant


def nlu(intent: str, confidence: float, second: float = 0.0, **entities: str) -> Scripted:
    ranking = ((intent, confidence), ("product_consult", second))
    found = {name: (value,) for name, value in entities.items()}
    return Scripted(Understanding(intent, confidence, "nlu", found, ranking))


def reader(scripted: Scripted) -> Reader:
    return Reader(scripted, threshold=0.45, margin=0.1)


async def test_a_clear_meaning_comes_with_its_entities() -> None:
    reading = await reader(nlu("stock_check", 0.9, product="学步鞋")).read(
        Text("学步鞋有货吗"), Dialogue()
    )
    assert (reading.meant.intent, reading.meant.source) == ("stock_check", "nlu")
    assert reading.slots == {"product": "学步鞋"}


@pytest.mark.parametrize(("confidence", "second"), [(0.44, 0.0), (0.5, 0.45)])
async def test_a_weak_or_close_meaning_is_unsure(confidence: float, second: float) -> None:
    reading = await reader(nlu("member_query", confidence, second)).read(
        Text("嗯哼那个"), Dialogue()
    )
    assert reading.meant.source == UNSURE


async def test_a_plain_word_settles_what_the_nlu_was_unsure_of() -> None:
    reading = await reader(nlu("product_consult", 0.3, 0.29)).read(Text("嗯哼"), Dialogue())
    assert reading.meant.source == UNSURE
    reading = await reader(nlu("coupon_query", 0.3, 0.29)).read(Text("有券吗"), Dialogue())
    assert (reading.meant.intent, reading.meant.source) == ("coupon_query", "rule")


async def test_size_and_colour_alone_are_about_the_product_talked_about() -> None:
    scripted = nlu("exchange_request", 0.2, color="白色")
    about_shoes = Dialogue(focus={"item": "youzan-main:1"})
    reading = await reader(scripted).read(Text("白色的呢"), about_shoes)
    assert (reading.meant.intent, reading.slots) == ("stock_check", {"color": "白色"})


@pytest.mark.parametrize(
    ("text", "slots"), [("3段的", {"size": "3段"}), ("想问下奶粉", {"product": "奶粉"})]
)
async def test_goods_named_out_of_the_blue_are_to_be_seen(text: str, slots: dict[str, str]) -> None:
    reading = await reader(nlu("exchange_request", 0.2, 0.0, **slots)).read(Text(text), Dialogue())
    assert (reading.meant.intent, reading.slots) == ("stock_check", slots)
    reading = await reader(nlu("coupon_query", 0.2)).read(Text("两个"), Dialogue())
    assert reading.meant.source == UNSURE


async def test_an_answer_goes_to_the_intent_that_asked_with_what_was_known() -> None:
    question = Question("stock_check", "size", _AT, slots={"item": "youzan-main:1"})
    reading = await reader(nlu("exchange_request", 0.2, size="22码")).read(
        Text("22码的"), Dialogue(pending=question)
    )
    assert reading.meant.intent == "stock_check"
    assert reading.meant.source != UNSURE
    assert reading.slots == {"item": "youzan-main:1", "size": "22码"}
    assert reading.answers == question


async def test_something_else_than_an_answer_is_not_forced_into_the_question() -> None:
    question = Question("stock_check", "size", _AT, slots={"item": "youzan-main:1"})
    reading = await reader(nlu("human_handoff", 0.95)).read(
        Text("转人工"), Dialogue(pending=question)
    )
    assert (reading.meant.intent, reading.answers) == ("human_handoff", None)


async def test_danger_comes_before_everything_even_an_open_question() -> None:
    question = Question("stock_check", "product", _AT)
    scripted = nlu("stock_check", 0.99)
    reading = await reader(scripted).read(Text("宝宝喝奶呛到没呼吸了"), Dialogue(pending=question))
    assert reading.meant.intent == "danger"
    assert scripted.asked == []


async def test_a_menu_line_names_its_intent_without_the_nlu() -> None:
    scripted = nlu("greet", 0.9)
    reading = await reader(scripted).read(Text("查库存", "go_stock_check"), Dialogue())
    assert (reading.meant.intent, reading.meant.source) == ("stock_check", "menu")
    assert scripted.asked == []


async def test_rules_answer_while_the_nlu_is_away_and_the_rest_is_deaf() -> None:
    away = reader(Scripted(None))
    assert (await away.read(Text("有券吗"), Dialogue())).meant.intent == "coupon_query"
    assert (await away.read(Text("嗯哼那个"), Dialogue())).meant.intent == DEAF


async def test_a_tap_on_the_open_question_answers_it_though_its_list_is_remembered_too() -> None:
    option = Option("a1", phrase("product.choice", title="学步鞋"), {"item": "s:1"})
    question = Question("price_query", "product", _AT, (option,), {"said": "多少钱"})
    dialogue = Dialogue(pending=question, shown=Shown("price_query", (option,), _AT))
    reading = await reader(nlu("greet", 0.9)).read(Text("学步鞋", "a1"), dialogue)
    assert (reading.meant.intent, reading.answers) == ("price_query", question)
    assert reading.slots == {"said": "多少钱", "item": "s:1"}


async def test_a_tap_on_the_list_of_a_closed_question_is_read_with_its_words() -> None:
    option = Option("a1", phrase("product.choice", title="学步鞋"), {"item": "s:1"})
    shown = Shown("price_query", (option,), _AT, {"said": "多少钱"}, latest=False)
    reading = await reader(nlu("greet", 0.9)).read(Text("学步鞋", "a1"), Dialogue(shown=shown))
    assert (reading.meant.intent, reading.answers) == ("price_query", None)
    assert reading.slots == {"said": "多少钱", "item": "s:1"}


@pytest.mark.parametrize(
    ("text", "intent", "read"),
    [
        ("22", "goodbye", "stock_check"),
        ("22", "affirm", "stock_check"),
        ("2345", "thank", UNSURE),
        ("5", "goodbye", UNSURE),
        ("88", "goodbye", "goodbye"),
        ("666", "thank", "thank"),
    ],
)
async def test_bare_digits_are_no_small_talk_but_those_that_are_words(
    text: str, intent: str, read: str
) -> None:
    reading = await reader(nlu(intent, 0.9)).read(Text(text), Dialogue())
    assert (reading.meant.source if read == UNSURE else reading.meant.intent) == read


@pytest.mark.parametrize("text", ["？", "。。。", "？？？"])
async def test_marks_alone_are_not_guessed_at(text: str) -> None:
    scripted = nlu("goodbye", 0.9)
    reading = await reader(scripted).read(Text(text), Dialogue())
    assert (reading.meant.source, scripted.asked) == (UNSURE, [])


@pytest.mark.parametrize(
    "text", ["哦对了 尿不湿呢", "对了，尿不湿呢", "还有 尿不湿呢", "顺便问一下尿不湿呢"]
)
async def test_what_leads_to_a_wish_is_no_yes(text: str) -> None:
    scripted = nlu("affirm", 0.9, product="尿不湿")
    reading = await reader(scripted).read(Text(text), Dialogue())
    assert scripted.asked == ["尿不湿呢"]
    assert (reading.meant.intent, reading.slots) == ("stock_check", {"product": "尿不湿"})


@pytest.mark.parametrize("text", ["对了", "还有吗", "还有22码吗", "还有货吗", "另外一个呢", "哦"])
async def test_what_is_itself_the_wish_is_kept(text: str) -> None:
    scripted = nlu("stock_check", 0.9)
    await reader(scripted).read(Text(text), Dialogue())
    assert scripted.asked == [text]


@pytest.mark.parametrize(
    ("text", "colour", "size"),
    [
        ("刚才那个鞋天蓝的22有吗", "天蓝", "22"),
        ("天蓝22有吗", "天蓝", "22"),
        ("22码的天蓝有吗", "天蓝", "22码"),
        ("天蓝的 L码还有没", "天蓝", "L码"),
        ("天蓝的要22双", "天蓝", ""),
        ("天蓝22个", "天蓝", ""),
        ("天蓝的好看吗 我买了22", "天蓝", ""),
    ],
)
async def test_a_size_glued_to_the_colour_is_heard(text: str, colour: str, size: str) -> None:
    reading = await reader(nlu("stock_check", 0.9, color=colour)).read(Text(text), Dialogue())
    assert reading.slots.get("size", "") == size
