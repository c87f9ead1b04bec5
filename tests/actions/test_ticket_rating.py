"""How was it, when a ticket is solved: asked once, in one message, answered by a tap."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.conversations.outgoing import OutboxEntry, SayInConversation, TellStaff
from desk.kernel.ids import ConversationId, CustomerId, derived
from desk.kernel.messages import Say
from desk.ratings.commands import AskRating
from desk.ratings.model import Rating, rating_of
from desk.tickets.commands import (
    FinishTicket,
    OpenTicket,
    ReopenTicket,
    TakeTicket,
    WaitOnTicket,
)
from desk.tickets.model import Priority, Ticket, TicketKind, TicketState
from tests.actions.chat import Chat
from tests.actions.people import MIMI

LINES = ["满意", "一般", "不满意", "还没解决"]


async def with_ticket() -> tuple[Chat, Ticket]:
    """A chat whose customer has a ticket, which 阿美 has taken."""
    chat = Chat(MIMI)
    return chat, await opened(chat, TicketKind.INVOICE, "amei")


async def opened(chat: Chat, kind: TicketKind, owner: str) -> Ticket:
    """Another ticket of theirs, taken by somebody."""
    before = set(chat.books.tickets.kept)
    asked = OpenTicket(kind, Priority.NORMAL, "办一下", MIMI.id, chat.conversation.id)
    await chat.staff_does(asked)
    (number,) = set(chat.books.tickets.kept) - before
    await chat.staff_does(TakeTicket(number, owner))
    return chat.books.tickets.kept[number]


async def solved(note: str = "") -> tuple[Chat, Ticket]:
    """A chat whose customer reads that it is done, with the lines below."""
    chat, ticket = await with_ticket()
    await finish(chat, ticket, note)
    return chat, ticket


async def finish(chat: Chat, ticket: Ticket, note: str = "") -> list[Say]:
    """Its owner finishes it; what the customer reads then, its menu ready to be tapped."""
    before = len(outbox(chat))
    owner = chat.books.tickets.kept[ticket.number].owner
    await chat.staff_does(FinishTicket(ticket.number, owner, note))
    read = [
        entry.body.say
        for entry in outbox(chat)[before:]
        if isinstance(entry.body, SayInConversation)
    ]
    chat.menu = read[-1].menu if read else ()
    return read


def outbox(chat: Chat) -> list[OutboxEntry]:
    return list(chat.books.outbox.rows.values())


def kept(chat: Chat, ticket: Ticket) -> Rating:
    return chat.books.ratings.kept[rating_of(ticket.id)]


def told(chat: Chat, userid: str) -> list[str]:
    """What a member of staff was told in words."""
    bodies = [entry.body for entry in outbox(chat)]
    return [
        chat.text(body.reply)
        for body in bodies
        if isinstance(body, TellStaff) and userid in body.to and isinstance(body.reply, Say)
    ]


async def test_what_was_done_and_how_it_was_are_one_message() -> None:
    chat, ticket = await with_ticket()
    read = await finish(chat, ticket, "发票已发到邮箱")
    assert [chat.text(each) for each in read] == [
        f"开发票（工单号 {ticket.number}）已处理好：发票已发到邮箱\n"
        "如果还有问题，直接在这里告诉我，我请同事接着办。\n\n"
        "这次处理您满意吗？点一下就行："
    ]
    assert chat.labels == LINES
    assert all(len(each.id.encode()) <= 128 for each in chat.menu)


@pytest.mark.parametrize(("label", "score"), [("满意", 5), ("一般", 3), ("不满意", 1)])
async def test_a_tap_is_kept_with_the_ticket_and_its_owner(label: str, score: int) -> None:
    chat, ticket = await solved()
    await chat.taps(label)
    rating = kept(chat, ticket)
    assert (rating.score, rating.servicer, rating.ticket) == (score, "amei", ticket.id)
    assert rating.words == ""


async def test_a_written_answer_is_about_the_ticket_that_was_asked_about() -> None:
    chat, ticket = await solved()
    read = await chat.says("很满意，谢谢", "satisfaction_rating")
    assert kept(chat, ticket).score == 5
    assert "谢谢您的认可" in read[0]


async def test_of_two_tickets_each_menu_is_about_its_own() -> None:
    chat, first = await solved()
    old = chat.menu
    second = await opened(chat, TicketKind.RETURN, "dazhi")
    await finish(chat, second)
    new, chat.menu = chat.menu, old
    await chat.taps("满意")
    chat.menu = new
    await chat.taps("一般")
    assert kept(chat, first).score == 5
    assert kept(chat, second).score == 3
    assert kept(chat, second).servicer == "dazhi"


async def test_a_second_tap_changes_nothing() -> None:
    chat, ticket = await solved()
    menu = chat.menu
    await chat.taps("满意")
    chat.menu = menu
    assert "已经评价过了" in (await chat.taps("不满意"))[0]
    assert kept(chat, ticket).score == 5


async def test_who_taps_not_content_is_asked_why_and_a_supervisor_hears_of_that_ticket() -> None:
    chat, ticket = await solved()
    read = await chat.taps("不满意")
    assert "哪里不满意" in read[0]
    (said,) = told(chat, "fangjie")
    assert f"对工单 {ticket.number}（开发票）的处理打了 1 分（阿美接待）" in said
    await chat.says("抬头写错了，电话13812345678说了三遍", "out_of_scope")
    assert kept(chat, ticket).words == "抬头写错了，电话13812345678说了三遍"
    assert "电话〔电话〕说了三遍" in told(chat, "fangjie")[1]
    assert len(chat.books.tickets.kept) == 2
    back = next(each for each in chat.books.tickets.kept.values() if each.id != ticket.id)
    assert back.summary.startswith(f"顾客对工单 {ticket.number} 的处理（阿美处理）打了 1 分")


async def test_not_solved_opens_the_same_ticket_and_rates_nothing() -> None:
    chat, ticket = await solved()
    read = await chat.taps("还没解决")
    assert f"工单号 {ticket.number}）已重新打开" in read[0]
    now = chat.books.tickets.kept[ticket.number]
    assert (now.state, now.owner) == (TicketState.TAKEN, "amei")
    assert kept(chat, ticket).score is None
    assert len(chat.books.tickets.kept) == 1
    assert any("还没解决" in each for each in told(chat, "amei"))


async def test_not_solved_of_an_older_ticket_opens_that_one() -> None:
    chat, first = await solved()
    old = chat.menu
    second = await opened(chat, TicketKind.RETURN, "dazhi")
    await finish(chat, second)
    chat.menu = old
    await chat.taps("还没解决")
    kept_now = chat.books.tickets.kept
    assert kept_now[first.number].state is TicketState.TAKEN
    assert kept_now[second.number].state is TicketState.SOLVED


async def test_not_solved_tapped_when_it_is_open_again_already_is_answered() -> None:
    chat, ticket = await solved()
    menu = chat.menu
    await chat.taps("还没解决")
    chat.menu = menu
    read = await chat.taps("还没解决")
    assert "正在处理" in read[0]
    assert kept(chat, ticket).score is None


async def test_written_not_solved_rates_no_ticket() -> None:
    chat, ticket = await solved()
    await chat.says("还没解决呢", "out_of_scope")
    assert chat.books.tickets.kept[ticket.number].state is TicketState.TAKEN
    assert kept(chat, ticket).score is None


async def test_after_it_was_opened_again_it_is_asked_once_more_if_nobody_answered() -> None:
    chat, ticket = await solved()
    await chat.taps("还没解决")
    chat.clock.turn(timedelta(hours=1))
    await finish(chat, ticket)
    assert chat.labels == LINES
    assert kept(chat, ticket).asked_at == chat.clock.now()


async def test_what_was_rated_is_never_asked_again() -> None:
    chat, ticket = await solved()
    await chat.taps("满意")
    await chat.staff_does(ReopenTicket(ticket.number, "amei"))
    (read,) = await finish(chat, ticket)
    assert read.menu == ()
    assert "满意吗" not in chat.text(read)


@pytest.mark.parametrize("kind", [TicketKind.PRIVACY, TicketKind.EMERGENCY, TicketKind.RISK])
async def test_some_are_not_asked_how_it_was(kind: TicketKind) -> None:
    chat, ticket = await with_ticket()
    chat.books.tickets.kept[ticket.number] = replace(
        chat.books.tickets.kept[ticket.number], kind=kind
    )
    await finish(chat, ticket)
    assert chat.books.tickets.kept[ticket.number].state is TicketState.SOLVED
    assert chat.menu == ()
    assert chat.books.ratings.kept == {}


async def test_the_end_of_a_session_is_rated_apart_from_a_ticket() -> None:
    chat, ticket = await solved()
    chat.clock.turn(timedelta(minutes=5))
    await chat.staff_does(AskRating(chat.conversation.id, MIMI.id, "xiaolu"))
    await chat.says("满意", "satisfaction_rating")
    of_session = next(each for each in chat.books.ratings.kept.values() if each.ticket is None)
    assert of_session.score == 5
    assert kept(chat, ticket).score is None


async def test_a_tapped_rating_is_no_answer_to_a_colleague_who_waits_for_one() -> None:
    chat, _ = await solved()
    menu = chat.menu
    second = await opened(chat, TicketKind.RETURN, "dazhi")
    await chat.staff_does(WaitOnTicket(second.number, "dazhi", "请发照片"))
    chat.menu = menu
    await chat.taps("满意")
    assert chat.books.tickets.kept[second.number].state is TicketState.WAITING_CUSTOMER


async def test_lines_of_somebody_elses_ticket_do_nothing() -> None:
    chat, ticket = await solved()
    kept_now = chat.books.tickets.kept
    stranger = CustomerId(derived("stranger"))
    theirs = replace(kept_now[ticket.number], customer=stranger)
    kept_now[ticket.number] = theirs
    elsewhere = ConversationId(derived("elsewhere"))
    chat.books.ratings.kept[rating_of(ticket.id)] = replace(
        kept(chat, ticket), conversation=elsewhere
    )
    menu = chat.menu
    await chat.taps("满意")
    chat.menu = menu
    await chat.taps("还没解决")
    assert kept(chat, ticket).score is None
    assert kept_now[ticket.number] == theirs


@pytest.mark.parametrize(
    ("servicer", "minutes", "labels"),
    [("amei", 29, []), ("amei", 31, LINES), ("xiaolu", 1, LINES)],
)
async def test_who_was_just_asked_about_the_same_person_is_not_asked_again(
    servicer: str, minutes: int, labels: list[str]
) -> None:
    chat, ticket = await with_ticket()
    await chat.staff_does(AskRating(chat.conversation.id, MIMI.id, servicer))
    chat.clock.turn(timedelta(minutes=minutes))
    await finish(chat, ticket)
    assert chat.labels == labels
