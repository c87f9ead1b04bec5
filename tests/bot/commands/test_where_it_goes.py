"""Where tickets go, as staff read it, and who is a group leader, as supervisors say it."""

from dataclasses import replace

import pytest

from desk.assignment.model import HEAD_OFFICE, Cause, Decision, Kept
from desk.kernel.money import Fen
from desk.leaders.commands import MarkLeader, UnmarkLeader
from desk.leaders.model import Leader
from desk.routing.placed import By, Found, Placed
from desk.staff.directory import Staff
from desk.tickets.model import TicketKind
from desk.tickets.sorting.commands import RouteTicket
from tests.bot.commands.room import Room
from tests.clocks import NOON
from tests.desk.routing.house import ROUTING
from tests.desk.work.house import DELAYED, MIMI
from tests.fakes.staff import AMEI, FANGJIE

NUMBER = "T-20261121-0001"
PLACED = Placed(
    store=Found("xujiahui", By.NAMED, word="徐家汇店"),
    region=Found("上海", By.NEAREST, 1.4),
    goods=Found("推车", By.TITLE, word="婴儿车"),
    warehouse=Found("jiading", By.NEAREST, 12.4),
    tier="vip",
    route="VIP 投诉",
    line=1,
    lane="退换货优先",
    leader=True,
)


async def decided(room: Room, decision: Decision) -> None:
    """A ticket was put somewhere, and somebody decided about."""
    await room.open(replace(DELAYED, store="xujiahui"))
    ticket = await room.house.books.tickets.by_number(NUMBER)
    assert ticket is not None
    room.house.books.placements.kept[ticket.id] = PLACED
    room.house.books.assignments.kept.append(Kept(NUMBER, NOON, Cause.OPENED, decision))


async def test_why_tells_each_thing_that_was_found_and_how(room: Room) -> None:
    room.routing = ROUTING
    await decided(room, Decision("amei", (), "xujiahui", ("closed-store",)))
    said = await room.hear("/工单 why 1", AMEI)
    assert "门店：徐家汇店（顾客提到“徐家汇店”）" in said
    assert "地区：上海（离顾客发来的位置最近，约 1 公里）" in said
    assert "商品类型：推车（标题里有“婴儿车”）" in said
    assert "仓库：嘉定仓（离顾客发来的位置最近，约 12 公里）" in said
    assert "顾客：VIP\n顾客：团长" in said
    assert "路由：第 1 条“VIP 投诉”\n通道：退换货优先" in said
    assert "closed-store没人能接，请徐家汇店支援" in said


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (Decision("laoqin", (), HEAD_OFFICE, ("xujiahui",)), "徐家汇店没人能接，请总部支援"),
        (Decision("", (), "", ("xujiahui", HEAD_OFFICE)), "徐家汇店都没人能接"),
    ],
)
async def test_why_is_loud_about_who_could_not(room: Room, decision: Decision, words: str) -> None:
    await decided(room, decision)
    assert words in await room.hear("/工单 why 1", AMEI)


async def test_why_says_nothing_of_places_where_nothing_was_found(room: Room) -> None:
    await room.open()
    said = await room.hear("/工单 why 1", AMEI)
    assert "门店" not in said


@pytest.mark.parametrize("word", ["徐家汇店", "徐家汇", "xujiahui", "转徐家汇 店"])
async def test_a_ticket_is_given_to_another_store(room: Room, word: str) -> None:
    await room.open()
    outcome = await room.outcome(f"/工单 门店 1 {word}", AMEI)
    assert outcome.do == (RouteTicket(NUMBER, "amei", store="xujiahui"),)


@pytest.mark.parametrize("line", ["/工单 store 1", "/工单 store 1 滨江"])
async def test_a_store_that_there_is_not_is_asked_for(room: Room, line: str) -> None:
    await room.open()
    assert "转到哪家门店？有：徐家汇店" in await room.hear(line, AMEI)


