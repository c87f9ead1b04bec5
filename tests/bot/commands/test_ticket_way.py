"""/ticket path, link and unlink: a ticket's way, and the page on which its customer follows it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.web.links import TicketLinks
from desk.phrases.book import PhraseBook
from desk.templates.model import Step, Template, Transition
from desk.tickets.commands import ReopenTicket, ResumeTicket
from desk.tickets.model import Priority, TicketEvent, TicketKind, TicketState
from tests.bot.commands.room import BOOK, Room
from tests.bot.web.bench import KnownTemplates
from tests.desk.work.house import DELAYED, keys, told
from tests.fakes.staff import AMEI, FANGJIE

NUMBER = "T-20261121-0001"
MINUTE = timedelta(minutes=1)


async def hear(room: Room) -> list[str]:
    """The lines of the way."""
    return (await room.hear(f"/工单 流转 {NUMBER}", AMEI)).split("\n")


async def test_a_new_ticket_stands_at_its_beginning(room: Room) -> None:
    await room.open()
    room.house.clock.turn(5 * MINUTE)
    assert await hear(room) == [
        f"{NUMBER}（物流问题）的流转",
        "· 今天 12:00 登记（系统），到现在 5 分钟",
        "登记到现在共 5 分钟",
        f"接单：/工单 接单 {NUMBER}",
    ]


async def test_each_place_is_told_with_who_moved_it_on_and_how_long_it_stood(room: Room) -> None:
    await room.open()
    clock = room.house.clock
    clock.turn(3 * MINUTE)
    await room.carry_out("/工单 take 1", AMEI)
    await room.carry_out("/工单 note 1 先问仓库", AMEI)
    clock.turn(20 * MINUTE)
    await room.carry_out("/工单 wait 1 请发照片", AMEI)
    clock.turn(timedelta(hours=26))
    await room.house.do(ResumeTicket(NUMBER, "customer", "发了"))
    clock.turn(90 * MINUTE)
    await room.carry_out(f"/工单 done {NUMBER} 已补发", FANGJIE)
    clock.turn(MINUTE)
    assert await hear(room) == [
        f"{NUMBER}（物流问题）的流转",
        "· 昨天 12:00 登记（系统），停了 3 分钟",
        "· 昨天 12:03 阿美接单，停了 20 分钟",
        "· 昨天 12:23 阿美等顾客回复，停了 1 天 2 小时",
        "· 今天 14:23 继续处理（顾客），停了 1 小时 30 分钟",
        "· 今天 15:53 方姐完成",
        "从登记到办好共 1 天 3 小时",
        f"这张工单已经完成。没解决要重开：/工单 重开 {NUMBER}",
    ]
    await room.house.do(ReopenTicket(NUMBER, "customer", "没收到"))
    assert (await hear(room))[-3:-1] == [
        "· 今天 15:54 重新打开（顾客），到现在 0 分钟",
        "登记到现在共 1 天 3 小时",
    ]


async def test_steps_of_a_template_are_named_and_so_are_the_ways_on(room: Room) -> None:
    steps = (
        Step("new", "待审核", TicketState.OPEN),
        Step("back", "等寄回", TicketState.WAITING_CUSTOMER),
        Step("check", "验货中", TicketState.WAITING_INSIDE),
    )
    ways = (Transition("check", "new", "验货不过"), Transition("check", "back", "再寄一次"))
    template = Template(
        "return", 1, "退货", TicketKind.RETURN, Priority.NORMAL, steps=steps, transitions=ways
    )
    await room.open(replace(DELAYED, kind=TicketKind.RETURN))
    books, now = room.house.books, room.house.clock.now()
    kept = books.tickets.kept
    kept[NUMBER] = replace(kept[NUMBER], template="return", template_version=1, step="check")

    room.templates = KnownTemplates([template])
    books.tickets.events += [
        TicketEvent(kept[NUMBER].id, now + 2 * MINUTE, "amei", "taken"),
        TicketEvent(kept[NUMBER].id, now + 2 * MINUTE, "amei", "step", "待审核 → 等寄回"),
        TicketEvent(kept[NUMBER].id, now + 9 * MINUTE, "fangjie", "step", "等寄回 → 验货中"),
    ]
    room.house.clock.turn(10 * MINUTE)
    assert (await hear(room))[1:] == [
        "· 今天 12:00 登记（系统），停了 2 分钟",
        "· 今天 12:02 阿美接单，到“等寄回”，停了 7 分钟",
        "· 今天 12:09 方姐推进，到“验货中”，到现在 1 分钟",
        "登记到现在共 10 分钟",
        "接下来可以：验货不过、再寄一次",
    ]


async def test_what_does_not_move_a_ticket_is_no_place_on_its_way(room: Room) -> None:
    await room.open()
    ticket = room.house.books.tickets.kept[NUMBER].id
    for what in ("noted", "warned", "breached_first", "escalated", "tagged", "raised_urgent"):
        event = TicketEvent(ticket, room.house.clock.now(), "fangjie", what)
        room.house.books.tickets.events.append(event)
    assert len(await hear(room)) == 4


def reachable(room: Room) -> Room:
    """A house that customers' browsers reach."""
    room.has_pages = True
    return room


async def test_an_agent_gets_the_address_as_it_holds_now(room: Room) -> None:
    links = TicketLinks(b"a key of this test", "https://desk.example")
    await reachable(room).open()
    outcome = await room.outcome("/工单 link 1", AMEI)
    book = PhraseBook(BOOK._texts, links.address)
    text = book.render(outcome.say[0].phrase, room.house.clock.now())  # type: ignore[union-attr]  # it is no card
    first, address = text.split("\n")
    assert first == f"{NUMBER} 的进度页，可以转给顾客："
    link = links.read(address.rpartition("/")[2])
    assert link is not None
    assert link.ticket == room.house.books.tickets.kept[NUMBER].id


async def test_taken_back_the_next_address_is_another_one(room: Room) -> None:
    await reachable(room).open()
    before = await room.outcome("/工单 链接 1", AMEI)
    bodies = await room.carry_out("/工单 unlink 1", AMEI)
    assert keys(told(bodies, "amei")) == ("ticket.link_revoked",)
    assert room.house.books.tickets.kept[NUMBER].link_version == 1
    assert await room.outcome("/工单 链接 1", AMEI) != before


async def test_without_a_public_address_it_says_what_is_missing(room: Room) -> None:
    await room.open()
    assert "PUBLIC_URL" in await room.hear("/工单 link 1", AMEI)


async def test_an_emergency_has_no_address(room: Room) -> None:
    await reachable(room).open(replace(DELAYED, kind=TicketKind.EMERGENCY))
    assert "没有给顾客看的进度页" in await room.hear("/工单 link 1", AMEI)


@pytest.mark.parametrize("line", ["/工单 path", "/工单 link", "/工单 unlink"])
async def test_without_a_number_it_asks_for_one(room: Room, line: str) -> None:
    assert "要操作哪张工单" in await room.hear(line, AMEI)
