"""/customer: who is one person with whom, as staff see it, say it, and take it back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.customers.commands import LinkName, NotePhone, ProveOrder
from desk.customers.model import UNIONID, Evidence, Identity, Name, buyer_name
from desk.customers.timeline import (
    CouponGranted,
    Entry,
    Heard,
    KinChanged,
    Moment,
    Ordered,
    Purchases,
    Rated,
    Refunded,
    TicketMoved,
)
from desk.kernel.ids import CustomerId
from desk.kernel.messages import Phrase
from desk.kernel.money import Fen
from desk.shops.port import BuyerId, OrderStatus, RefundStatus
from desk.staff.directory import Staff
from tests.bot.commands.room import BOOK, Room
from tests.clocks import NOON
from tests.desk.work.house import CHAT, LELE, MIMI, told
from tests.fakes.staff import AMEI, FANGJIE

BUYER = BuyerId("tmall-flagship", "tb-1")
PROVEN = ProveOrder(LELE.id, CHAT.id, "tmall-flagship", "4010203040", BUYER)


async def answered(room: Room, line: str, member: Staff = FANGJIE) -> str:
    """What the author of a line reads once it is carried out."""
    bodies = await room.carry_out(line, member)
    return "\n".join(_text(room, each) for each in told(bodies, member.userid))


def _text(room: Room, said: Phrase) -> str:
    return BOOK.render(said, room.house.clock.now())


async def person(room: Room, customer: CustomerId) -> set[CustomerId]:
    """All customers of somebody's person."""
    found = await room.house.books.customers.get(customer)
    assert found is not None
    return set(found.person)


@pytest.mark.parametrize(
    "line", ["/customer merge 乐乐 咪咪 同一个手机", "/顾客 合并 wm-lele wm-mimi"]
)
async def test_two_customers_are_merged_and_shown_as_one(room: Room, line: str) -> None:
    assert "已合并" in await answered(room, line)
    assert await person(room, MIMI.id) == {MIMI.id, LELE.id}
    card = await room.hear("/顾客 乐乐", AMEI)
    assert card.startswith("乐乐爸（wm-lele）\n")
    assert "有赞商城（平台会员绑定" in card


@pytest.mark.parametrize("line", ["/customer unmerge 乐乐", "/顾客 拆分 wm-mimi"])
async def test_a_merge_is_taken_back(room: Room, line: str) -> None:
    await answered(room, "/顾客 合并 乐乐 咪咪")
    assert "已拆开" in await answered(room, line)
    assert await person(room, MIMI.id) == {MIMI.id}
    assert await answered(room, line) == "这位顾客没有合并过，不用拆。"


async def test_who_are_kept_apart_are_not_merged(room: Room) -> None:
    assert "以后不会合并" in await answered(room, "/顾客 不是同一人 乐乐 咪咪")
    refused = await answered(room, "/顾客 合并 咪咪 乐乐")
    assert refused.startswith("没有合并：有同事在今天 12:00 标记过，这里面有两位不是同一个人。")
    assert await person(room, MIMI.id) == {MIMI.id}


async def test_that_two_are_kept_apart_is_taken_back(room: Room) -> None:
    await answered(room, "/顾客 不是同一人 乐乐 咪咪")
    assert "可以合并了" in await answered(room, "/顾客 可以合并 咪咪 乐乐")
    assert "没有被标记过" in await answered(room, "/顾客 可以合并 咪咪 乐乐")
    assert "已合并" in await answered(room, "/顾客 合并 咪咪 乐乐")


@pytest.mark.parametrize(
    "line",
    [
        "/顾客 合并 咪咪 乐乐",
        "/顾客 拆分 咪咪",
        "/顾客 不是同一人 咪咪 乐乐",
        "/顾客 确认 1",
        "/顾客 否认 1",
    ],
)
async def test_only_supervisors_say_who_is_who(room: Room, line: str) -> None:
    await room.house.do(NotePhone(MIMI.id, "hash"), NotePhone(LELE.id, "hash"))
    before = room.house.books.kinship.suggested[1]
    assert "需要主管权限" in await room.hear(line, AMEI)
    assert (await room.outcome(line, AMEI)).do == ()
    assert room.house.books.kinship.suggested[1] == before


async def test_a_suggestion_is_shown_with_its_number_and_accepted(room: Room) -> None:
    await room.house.do(PROVEN)
    card = await room.hear("/顾客 乐乐", AMEI)
    assert (
        "线索：\n"
        "· 1：可能是天猫旗舰店的一位买家（聊天里核实过，订单 4010203040，今天 12:00）\n"
        "主管核对后回复：/顾客 确认 号，或 /顾客 否认 号" in card
    )
    assert "· 天猫旗舰店 订单 4010203040（聊天里核实过，12月21日 12:00 前可查）" in card
    assert "归到这位顾客名下" in await answered(room, "/顾客 确认 1")
    card = await room.hear("/顾客 乐乐", AMEI)
    assert "· 天猫旗舰店（方姐确认，今天 12:00）" in card
    assert "线索" not in card


