"""The card of a hand-over: to act on in five seconds, within WeCom's bytes, nothing private."""

from dataclasses import replace
from datetime import timedelta

from bot.phrases import load_phrases
from bot.turn.render import Renderer
from bot.wecom.cards import card_body
from bot.wecom.render import split_text
from desk.conversations.commands import HandOver
from desk.conversations.model import Dialogue
from desk.kernel.messages import Card, phrase
from desk.kernel.private import hidden, may_name_somebody
from desk.phrases.book import PhraseBook
from desk.reviews.model import PastTurn
from tests.clocks import NOON
from tests.desk.work.house import CHAT, DELAYED, MIMI, House, cards

WISH = HandOver(
    CHAT.id,
    MIMI.id,
    "顾客要求人工服务",
    "“鞋子开胶了”",
    tier="金卡",
    order=phrase("handover.order", number="E1", status=phrase("order.status.shipped")),
)


def shown(house: House, card: Card) -> tuple[str, str, list[str]]:
    """Title, text and rows as a person reads them."""
    rendered = Renderer(PhraseBook(load_phrases()), house.clock, split_text).card(card)
    return rendered.title, rendered.subtitle, [f"{name}：{value}" for name, value in rendered.rows]


async def test_it_says_who_what_and_what_was_tried(house: House) -> None:
    house.books.customers.kept[MIMI.id] = replace(MIMI, since=NOON - timedelta(days=600))
    focus = {"product": "软底学步鞋", "order_id": "E1"}
    house.books.conversations.kept[CHAT.id] = replace(CHAT, dialogue=Dialogue(focus=focus))
    house.books.reviews.before = (
        PastTurn("stock_check", True),
        PastTurn("out_of_scope", False),
        PastTurn("stock_check", True),
        PastTurn("media", True),
        PastTurn("after_sales_claim", True),
    )
    await house.do(DELAYED)
    ((_, card),) = cards(await house.do(WISH))
    assert shown(house, card) == (
        "有顾客转人工",
        "顾客要求人工服务\n“鞋子开胶了”",
        [
            "顾客：咪咪妈，金卡，2025年3月起的顾客",
            "商品：软底学步鞋",
            "订单：E1，已发货",
            "工单：T-20261121-0001 物流问题",
            "机器人答过：查库存、没听懂、商品有问题",
        ],
    )


async def test_who_only_asks_for_a_person_wants_what_they_asked_before(house: House) -> None:
    house.books.reviews.before = (
        PastTurn("stock_check", True, "有货吗"),
        PastTurn("after_sales_claim", True, "鞋子开胶了怎么办"),
        PastTurn("human_handoff", True, "转人工"),
        PastTurn("media", True),
    )
    ((_, card),) = cards(await house.do(replace(WISH, summary="")))
    assert shown(house, card)[1] == "顾客要求人工服务\n“鞋子开胶了怎么办”"


async def test_who_never_said_is_to_be_asked(house: House) -> None:
    ((_, card),) = cards(await house.do(replace(WISH, summary="")))
    assert shown(house, card)[1] == "顾客要求人工服务\n没有说明原因，请先问问顾客"


async def test_an_angry_customer_is_in_the_title(house: House) -> None:
    ((_, card),) = cards(await house.do(replace(WISH, angry=True)))
    assert shown(house, card)[0] == "有顾客转人工，情绪激动"
    ((_, card),) = cards(await house.do(replace(WISH, angry=True, urgent=True)))
    assert shown(house, card)[0] == "加急：有顾客转人工，情绪激动"


async def test_neither_phone_nor_address_is_on_it(house: House) -> None:
    words = "“地址改成上海市徐汇区虹桥路777号2楼，电话138 1234 5678，谢谢”"
    ((_, card),) = cards(await house.do(replace(WISH, summary=words)))
    text = shown(house, card)[1]
    assert "虹桥路" not in text
    assert "1234" not in text
    assert text.endswith("〔地址〕，电话〔电话〕，谢谢”")


async def test_the_longest_of_everything_is_within_wecoms_bytes(house: House) -> None:
    house.books.customers.kept[MIMI.id] = replace(
        MIMI, nickname="长" * 60, since=NOON - timedelta(days=600)
    )
    focus = {"product": "软底防滑婴儿学步鞋" * 10}
    house.books.conversations.kept[CHAT.id] = replace(CHAT, dialogue=Dialogue(focus=focus))
    ((_, card),) = cards(await house.do(replace(WISH, summary="想" * 900)))
    rendered = Renderer(PhraseBook(load_phrases()), house.clock, split_text).card(card)
    body = card_body(rendered)
    assert len(str(body["sub_title_text"]).encode()) <= 512
    assert rendered.subtitle == body["sub_title_text"]
    assert all(
        len(row["value"].encode()) <= 120
        for row in body["horizontal_content_list"]  # type: ignore[attr-defined]  # JSON is any
    )


def test_what_is_private_is_told_from_what_is_not() -> None:
    for plain in (
        "23码的鞋有货吗，我要2双",
        "那个能弄成大一号不",
        "里面一层是棉的吗",
        "路上要三天吗",
    ):
        assert hidden(plain) == plain
    assert hidden("订单E20261118102030000100001到哪了") == "订单E20261118102030000100001到哪了"
    assert hidden("送到浦东新区张杨路500号1203室") == "〔地址〕"
    assert hidden("幸福小区3栋201 明天送") == "〔地址〕 明天送"
    assert hidden("送到 虹桥路 777号2楼 谢谢") == "送到 〔地址〕 谢谢"
    assert hidden("张杨路5号 或者 世纪大道8号 都行") == "〔地址〕 或者 〔地址〕 都行"
    assert may_name_somebody("收件人改成王小明")
    assert may_name_somebody("幸福小区3栋201")
    assert not may_name_somebody("这双鞋偏大吗")
