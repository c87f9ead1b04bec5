"""Where a phone is hidden the amount paid proves an order; nobody learns from what is asked."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.proof import BOUGHT, FORGOT_PAID
from bot.understanding.numbers import find_numbers
from desk.customers.commands import CountLinkAttempt, ProveOrder
from desk.kernel.money import Fen
from desk.tickets.commands import OpenTicket
from tests.actions.chat import Chat
from tests.actions.goods import FOREIGN, HIDDEN, HIDDEN_PARCEL, SHIPPED
from tests.actions.people import STRANGER

UNKNOWN = "261118-093512447180027"
JD = replace(HIDDEN, number="312847650137")


def chat_of(*orders: object) -> Chat:
    """A stranger's chat with shops that have these orders too."""
    chat = Chat(STRANGER)
    chat.tmall.orders = [FOREIGN, *(each for each in (HIDDEN, JD) if each in orders)]
    chat.tmall.packed = {each.number: (HIDDEN_PARCEL,) for each in (HIDDEN, JD)}
    return chat


@pytest.mark.parametrize(
    "paid", ["129.9", "129.90", "￥129.90", "一百二十九块九", "实付129.9元", "是129块9吧"]
)
async def test_number_and_amount_open_an_order_whose_phone_is_hidden(paid: str) -> None:
    chat = chat_of(HIDDEN)
    await chat.says("我的快递到哪了", "logistics_query")
    asked = await chat.says(HIDDEN.number, "order_status")
    assert "实付金额" in asked[0]
    assert "后四位" not in asked[0]
    read = await chat.says(paid)
    assert "773302019945120" in read[0]
    assert [each.order_no for each in chat.did(ProveOrder)] == [HIDDEN.number]


@pytest.mark.parametrize("text", ["{} 129.9", "{}，实付129.90", "订单{} 付了129.9元", "{}\n129.9"])
async def test_number_and_amount_in_one_message_are_enough(text: str) -> None:
    chat = chat_of(HIDDEN)
    await chat.says("我的快递到哪了", "logistics_query")
    read = await chat.says(text.format(HIDDEN.number), "order_status")
    assert "773302019945120" in read[0]


async def test_a_wrong_amount_an_unknown_number_and_a_silent_shop_are_told_apart_by_nothing() -> (
    None
):
    there, unknown, silent = chat_of(HIDDEN), chat_of(HIDDEN), chat_of(HIDDEN)
    silent.tmall.hangs = True
    tries = [(there, HIDDEN.number), (unknown, UNKNOWN), (silent, HIDDEN.number)]
    for chat, number in tries:
        await chat.says(f"{number}到哪了", "logistics_query", order_id=number)
        await chat.says("128")
        await chat.says(f"{number} 1299", "logistics_query")
        await chat.says(f"{number}到哪了", "logistics_query", order_id=number)
        await chat.says("忘了")
        await chat.says("学步鞋，昨天买的", "logistics_query", product="学步鞋")
    assert there.heard == unknown.heard == silent.heard
    kinds = [[type(each) for each in chat.last.do] for chat, _ in tries]
    assert kinds[0] == kinds[1] == kinds[2]
    counted = [[each[3] for each in chat.books.customers.attempts] for chat, _ in tries]
    assert counted == [[False] * 3] * 3
    assert "防滑" not in "".join(there.heard)


@pytest.mark.parametrize("number", [HIDDEN.number, SHIPPED.number, FOREIGN.number, JD.number])
async def test_what_is_asked_for_is_the_same_whether_the_shops_have_the_order(number: str) -> None:
    there, empty = chat_of(HIDDEN, JD), chat_of()
    empty.tmall.orders = []
    empty.youzan.orders = []
    heard = [await each.says(number, "order_status", order_id=number) for each in (there, empty)]
    assert heard[0] == heard[1]


@pytest.mark.parametrize("number", [SHIPPED.number, FOREIGN.number])
async def test_where_the_phone_is_shown_an_amount_proves_nothing(number: str) -> None:
    chat = chat_of()
    paid = {"paid_amount": "432.10" if number == FOREIGN.number else "169"}
    await chat.says("查", "order_status", order_id=number, **paid)
    assert chat.did(ProveOrder) == []
    await chat.says("查", "order_status", order_id=number, phone_tail="0000", **paid)
    assert chat.did(ProveOrder) == []


