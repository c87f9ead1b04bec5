"""The number of a ticket that was merged leads to the one under which it goes on."""

from dataclasses import replace

from desk.tickets.commands import OpenTicket
from desk.tickets.kin.commands import MergeTicket
from desk.tickets.model import Priority, TicketKind
from tests.actions.chat import Chat
from tests.actions.people import MIMI

FIRST, SECOND = "T-20261121-0001", "T-20261121-0002"


async def two_in_one() -> Chat:
    """A chat whose customer has two tickets, of which the first goes on in the second."""
    chat = Chat(MIMI)
    one = OpenTicket(
        TicketKind.URGE, Priority.NORMAL, "催了一下", MIMI.id, chat.conversation.id, order_no="E1"
    )
    await chat.staff_does(one)
    await chat.staff_does(replace(one, kind=TicketKind.LOGISTICS, summary="没有更新"))
    await chat.staff_does(MergeTicket(FIRST, SECOND, "fangjie"))
    return chat


async def test_who_asks_for_the_old_number_hears_of_the_new_one() -> None:
    chat = await two_in_one()
    answer = "".join(await chat.says(f"{FIRST} 处理得怎么样了", "ticket_progress", ticket=FIRST))
    assert SECOND in answer
    assert FIRST not in answer


async def test_who_asks_for_all_hears_of_one() -> None:
    chat = await two_in_one()
    answer = "".join(await chat.says("处理得怎么样了", "ticket_progress"))
    assert SECOND in answer
    assert FIRST not in answer


async def test_what_went_on_with_somebody_else_is_told_by_its_own_number() -> None:
    chat = await two_in_one()
    second = chat.books.tickets.kept[SECOND]
    chat.books.tickets.kept[SECOND] = replace(second, customer=None)
    answer = "".join(await chat.says(f"{FIRST} 怎么样了", "ticket_progress", ticket=FIRST))
    assert SECOND not in answer