async def test_why_tells_a_store_that_was_changed_later(room: Room) -> None:
    await room.open()
    await room.carry_out("/工单 store 1 徐家汇店", FANGJIE)
    assert "门店：徐家汇店（后来改的）" in await room.hear("/工单 why 1", AMEI)


async def test_the_table_is_listed_and_tried_on_a_ticket(room: Room) -> None:
    assert "还没有写路由表" in await room.hear("/路由", AMEI)
    room.routing = ROUTING
    assert "3. 推车报修：派给会workshop的，归binjiang" in await room.hear("/路由", AMEI)
    await room.open(replace(DELAYED, kind=TicketKind.EXCHANGE, region="杭州"))
    said = await room.hear("/路由 1", AMEI)
    assert "由第 2 条“杭州的退货”决定" in said
    assert "✗ 第 1 条“VIP 投诉”：类型要 投诉，这张是 换货" in said
    assert "✓ 第 2 条“杭州的退货”符合" in said
    assert "✗ 第 3 条“推车报修”：商品类型要 推车，这张是 空的" in said


async def test_a_ticket_that_fits_no_line_is_told_so(room: Room) -> None:
    room.routing = ROUTING
    await room.open()
    assert "没有一条符合" in await room.hear("/路由 1", AMEI)


@pytest.mark.parametrize(
    ("line", "does"),
    [
        ("/顾客 咪咪妈 团长", MarkLeader(MIMI.id, "", "fangjie")),
        ("/顾客 咪咪妈 团长 嘉定仓", MarkLeader(MIMI.id, "jiading", "fangjie")),
        ("/customer 咪咪妈 leader xiaoshan", MarkLeader(MIMI.id, "xiaoshan", "fangjie")),
        ("/顾客 咪咪妈 取消团长", UnmarkLeader(MIMI.id, "fangjie")),
    ],
)
async def test_supervisors_say_who_is_a_leader(
    room: Room, line: str, does: MarkLeader | UnmarkLeader
) -> None:
    room.routing = ROUTING
    assert (await room.outcome(line, FANGJIE)).do == (does,)


@pytest.mark.parametrize(
    ("line", "member", "words"),
    [
        ("/顾客 咪咪妈 团长", AMEI, "主管"),
        ("/顾客 咪咪妈 团长 太仓", FANGJIE, "没有叫“太仓”的仓库，有：嘉定仓"),
        ("/顾客 没这人 团长", FANGJIE, "没这人"),
        ("/顾客 团长", AMEI, "团长"),
    ],
)
async def test_a_wrong_line_is_told_the_way_out(
    room: Room, line: str, member: Staff, words: str
) -> None:
    room.routing = ROUTING
    outcome = await room.outcome(line, member)
    assert outcome.do == ()
    assert words in await room.hear(line, member)


async def test_without_warehouses_none_can_be_named(room: Room) -> None:
    assert "还没有写仓库" in await room.hear("/顾客 咪咪妈 团长 嘉定仓", FANGJIE)


async def test_leaders_are_listed_and_shown_with_the_customer(room: Room) -> None:
    room.routing = ROUTING
    assert "还没有标过团长" in await room.hear("/团长", AMEI)
    leader = Leader(MIMI.id, "咪咪妈", MIMI.external_userid, "jiading", NOON, "fangjie")
    room.house.books.leaders.kept[MIMI.id] = leader
    assert "· 咪咪妈，嘉定仓供货（今天 12:00 方姐标的）" in await room.hear("/团长", AMEI)
    assert "· 团长，嘉定仓供货" in await room.hear("/顾客 咪咪妈", AMEI)


async def test_the_tier_counts_for_the_table_as_it_was_when_it_was_opened(room: Room) -> None:
    room.routing = ROUTING
    room.house.books.placements.about = replace(room.house.books.placements.about, paid=Fen(500000))
    await room.open(replace(DELAYED, kind=TicketKind.COMPLAINT))
    assert "由第 1 条“VIP 投诉”决定" in await room.hear("/路由 1", AMEI)