@pytest.mark.parametrize("written", ["1001", "#1001", "＃1001", "# 1001", "##1001"])
async def test_an_order_that_is_counted_is_never_opened_by_its_price(written: str) -> None:
    chat = chat_of()
    counted = replace(HIDDEN, number="1001")
    chat.tmall.orders = [counted, replace(counted, number="#1001")]
    for tail in ({}, {"phone_tail": "0000"}):
        await chat.says("查", "order_status", order_id=written, paid_amount="129.90", **tail)
        assert chat.did(ProveOrder) == []


async def test_a_hidden_phone_among_shown_ones_is_made_up_for_by_the_amount() -> None:
    chat = chat_of(JD)
    asked = await chat.says(f"{JD.number}到哪了", "logistics_query", order_id=JD.number)
    assert "后四位" in asked[0]
    told = await chat.says("2640")
    assert "在订单号后面写上实付金额" in told[0]
    read = await chat.says(f"{JD.number} 129.9", "logistics_query")
    assert "773302019945120" in read[0]


@pytest.mark.parametrize("paid", ["129.9", "￥129.90"])
async def test_after_a_failure_a_piece_alone_is_for_the_same_number(paid: str) -> None:
    chat = chat_of(HIDDEN)
    await chat.says("我的快递到哪了", "logistics_query")
    failed = await chat.says(f"{HIDDEN.number} 实付128", "order_status")
    assert failed[0].startswith("没能核实这笔订单。")
    read = await chat.says(paid, "out_of_scope")
    assert "773302019945120" in read[0]


async def test_after_a_wrong_tail_the_right_one_alone_will_do() -> None:
    chat = chat_of()
    await chat.says("我的快递到哪了", "logistics_query")
    await chat.says(f"{SHIPPED.number} 尾号0000", "order_status")
    read = await chat.says("2345", "out_of_scope")
    assert [each.order_no for each in chat.did(ProveOrder)] == [SHIPPED.number]
    assert "ZTO7712345678901" in read[0]


async def test_where_orders_are_counted_four_digits_may_be_another_one() -> None:
    chat = chat_of()
    await chat.says("我的快递到哪了", "logistics_query")
    await chat.says("1001 尾号0000", "order_status")
    read = await chat.says("1002", "out_of_scope")
    assert "后四位" in read[0]


async def test_guesses_of_amounts_are_limited_however_the_number_is_written() -> None:
    chat = chat_of(HIDDEN)
    written = [HIDDEN.number, "261118093512447180026", "261118 093512447180026"]
    for attempt in range(5):
        await chat.says("我的快递到哪了", "logistics_query")
        await chat.says(f"{written[attempt % 3]} 实付{attempt + 1}元", "order_status")
    assert [each[1] for each in chat.books.customers.attempts] == [HIDDEN.number] * 5
    await chat.says("查", "order_status", order_id=HIDDEN.number, paid_amount="129.90")
    assert chat.did(ProveOrder) == []
    assert len(chat.did(OpenTicket)) == 1


@pytest.mark.parametrize("forgot", ["不记得了", "忘了", "不知道付了多少", "大概一百多"])
async def test_who_forgot_the_amount_tells_what_they_bought_and_a_person_checks(
    forgot: str,
) -> None:
    chat = chat_of(HIDDEN)
    await chat.says(f"{HIDDEN.number}到哪了", "logistics_query", order_id=HIDDEN.number)
    asked = await chat.says(forgot, "deny")
    assert "买的是什么" in asked[0]
    await chat.says("宝宝袜子，11月18号", "out_of_scope")
    (ticket,) = chat.did(OpenTicket)
    assert ticket.order_no == HIDDEN.number
    assert "宝宝袜子，11月18号" in ticket.summary
    assert "商品对得上，下单日期对得上" in ticket.summary
    assert chat.did(CountLinkAttempt)[0].succeeded is False
    assert chat.did(ProveOrder) == []
    assert "773302019945120" not in "".join(chat.heard)


@pytest.mark.parametrize(
    ("order", "told", "found"),
    [
        (HIDDEN, "奶粉，昨天买的", "商品对不上，下单日期对不上"),
        (HIDDEN, "袜子", "商品对得上，没说哪天下单"),
        (None, "袜子", "店铺里没有查到这个订单号"),
    ],
)
async def test_the_colleague_reads_what_fits_and_the_customer_does_not(
    order: object, told: str, found: str
) -> None:
    chat = chat_of(order)
    slots: Mapping[str, str] = {FORGOT_PAID: "忘了", BOUGHT: told}
    read = await chat.says("到哪了", "logistics_query", order_id=HIDDEN.number, **slots)
    assert found in chat.did(OpenTicket)[0].summary
    assert "对" not in "".join(read).replace("核对", "")


