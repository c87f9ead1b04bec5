"""Who comes again when the promised time is over is promised no time that has passed."""

from datetime import timedelta

from desk.conversations.outgoing import TellStaff
from desk.kernel.messages import Say
from tests.actions.chat import BOOK, Chat
from tests.actions.forms import with_templates
from tests.actions.goods import PAID
from tests.actions.test_orders import with_orders


def _told_staff(chat: Chat) -> str:
    says = [
        each.body.reply
        for each in chat.books.outbox.rows.values()
        if isinstance(each.body, TellStaff) and isinstance(each.body.reply, Say)
    ]
    return "\n".join(BOOK.render(each.phrase, chat.clock.now()) for each in says)


async def test_what_is_late_is_said_to_all() -> None:
    chat = await with_templates(with_orders(PAID))
    await chat.says("怎么还不发货", "urge_order")
    chat.clock.turn(timedelta(days=2))
    read = await chat.says("到底发不发货", "urge_order")
    assert "比说好的时间晚了，很抱歉" in read[-1]
    assert not any("最晚" in each for each in read)
    assert "已经超时还没人接" in _told_staff(chat)


async def test_the_third_time_those_above_are_told_that_the_customer_asks() -> None:
    chat = await with_templates(with_orders(PAID))
    await chat.says("怎么还不发货", "urge_order")
    await chat.says("快点发货", "urge_order")
    chat.clock.turn(timedelta(days=2))
    await chat.says("到底发不发货", "urge_order")
    chat.clock.turn(timedelta(minutes=20))
    read = await chat.says("怎么还没发货", "urge_order")
    assert "比说好的时间晚了" in read[-1]
    assert "顾客又来问 T-20261121-0001（催发货）" in _told_staff(chat)


async def test_in_time_the_customer_hears_that_it_is_with_the_rest() -> None:
    chat = await with_templates(with_orders(PAID))
    await chat.says("怎么还不发货", "urge_order")
    chat.clock.turn(timedelta(minutes=30))
    read = await chat.says("到底发不发货", "urge_order")
    assert "晚了" not in read[-1]
    assert "顾客又来问" not in _told_staff(chat)
