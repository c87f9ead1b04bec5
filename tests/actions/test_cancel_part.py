"""Of an order with several lines one may be cancelled, and the others go on their way."""

from dataclasses import replace

import pytest

from desk.conversations.commands import Tell
from desk.kernel.messages import Say
from desk.shops.port import OrderLine
from desk.tickets.commands import OpenTicket
from desk.tickets.model import TicketKind
from tests.actions.chat import Chat
from tests.actions.goods import PAID, POWDER, SHOES
from tests.actions.people import MIMI

BOTTLE = OrderLine(SHOES, "s1", "小鲸鱼PPSU奶瓶 宽口径", (), 1, PAID.payment)
WARMER = OrderLine(POWDER, "s2", "小象恒温温奶器 消毒二合一", (), 1, PAID.payment)
BOTH = replace(PAID, lines=(BOTTLE, WARMER))


async def asked() -> Chat:
    """A chat in which the bot has asked whether to cancel the order."""
    chat = Chat(MIMI)
    chat.youzan.orders = [BOTH]
    await chat.says("我想取消", "order_cancel")
    assert chat.did(OpenTicket) == []
    return chat


async def test_each_line_can_be_tapped_instead_of_the_whole() -> None:
    chat = await asked()
    assert "整单都取消吗" in chat.heard[-1]
    one, other = "只取消小鲸鱼PPSU奶瓶", "只取消小象恒温温奶器"
    assert chat.labels == [one, other, "整单取消", "先不取消"]
    await chat.taps(other)
    assert chat.did(OpenTicket)[0].summary.startswith("只取消“小象恒温温奶器”，其余照发：")


@pytest.mark.parametrize("text", ["第二个", "就那个温奶器", "温奶器"])
async def test_a_line_that_is_picked_needs_no_second_question(text: str) -> None:
    chat = await asked()
    await chat.says(text, "stock_check")
    assert "只取消“小象恒温温奶器”" in chat.did(OpenTicket)[0].summary


@pytest.mark.parametrize("text", ["两个都不要了", "整单取消吧", "都取消"])
async def test_all_of_it_said_to_the_question_is_a_yes(text: str) -> None:
    chat = await asked()
    await chat.says(text, "order_cancel")
    assert "只取消" not in chat.did(OpenTicket)[0].summary


@pytest.mark.parametrize(
    "text",
    [
        "只取消温奶器 奶瓶还要",
        "啊不是 只取消温奶器，奶瓶照发",
        "不要温奶器 要奶瓶",
        "只要奶瓶",
        "温奶器不要了",
        "把温奶器取消掉",
        "奶瓶我还要的，别取消奶瓶",
    ],
)
async def test_the_line_that_is_named_is_asked_about_and_cancelled(text: str) -> None:
    chat = await asked()
    await chat.says(text, "order_cancel")
    assert chat.did(OpenTicket) == []
    assert "只取消“小象恒温温奶器”，其余照发" in chat.heard[-1]
    await chat.says("确定", "affirm")
    ticket = chat.did(OpenTicket)[0]
    assert ticket.summary.startswith("只取消“小象恒温温奶器”，其余照发：")


@pytest.mark.parametrize("text", ["全部照发吧", "全部都还要的", "都留着，照发"])
async def test_all_of_it_kept_is_no_yes(text: str) -> None:
    chat = await asked()
    await chat.says(text, "order_status")
    await chat.says(text, "order_cancel")
    assert chat.books.tickets.kept == {}


async def test_a_line_named_at_the_beginning_is_the_one_in_the_first_question() -> None:
    chat = Chat(MIMI)
    chat.youzan.orders = [BOTH]
    await chat.says("奶瓶帮我取消", "order_cancel", product="奶瓶")
    assert "只取消“小鲸鱼PPSU奶瓶”" in chat.heard[-1]
    await chat.taps("只取消这样")
    assert "只取消“小鲸鱼PPSU奶瓶”" in chat.did(OpenTicket)[0].summary


async def test_a_yes_to_one_line_is_none_to_the_other_nor_to_the_whole() -> None:
    chat = await asked()
    await chat.says("取消奶瓶", "order_cancel")
    await chat.says("取消温奶器吧", "order_cancel")
    assert chat.did(OpenTicket) == []
    assert "只取消“小象恒温温奶器”" in chat.heard[-1]
    await chat.says("整单取消吧", "order_cancel")
    assert "只取消" not in chat.did(OpenTicket)[0].summary


async def test_who_has_agreed_to_all_and_then_keeps_a_line_is_heard_by_the_staff() -> None:
    chat = await asked()
    await chat.says("确定", "affirm")
    read = await chat.says("啊不是 只取消温奶器 奶瓶还要", "order_cancel")
    assert "只取消“小象恒温温奶器”，其余照发，我马上告诉同事" in read[0]
    told = [each.reply for each in chat.did(Tell) if isinstance(each.reply, Say)]
    assert ["奶瓶还要" in chat.text(each) for each in told] == [True]
    assert len(chat.books.tickets.kept) == 1


async def test_a_cancel_and_a_change_of_address_are_two_tickets() -> None:
    chat = Chat(MIMI)
    chat.youzan.orders = [BOTH]
    await chat.says("改地址", "delivery_change")
    await chat.says("整单取消吧", "order_cancel")
    await chat.says("确定", "affirm")
    kinds = {each.kind for each in chat.books.tickets.kept.values()}
    assert kinds == {TicketKind.ORDER_CHANGE, TicketKind.CANCEL}


async def test_who_wants_to_keep_what_is_unpaid_hears_how() -> None:
    chat = Chat(MIMI)
    chat.youzan.orders = [each for each in chat.youzan.orders if each.status == "pending"]
    read = await chat.says("那个没付款的帮我留一下", "order_cancel")
    assert "请尽快在店铺订单页付款" in read[0]
