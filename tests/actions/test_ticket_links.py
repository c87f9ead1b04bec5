"""Where a customer reads the address of their ticket's page, and where they do not."""

from datetime import timedelta

import pytest

from bot.phrases import load_phrases
from bot.web.links import TicketLinks
from desk.conversations.outgoing import SayInConversation
from desk.kernel.messages import Phrase
from desk.phrases.book import PhraseBook
from desk.tickets.commands import FinishTicket, OpenTicket, RevokeLink, TakeTicket
from desk.tickets.links import link_to
from desk.tickets.model import Priority, Ticket, TicketKind
from tests.actions.chat import Chat
from tests.actions.people import MIMI

LINKS = TicketLinks(b"a key of this test", "https://desk.example")
BOOK = PhraseBook(load_phrases(), LINKS.address)


def read(chat: Chat, said: Phrase) -> list[str]:
    """The lines that the customer reads where the house can be reached."""
    return BOOK.render(said, chat.clock.now()).split("\n")


async def opened(chat: Chat, kind: TicketKind = TicketKind.INVOICE) -> tuple[Ticket, list[str]]:
    """A ticket of theirs, and what they read when it was opened."""
    before = len(chat.books.outbox.rows)
    asked = OpenTicket(kind, Priority.NORMAL, "办一下", MIMI.id, chat.conversation.id)
    await chat.staff_does(asked)
    rows = list(chat.books.outbox.rows.values())[before:]
    said = [row.body.say.phrase for row in rows if isinstance(row.body, SayInConversation)]
    ticket = max(chat.books.tickets.kept.values(), key=lambda each: each.number)
    return ticket, [line for each in said for line in read(chat, each)]


async def test_the_address_comes_with_the_number_on_a_line_of_its_own() -> None:
    ticket, lines = await opened(Chat(MIMI))
    assert ticket.number in lines[0]
    assert lines[-2:] == ["办到哪一步，随时点开看：", LINKS.address(link_to(ticket))]


async def test_who_asks_how_far_it_is_reads_the_address_again() -> None:
    chat = Chat(MIMI)
    first, _ = await opened(chat)
    chat.clock.turn(timedelta(minutes=1))
    second, _ = await opened(chat, TicketKind.RETURN)
    await chat.says("处理得怎么样了", "ticket_progress")
    lines = read(chat, chat.said[0].phrase)
    addresses = [line for line in lines if line.startswith("https://")]
    assert addresses == [LINKS.address(link_to(each)) for each in (second, first)]


async def test_after_it_was_taken_back_another_address_is_told() -> None:
    chat = Chat(MIMI)
    ticket, lines = await opened(chat)
    await chat.staff_does(RevokeLink(ticket.number, "amei"))
    await chat.says("处理得怎么样了", "ticket_progress")
    again = read(chat, chat.said[0].phrase)[-1]
    assert again.startswith("https://desk.example/t/")
    assert again != lines[-1]


async def test_a_solved_one_can_be_looked_at_too() -> None:
    chat = Chat(MIMI)
    ticket, _ = await opened(chat)
    await chat.staff_does(TakeTicket(ticket.number, "amei"))
    await chat.staff_does(FinishTicket(ticket.number, "amei"))
    await chat.says("处理得怎么样了", "ticket_progress")
    assert LINKS.address(link_to(ticket)) in read(chat, chat.said[0].phrase)


@pytest.mark.parametrize("kind", [TicketKind.EMERGENCY, TicketKind.RISK])
async def test_in_danger_and_where_they_hear_of_none_no_address_is_told(kind: TicketKind) -> None:
    _, lines = await opened(Chat(MIMI), kind)
    assert not any("/t/" in line for line in lines)


async def test_without_a_public_address_everything_reads_as_before() -> None:
    chat = Chat(MIMI)
    ticket, _ = await opened(chat)
    closed = PhraseBook(load_phrases())
    rows = [row.body for row in chat.books.outbox.rows.values()]
    (said,) = [
        closed.render(body.say.phrase, chat.clock.now())
        for body in rows
        if isinstance(body, SayInConversation)
    ]
    assert said == (
        f"开发票已经登记好了，工单号 {ticket.number}。同事会跟进，最晚明天 12:00 前在这里答复您。"
    )
