"""没解决 after 完成 opens the same ticket again; what a colleague waits for goes to them."""

from datetime import timedelta

import pytest

from desk.conversations.outgoing import TellStaff
from desk.kernel.ids import ConversationId
from desk.kernel.messages import Say
from desk.tickets.closing.commands import CloseTicket
from desk.tickets.commands import FinishTicket, OpenTicket, TakeTicket, WaitOnTicket
from desk.tickets.model import Priority, Ticket, TicketKind, TicketState
from tests.actions.chat import BOOK, Chat
from tests.actions.people import MIMI

NUMBER = "T-20261121-0001"


async def at_work() -> Chat:
    """A chat whose customer has a ticket that 阿美 works on."""
    chat = Chat(MIMI)
    opened = OpenTicket(
        TicketKind.AFTER_SALES, Priority.HIGH, "扣子掉了", MIMI.id, chat.conversation.id
    )
    await chat.staff_does(opened)
    await chat.staff_does(TakeTicket(NUMBER, "amei"))
    return chat


async def solved() -> Chat:
    """The same, where 阿美 says that it is solved."""
    chat = await at_work()
    chat.clock.turn(timedelta(hours=1))
    await chat.staff_does(FinishTicket(NUMBER, "amei", "已寄出新扣子"))
    return chat


def ticket(chat: Chat) -> Ticket:
    return chat.books.tickets.kept[NUMBER]


def told(chat: Chat) -> str:
    """What staff were told last."""
    says = [
        each.body.reply
        for each in chat.books.outbox.rows.values()
        if isinstance(each.body, TellStaff) and isinstance(each.body.reply, Say)
    ]
    return BOOK.render(says[-1].phrase, chat.clock.now())


async def test_what_the_agent_wrote_reaches_the_customer() -> None:
    assert "已处理好：已寄出新扣子" in "".join((await solved()).heard)


@pytest.mark.parametrize(
    "words", ["没解决", "没有解决啊", "根本没弄好", "问题还在", "还是不行", "你们还没处理好"]
)
async def test_not_solved_opens_the_same_ticket_again(words: str) -> None:
    chat = await solved()
    answer = "".join(await chat.says(words, "deny"))
    assert list(chat.books.tickets.kept) == [NUMBER]
    assert (ticket(chat).state, ticket(chat).owner) == (TicketState.TAKEN, "amei")
    assert ticket(chat).due_at == chat.clock.now() + timedelta(hours=8)
    assert NUMBER in answer
    assert "阿美接着处理" in answer
    assert f"顾客说还没解决：{words}" in told(chat)


async def test_a_complaint_that_it_is_not_solved_opens_no_second_ticket() -> None:
    chat = await solved()
    await chat.says("没解决！我要投诉", "complaint")
    assert list(chat.books.tickets.kept) == [NUMBER]
    assert ticket(chat).state is TicketState.TAKEN


async def test_where_its_owner_has_left_everybody_may_take_it() -> None:
    chat = await solved()
    gone = ticket(chat)
    chat.books.tickets.kept[NUMBER] = Ticket(
        **{name: getattr(gone, name) for name in gone.__dataclass_fields__} | {"owner": "left"}
    )
    await chat.says("没解决", "deny")
    assert (ticket(chat).state, ticket(chat).owner) == (TicketState.OPEN, "")


async def test_a_week_later_it_stays_solved() -> None:
    chat = await solved()
    chat.clock.turn(timedelta(days=8))
    await chat.says("没解决", "deny")
    assert ticket(chat).state is TicketState.SOLVED


async def test_with_nothing_solved_the_words_mean_what_they_meant() -> None:
    chat = await at_work()
    await chat.says("没解决", "deny")
    assert ticket(chat).state is TicketState.TAKEN


async def test_of_a_newer_ticket_the_customer_speaks_first() -> None:
    chat = await solved()
    chat.clock.turn(timedelta(minutes=1))
    where = ConversationId(chat.conversation.id)
    await chat.staff_does(
        OpenTicket(TicketKind.INVOICE, Priority.NORMAL, "开票", MIMI.id, where, order_no="E9")
    )
    await chat.says("没解决", "deny")
    assert ticket(chat).state is TicketState.SOLVED


async def test_what_is_not_solved_yet_is_told_how_far_it_is() -> None:
    chat = await at_work()
    assert "阿美正在处理" in "".join(await chat.says("还没解决", "deny"))


@pytest.mark.parametrize("words", ["扣子又掉了", "还是坏的", "没收到啊"])
async def test_the_same_trouble_again_goes_on_under_its_number(words: str) -> None:
    chat = await solved()
    answer = "".join(await chat.says(words, "after_sales_claim"))
    assert list(chat.books.tickets.kept) == [NUMBER]
    assert ticket(chat).state is TicketState.TAKEN
    assert "阿美接着处理" in answer


async def test_another_trouble_is_a_wish_of_its_own() -> None:
    chat = await solved()
    await chat.says("另外一双鞋又开胶了", "after_sales_claim")
    assert ticket(chat).state is TicketState.SOLVED


async def test_the_answer_that_is_waited_for_goes_to_who_asked() -> None:
    chat = await at_work()
    await chat.staff_does(WaitOnTicket(NUMBER, "amei", "扣子是什么颜色的？"))
    assert "扣子是什么颜色的？" in chat.heard[-1]
    answer = "".join(await chat.says("粉色带花边的那种", "out_of_scope"))
    assert NUMBER in answer
    assert "已经转给" in answer
    assert ticket(chat).state is TicketState.TAKEN
    assert "粉色带花边的那种" in told(chat)


async def test_thanks_are_no_answer() -> None:
    chat = await at_work()
    await chat.staff_does(WaitOnTicket(NUMBER, "amei", "扣子是什么颜色的？"))
    await chat.says("谢谢", "thank")
    assert ticket(chat).state is TicketState.WAITING_CUSTOMER


async def test_asking_how_far_it_is_tells_what_is_waited_for() -> None:
    chat = await at_work()
    await chat.staff_does(WaitOnTicket(NUMBER, "amei", "扣子是什么颜色的？"))
    assert "阿美在等您补充信息" in "".join(await chat.says("处理得怎么样了", "ticket_progress"))


async def test_what_is_closed_by_then_goes_on_as_a_new_ticket() -> None:
    chat = await solved()
    chat.clock.turn(timedelta(days=8))
    await chat.staff_does(CloseTicket(NUMBER, "bot"))
    answer = "".join(await chat.says("没解决", "deny"))
    assert ticket(chat).state is TicketState.CLOSED
    again = chat.books.tickets.kept["T-20261129-0001"]
    assert (again.kind, again.state) == (TicketKind.AFTER_SALES, TicketState.OPEN)
    assert again.number in answer
