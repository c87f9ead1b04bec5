"""我买贵了: the difference is worked out, or it is said why there is none."""

from dataclasses import replace
from datetime import timedelta

from desk.kernel.errors import Unavailable
from desk.kernel.money import Fen
from desk.shops.port import (
    Order,
    OrderLine,
    OrderStatus,
    Parcel,
    ParcelStatus,
    Refund,
    RefundStatus,
    Scan,
)
from desk.shops.price_rules import PriceRule, PriceRules, Since
from desk.tickets.commands import OpenTicket
from desk.tickets.model import TicketKind
from tests.actions.chat import Chat
from tests.actions.goods import SHOES, SUIT, YOUZAN, kind, order
from tests.actions.people import MIMI
from tests.clocks import NOON


def bought(*lines: OrderLine) -> Order:
    """An order of MIMI's, paid two days ago."""
    paid = NOON - timedelta(days=2)
    found = order("E1", OrderStatus.COMPLETED, "学步鞋")
    total = Fen(sum(line.price for line in lines))
    return replace(found, lines=lines, payment=total, created_at=paid, paid_at=paid)


PAIR = OrderLine(SHOES, "22", "婴儿学步鞋软底防滑", (("尺码", "22"),), 2, Fen(33800))


def chat_about(ordered: Order, price: int, rule: PriceRule | None = None) -> Chat:
    chat = Chat(MIMI)
    chat.youzan.orders = [ordered]
    chat.youzan.skus = [kind(SHOES, 0, price, size="22")]
    chat.desk = replace(chat.desk, price_rules=PriceRules({YOUZAN: rule} if rule else {}))
    return chat


async def test_the_difference_and_its_rule_are_told_and_noted() -> None:
    chat = chat_about(bought(PAIR), 15900, PriceRule(7))
    read = await chat.says("我买贵了，退差价", "price_protection")
    assert "按店里的价保规则，可退差价 ¥20" in read[0]
    assert "2 件×¥10，差 ¥20" in read[0]
    (ticket,) = chat.did(OpenTicket)
    assert ticket.kind is TicketKind.PRICE_PROTECTION
    assert "差价 ¥20" in ticket.summary
    assert "付¥338 现¥318" in ticket.summary
    assert "付款后 7 天内" in ticket.summary


async def test_without_a_stated_rule_the_figure_is_told_and_nothing_promised() -> None:
    chat = chat_about(bought(PAIR), 15900, PriceRule(service="价保中心"))
    read = await chat.says("我买贵了，退差价", "price_protection")
    assert "现在比您买时便宜 ¥20" in read[0]
    assert "可退" not in read[0]
    assert "“价保中心”" in read[0]
    assert "没有写明价保天数" in chat.did(OpenTicket)[0].summary


async def test_a_price_that_did_not_fall_is_said_kindly_and_bothers_nobody() -> None:
    chat = chat_about(bought(PAIR), 16900, PriceRule(7))
    read = await chat.says("我买贵了，退差价", "price_protection")
    assert "没有比您付的低" in read[0]
    assert chat.did(OpenTicket) == []
    assert chat.labels == ["找人工客服"]


async def test_when_the_days_are_over_it_is_said_since_when() -> None:
    chat = chat_about(bought(PAIR), 15900, PriceRule(1))
    read = await chat.says("我买贵了，退差价", "price_protection")
    assert "付款后 1 天内" in read[0]
    assert chat.did(OpenTicket) == []


async def test_days_that_count_from_the_receipt_begin_with_the_last_parcel() -> None:
    ordered = bought(PAIR)
    chat = chat_about(ordered, 15900, PriceRule(1, Since.RECEIVED))
    here = Scan(NOON - timedelta(hours=30), "已签收")
    chat.youzan.packed = {ordered.number: (Parcel("顺丰", "SF1", ParcelStatus.DELIVERED, (here,)),)}
    assert "签收后 1 天内" in (await chat.says("退差价", "price_protection"))[0]

    chat = chat_about(ordered, 15900, PriceRule(1, Since.RECEIVED))
    assert "可退差价" in (await chat.says("退差价", "price_protection"))[0]


async def test_what_is_not_sold_any_more_is_a_persons_work() -> None:
    gone = OrderLine(SUIT, "90", "纯棉连体衣", (), 1, Fen(9900))
    chat = chat_about(bought(PAIR, gone), 16900, PriceRule(7))
    await chat.says("退差价", "price_protection")
    assert "已下架" in chat.did(OpenTicket)[0].summary


async def test_while_the_shop_is_silent_a_ticket_carries_no_figures() -> None:
    chat = chat_about(bought(PAIR), 15900, PriceRule(7))
    await chat.says("我的订单到哪了", "order_status")
    chat.clock.turn(timedelta(minutes=10))
    chat.youzan.failure = Unavailable("down", "没有回应")
    read = await chat.says("退差价", "price_protection")
    assert "¥" not in read[0]
    assert len(chat.did(OpenTicket)) == 1


async def test_an_order_with_a_refund_is_a_persons_work() -> None:
    refund = Refund("R1", RefundStatus.REFUNDED, Fen(16900), NOON)
    chat = chat_about(replace(bought(PAIR), refunds=(refund,)), 15900, PriceRule(7))
    read = await chat.says("退差价", "price_protection")
    assert "差价的事记下了" in read[0]
    assert len(chat.did(OpenTicket)) == 1