async def test_the_line_to_tap_says_that_the_amount_is_forgotten() -> None:
    chat = chat_of(HIDDEN)
    await chat.says(f"{HIDDEN.number}到哪了", "logistics_query", order_id=HIDDEN.number)
    asked = await chat.taps("不记得付了多少")
    assert "买的是什么" in asked[0]


async def test_who_gives_the_number_again_is_asked_for_the_amount_again() -> None:
    chat = chat_of(HIDDEN)
    await chat.says(f"{HIDDEN.number}到哪了", "logistics_query", order_id=HIDDEN.number)
    asked = await chat.says(f"{HIDDEN.number}到哪了", "logistics_query", order_id=HIDDEN.number)
    assert asked == ["请发一下这笔订单的实付金额，比如 129.90。"]


async def test_two_yuan_are_an_amount_and_no_line_of_the_menu() -> None:
    chat = chat_of(HIDDEN)
    chat.tmall.orders = [replace(HIDDEN, payment=Fen(200))]
    await chat.says(f"{HIDDEN.number}到哪了", "logistics_query", order_id=HIDDEN.number)
    read = await chat.says("2")
    assert "773302019945120" in read[0]


@pytest.mark.parametrize(
    "text", ["10482 2345", "10482，尾号2345", "#10482 尾号2345", "订单号10482，后四位2345"]
)
async def test_a_short_number_is_an_order_where_one_is_asked_for(text: str) -> None:
    chat = chat_of()
    chat.tmall.orders = [replace(HIDDEN, number="10482", phone_tail="2345")]
    await chat.says("我的快递到哪了", "logistics_query")
    await chat.says(text, "out_of_scope", **{k: v[0] for k, v in find_numbers(text).items()})
    assert [each.order_no for each in chat.did(ProveOrder)] == ["10482"]


async def test_an_order_whose_number_can_be_counted_up_to_is_not_opened_by_an_amount() -> None:
    chat = chat_of()
    chat.tmall.orders = [replace(HIDDEN, number="10482")]
    await chat.says("#10482 付了129.9元", "logistics_query", order_id="10482", paid_amount="129.90")
    assert chat.did(ProveOrder) == []
    assert "后四位" in chat.heard[0]


@given(fen=st.integers(0, 10_000_000).filter(lambda each: each != HIDDEN.payment))
async def test_no_wrong_amount_proves_an_order(fen: int) -> None:
    chat = chat_of(HIDDEN)
    paid = Fen(fen).yuan()
    await chat.says("查", "order_status", order_id=HIDDEN.number, paid_amount=paid)
    assert chat.did(ProveOrder) == []
    assert "防滑" not in "".join(chat.heard)


@pytest.mark.parametrize("paid", ["", "很多", "NaN", "1e400", "-129.90", "129.901"])
async def test_what_is_no_amount_proves_nothing(paid: str) -> None:
    chat = chat_of(HIDDEN)
    await chat.says("查", "order_status", order_id=HIDDEN.number, paid_amount=paid)
    assert chat.did(ProveOrder) == []


@pytest.mark.parametrize(
    ("paid", "fen"), [("129.9", 12990), ("实付1299元", 129900), ("1299", 129900)]
)
async def test_an_amount_may_answer_the_question_for_the_tail_where_the_phone_is_hidden(
    paid: str, fen: int
) -> None:
    chat = chat_of(JD)
    chat.tmall.orders = [replace(JD, payment=Fen(fen))]
    await chat.says(f"{JD.number}到哪了", "logistics_query", order_id=JD.number)
    read = await chat.says(paid)
    assert "773302019945120" in read[0]


async def test_where_the_phone_is_shown_the_amount_does_not_answer_that_question() -> None:
    chat = chat_of(JD)
    chat.tmall.orders = [replace(JD, phone_tail="2345")]
    await chat.says(f"{JD.number}到哪了", "logistics_query", order_id=JD.number)
    await chat.says("129.9")
    assert chat.did(ProveOrder) == []