async def test_a_suggestion_of_two_customers_is_shown_on_both_sides_and_declined(
    room: Room,
) -> None:
    await room.house.do(NotePhone(MIMI.id, "hash"), NotePhone(LELE.id, "hash"))
    assert "· 1：可能是乐乐爸（wm-lele）" in await room.hear("/顾客 咪咪", AMEI)
    assert "· 1：可能是咪咪妈（wm-mimi）" in await room.hear("/顾客 乐乐", AMEI)
    assert "不是同一个人" in await answered(room, "/顾客 否认 #1")
    assert "没有合并" in await answered(room, "/顾客 合并 咪咪 乐乐")
    assert "第 1 条线索" in await answered(room, "/顾客 确认 1")


async def test_a_suggestion_that_other_evidence_has_settled_is_not_shown(room: Room) -> None:
    await room.house.do(PROVEN, NotePhone(MIMI.id, "hash"), NotePhone(LELE.id, "hash"))
    assert "线索" in await room.hear("/顾客 乐乐", AMEI)
    await room.house.do(LinkName(LELE.id, buyer_name(BUYER), Evidence.PLATFORM_BRIDGE))
    await answered(room, "/顾客 合并 乐乐 咪咪")
    assert "线索" not in await room.hear("/顾客 乐乐", AMEI)
    assert "线索" not in await room.hear("/顾客 咪咪", AMEI)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("/顾客 合并 咪咪", "要说清是哪两位顾客"),
        ("/顾客 合并 咪咪 wm-mimi", "这两个说的是同一位顾客"),
        ("/顾客 合并 咪咪 没这人", "没找到顾客“没这人”"),
        ("/顾客 确认 甲", "“甲”不是线索的号"),
    ],
)
async def test_a_wrong_line_is_told_what_was_wrong(room: Room, line: str, why: str) -> None:
    assert (await room.hear(line, FANGJIE)).startswith(why)


async def test_two_merged_customers_of_one_name_are_no_choice(room: Room) -> None:
    kept = room.house.books.customers.kept
    kept[LELE.id] = replace(LELE, nickname="咪咪妈")
    assert "不止一位" in await room.hear("/顾客 咪咪妈", AMEI)
    await answered(room, "/顾客 合并 wm-lele wm-mimi")
    assert (await room.hear("/顾客 咪咪妈", AMEI)).startswith("咪咪妈（wm-mimi）\n")


async def test_purchases_and_other_names_stand_in_the_card(room: Room) -> None:
    kept = room.house.books.customers.kept
    union = Identity(Name(UNIONID, "oU1"), Evidence.WECOM, NOON)
    kept[MIMI.id] = replace(kept[MIMI.id], names=(union,))
    room.timeline.bought = (Purchases("youzan-main", 3, 1, Fen(30000)),)
    card = await room.hear("/顾客 咪咪", AMEI)
    assert "· 微信 unionid（企业微信，今天 12:00）" in card
    assert "购买（已同步的订单）：\n· 有赞商城：买过 3 单，退过 1 单，共付 ¥300" in card


def _when(number: int) -> Moment:
    return Moment(NOON - timedelta(minutes=number), str(number))


LIFE: tuple[Entry, ...] = (
    KinChanged(_when(0), Evidence.STAFF, "fangjie", split=True),
    KinChanged(_when(1), Evidence.UNIONID, "", split=False),
    Rated(_when(2), 5, "amei"),
    CouponGranted(_when(3), "sorry-10", "youzan-main", "issued"),
    TicketMoved(_when(4), "T-20261121-0001", "refund", "taken", "amei"),
    Refunded(_when(5), "youzan-main", "E1", RefundStatus.REFUNDED, Fen(5900)),
    Ordered(_when(6), "youzan-main", "E1", OrderStatus.SHIPPED, Fen(16900), only_proven=True),
    Heard(_when(7), "", "image"),
    Heard(_when(8), "在吗"),
)


@pytest.mark.parametrize("line", ["/customer 咪咪 timeline", "/顾客 咪咪 时间线"])
async def test_the_timeline_is_told_latest_first(room: Room, line: str) -> None:
    room.timeline.entries = LIFE
    assert await room.hear(line, AMEI) == (
        "咪咪妈的时间线：\n"
        "· 今天 12:00 方姐拆开了一次合并\n"
        "· 今天 11:59 和另一位顾客合并（微信 unionid 一致）\n"
        "· 今天 11:58 给阿美打了 5 分\n"
        "· 今天 11:57 优惠券“10元无门槛券”，已发放\n"
        "· 今天 11:56 工单 T-20261121-0001：阿美接单\n"
        "· 今天 11:55 有赞商城订单 E1，退款已到账，¥59\n"
        "· 今天 11:54 在有赞商城下单 E1，已发货，¥169（只报对过这一笔）\n"
        "· 今天 11:53 发来图片、语音或别的内容\n"
        "· 今天 11:52 说：在吗"
    )


async def test_a_long_timeline_is_told_page_by_page(room: Room) -> None:
    room.timeline.entries = tuple(Heard(_when(n), f"第{n}句") for n in range(30))
    first = await room.hear("/顾客 咪咪 时间线", AMEI)
    assert first.splitlines()[-1] == "更早的：在时间线后面加页码 2"
    pages = [await room.hear(f"/顾客 咪咪 时间线 {page}", AMEI) for page in (1, 2, 3)]
    lines = [line for page in pages for line in page.splitlines() if line.startswith("·")]
    assert [line.rpartition("第")[2] for line in lines] == [f"{n}句" for n in range(30)]
    assert "更早" not in pages[2]
    assert await room.hear("/顾客 咪咪 时间线 4", AMEI) == "没有更早的记录了。"
