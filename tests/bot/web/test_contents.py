"""What a customer reads on a ticket's page, for every way in which a ticket may stand."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape
from itertools import pairwise

import pytest

from desk.kernel.ids import CustomerId, TicketId, derived
from desk.parcels.model import FollowedParcel
from desk.shops.carriers import Carrier
from desk.shops.port import Parcel, ParcelStatus, Scan
from desk.templates.model import Step, Template, Transition
from desk.tickets.commands import (
    AcknowledgeTicket,
    FinishTicket,
    NoteOnTicket,
    ReopenTicket,
    ResumeTicket,
    TakeTicket,
    WaitOnTicket,
)
from desk.tickets.model import Priority, TicketEvent, TicketKind, TicketState
from tests.bot.web.bench import NUMBER, Bench, visiting
from tests.clocks import NOON
from tests.desk.work.house import DELAYED

MINUTE = timedelta(minutes=1)
TAKE, DONE = TakeTicket(NUMBER, "amei"), FinishTicket(NUMBER, "amei", "已经请中通重新派送")
ASK = WaitOnTicket(NUMBER, "amei", "请拍一张面单")
HOLD = WaitOnTicket(NUMBER, "amei", "等仓库回话", inside=True)


async def read(bench: Bench) -> str:
    """The words of the page, one space between them."""
    async with visiting(bench) as visitor, visitor.get(bench.path) as answer:
        assert answer.status == 200
        html = await answer.text()
    body = html[html.index("<body>") :]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


async def untouched(bench: Bench) -> None:
    """Nobody has done anything yet."""
    bench.house.clock.turn(MINUTE)


async def late(bench: Bench) -> None:
    bench.house.clock.turn(timedelta(hours=3))


async def taken(bench: Bench) -> None:
    await bench.staff_does(TAKE, after=MINUTE)


async def taken_and_late(bench: Bench) -> None:
    await bench.staff_does(TAKE, after=MINUTE)
    bench.house.clock.turn(timedelta(hours=3))


async def waits_for_the_customer(bench: Bench) -> None:
    await bench.staff_does(TAKE, ASK, after=MINUTE)
    bench.house.clock.turn(timedelta(hours=30))


async def waits_inside(bench: Bench) -> None:
    await bench.staff_does(TAKE, HOLD, after=MINUTE)


async def solved(bench: Bench) -> None:
    await bench.staff_does(TAKE, after=MINUTE)
    await bench.staff_does(DONE, after=MINUTE)


async def closed(bench: Bench) -> None:
    await solved(bench)
    bench.change(state=TicketState.CLOSED)


async def closed_without_help(bench: Bench) -> None:
    bench.change(state=TicketState.CLOSED)


async def merged(bench: Bench) -> None:
    other = replace(bench.ticket, id=TicketId(derived("other")), number="T-20261121-0002")
    bench.house.books.tickets.kept[other.number] = other
    bench.change(state=TicketState.CLOSED, merged_into=other.number)


async def owner_left(bench: Bench) -> None:
    await bench.staff_does(TAKE, after=MINUTE)
    bench.change(owner="gone-userid")


Stands = Callable[[Bench], Awaitable[None]]
STATES: list[tuple[Stands, str, str, str]] = [
    (untouched, "已登记，等同事接手", "最晚今天 14:00 前在微信里答复您。", "第 1 步，共 3 步"),
    (late, "已登记，等同事接手", "说好今天 14:00 前答复您，已经晚了", "第 1 步，共 3 步"),
    (taken, "阿美正在处理", "最晚今天 14:00 前在微信里答复您。", "第 2 步，共 3 步"),
    (taken_and_late, "阿美正在处理", "已经晚了，非常抱歉", "第 2 步，共 3 步"),
    (waits_for_the_customer, "阿美在等您回复", "请拍一张面单", "第 2 步，共 3 步"),
    (waits_inside, "阿美正在处理", "最晚今天 14:00 前在微信里答复您。", "第 2 步，共 3 步"),
    (solved, "已处理好", "已经请中通重新派送", "第 3 步，共 3 步"),
    (closed, "已处理好", "这张工单已经结束。", "第 3 步，共 3 步"),
    (closed_without_help, "已结束", "这张工单已经结束。", "第 3 步，共 3 步"),
    (merged, "已并入工单 T-20261121-0002", "进度请看那一张。", "第 3 步，共 3 步"),
    (owner_left, "同事正在处理", "最晚今天 14:00 前在微信里答复您。", "第 2 步，共 3 步"),
]


@pytest.mark.parametrize(
    ("stands", "headline", "detail", "step"), STATES, ids=[each[0].__name__ for each in STATES]
)
async def test_the_page_says_how_it_stands(
    stands: Stands, headline: str, detail: str, step: str
) -> None:
    bench = Bench()
    await bench.opened()
    await stands(bench)
    text = await read(bench)
    assert text.startswith(f"物流问题 {NUMBER} {headline}")
    assert detail in text
    assert step in text


@pytest.mark.parametrize(
    ("stands", "offers"),
    [
        (untouched, ()),
        (taken, ()),
        (waits_for_the_customer, ()),
        (solved, ("这次处理您满意吗？", "还没解决？")),
        (closed_without_help, ()),
        (merged, ()),
    ],
)
async def test_what_can_be_clicked_is_what_can_be_done(
    stands: Stands, offers: tuple[str, ...]
) -> None:
    bench = Bench()
    await bench.opened()
    await stands(bench)
    text = await read(bench)
    known = ("这次处理您满意吗？", "还没解决？")
    assert tuple(each for each in known if each in text) == offers


async def test_the_story_is_told_newest_first_in_shanghai_time() -> None:
    bench = Bench()
    await bench.opened()
    await bench.staff_does(TAKE, after=3 * MINUTE)
    await bench.staff_does(AcknowledgeTicket(NUMBER, "fangjie"), after=MINUTE)
    await bench.staff_does(ASK, after=MINUTE)
    bench.house.clock.turn(MINUTE)
    await bench.house.do(ResumeTicket(NUMBER, "customer", "拍好了"))
    await bench.staff_does(NoteOnTicket(NUMBER, "fangjie", "内部：先别赔"), after=MINUTE)
    await bench.staff_does(HOLD, after=MINUTE)
    await bench.staff_does(ResumeTicket(NUMBER, "amei"), after=MINUTE)
    await bench.staff_does(DONE, after=MINUTE)
    bench.house.clock.turn(MINUTE)
    await bench.house.do(ReopenTicket(NUMBER, "customer", "还是没到"))
    text = await read(bench)
    story = text[text.index("办理经过") : text.index("要补充或换个要求")]
    assert story.split(" ", 1)[1].strip() == (
        "今天 12:11 您说还没解决，已重新打开 "
        "今天 12:10 阿美已处理好 已经请中通重新派送 "
        "今天 12:06 收到您的回复 "
        "今天 12:05 阿美请您补充 请拍一张面单 "
        "今天 12:03 阿美接手处理 "
        "今天 12:00 已为您登记"
    )


async def test_days_are_named_as_people_name_them() -> None:
    bench = Bench()
    await bench.opened()
    bench.house.clock.turn(timedelta(days=1))
    assert "登记时间 昨天 12:00" in await read(bench)
    bench.house.clock.turn(timedelta(days=10))
    assert "登记时间 11月21日 12:00" in await read(bench)


RETURN = Template(
    id="return",
    version=3,
    name="退货",
    kind=TicketKind.RETURN,
    priority=Priority.NORMAL,
    steps=(
        Step("new", "待审核", TicketState.OPEN),
        Step("more", "等顾客补充", TicketState.WAITING_CUSTOMER),
        Step("back", "等顾客寄回", TicketState.WAITING_CUSTOMER),
        Step("check", "仓库验货", TicketState.WAITING_INSIDE),
        Step("pay", "待退款", TicketState.WAITING_INSIDE),
        Step("paid", "已退款", TicketState.SOLVED),
        Step("refused", "不符合退货条件", TicketState.SOLVED),
    ),
    transitions=tuple(
        Transition(origin, to, f"{origin}到{to}")
        for origin, to in (
            *(("new", "more"), ("more", "new"), ("new", "back"), ("new", "pay")),
            *(("back", "check"), ("check", "pay"), ("pay", "paid")),
            *(("check", "refused"), ("new", "refused")),
        )
    ),
)
LABELS = {each.id: each.label for each in RETURN.steps}
PLAIN = ["已登记", "处理中", "已办好"]


@pytest.mark.parametrize(
    ("way", "labels", "counted"),
    [
        ("new", ["待审核", "待退款", "已退款"], "第 1 步，共 3 步"),
        ("new more", ["待审核", "等您补充", "待退款", "已退款"], "第 2 步，共 4 步"),
        ("new more new", ["待审核", "待退款", "已退款"], "第 1 步，共 3 步"),
        (
            "new more new back",
            ["待审核", "等您寄回", "仓库验货", "待退款", "已退款"],
            "第 2 步，共 5 步",
        ),
        (
            "new back check",
            ["待审核", "等您寄回", "仓库验货", "待退款", "已退款"],
            "第 3 步，共 5 步",
        ),
        ("new pay", ["待审核", "待退款", "已退款"], "第 2 步，共 3 步"),
        ("new pay paid", ["待审核", "待退款", "已退款"], "第 3 步，共 3 步"),
        (
            "new back check refused",
            ["待审核", "等您寄回", "仓库验货", "不符合退货条件"],
            "第 4 步，共 4 步",
        ),
        ("new pay paid new", ["待审核", "待退款", "已退款"], "第 1 步，共 3 步"),
    ],
)
async def test_the_steps_are_those_that_it_went_and_those_that_certainly_follow(
    way: str, labels: list[str], counted: str
) -> None:
    bench = Bench()
    newer = replace(RETURN, version=4, steps=(Step("x", "新的一步", TicketState.OPEN),))
    bench.templates.published += [RETURN, newer]
    await bench.opened()
    steps = way.split()
    bench.change(template="return", template_version=3, step=steps[-1])
    bench.house.books.tickets.events += [
        TicketEvent(bench.ticket.id, NOON, "amei", "step", f"{LABELS[left]} → {LABELS[to]}")
        for left, to in pairwise(steps)
    ]
    assert await shown_steps(bench) == (labels, counted)


@pytest.mark.parametrize(("step", "version"), [("dropped", 3), ("", 3), ("new", 9)])
async def test_where_nobody_knows_the_step_there_are_the_three_of_all_tickets(
    step: str, version: int
) -> None:
    bench = Bench()
    bench.templates.published.append(RETURN)
    await bench.opened()
    bench.change(template="return", template_version=version, step=step)
    assert await shown_steps(bench) == (PLAIN, "第 1 步，共 3 步")


async def test_a_template_without_ways_or_without_an_end_has_a_page_too() -> None:
    bench = Bench()
    bench.templates.published += [
        replace(RETURN, transitions=()),
        replace(RETURN, version=4, steps=RETURN.steps[:3]),
    ]
    await bench.opened()
    bench.change(template="return", template_version=3, step="back")
    assert await shown_steps(bench) == (["等您寄回", "已退款"], "第 1 步，共 2 步")
    bench.change(template_version=4)
    assert await shown_steps(bench) == (["等您寄回"], "第 1 步，共 1 步")


async def shown_steps(bench: Bench) -> tuple[list[str], str]:
    """The labels of the steps, and how they are counted."""
    async with visiting(bench) as visitor, visitor.get(bench.path) as answer:
        html = await answer.text()
    assert html.count('aria-current="step"') == 1
    (counted,) = re.findall(r"第 \d+ 步，共 \d+ 步", html)
    return re.findall(r'<span class="label">([^<]+)</span>', html), counted


async def test_a_step_is_told_where_nothing_else_tells_it() -> None:
    bench = Bench()
    await bench.opened()
    ticket, now = bench.ticket.id, bench.house.clock.now()
    bench.house.books.tickets.events += [
        TicketEvent(ticket, now + MINUTE, "amei", "taken"),
        TicketEvent(ticket, now + MINUTE, "amei", "step", "已受理 → 等顾客寄回"),
        TicketEvent(ticket, now + 2 * MINUTE, "amei", "step", "等顾客寄回 → 仓库验货"),
    ]
    text = await read(bench)
    assert "今天 12:02 进入“仓库验货” 今天 12:01 阿美接手处理" in text
    assert "进入“等您寄回”" not in text


async def test_the_words_of_a_step_stand_where_it_was_reached() -> None:
    told = "寄到 {order} 的包裹已收到，{owner}正在验货。"
    check = Step("check", "仓库验货", TicketState.WAITING_INSIDE, told)
    steps = tuple(check if each.id == "check" else each for each in RETURN.steps)
    bench = Bench()
    bench.templates.published.append(replace(RETURN, steps=steps))
    await bench.opened()
    await bench.staff_does(TAKE, after=MINUTE)
    bench.change(template="return", template_version=3, step="check")
    moved = TicketEvent(bench.ticket.id, NOON + 2 * MINUTE, "amei", "step", "等顾客寄回 → 仓库验货")
    bench.house.books.tickets.events.append(moved)
    text = await read(bench)
    order = bench.ticket.order_no
    words = f"寄到 {order} 的包裹已收到，阿美正在验货。"
    assert text.startswith(f"物流问题 {NUMBER} 阿美正在处理 {words}")
    bench.change(step="pay")
    later = replace(moved, at=NOON + 3 * MINUTE, note="仓库验货 → 待退款")
    bench.house.books.tickets.events.append(later)
    text = await read(bench)
    assert f"今天 12:03 进入“待退款” 今天 12:02 进入“仓库验货” {words}" in text


def parcel(shop: str, order_no: str) -> FollowedParcel:
    """A parcel with five scans, oldest first, one of them with its courier's number."""
    places = ("已揽收，小哥 13812345678", "杭州发出", "到达上海", "上海派件中", "已放驿站")
    scans = tuple(
        Scan(NOON - timedelta(hours=10 - number), text) for number, text in enumerate(places)
    )
    known = Parcel("zto", "75312345678901", ParcelStatus.OUT_FOR_DELIVERY, scans)
    return FollowedParcel(
        shop, order_no, known.tracking_no, known, Carrier.ZHONGTONG, NOON, NOON, NOON
    )


async def test_a_parcels_last_scans_stand_on_the_page_without_its_number() -> None:
    bench = Bench()
    await bench.opened()
    bench.parcels.known.append(parcel(bench.ticket.shop, bench.ticket.order_no))
    text = await read(bench)
    assert "中通快递 · 尾号 8901 派送中" in text
    assert "今天 06:00 已放驿站 今天 05:00 上海派件中" in text
    assert "75312345678901" not in text
    assert "已揽收" not in text


async def test_a_phone_number_in_a_scan_is_hidden() -> None:
    bench = Bench()
    await bench.opened()
    known = parcel(bench.ticket.shop, bench.ticket.order_no)
    first = replace(known.parcel, scans=known.parcel.scans[:1])
    bench.parcels.known.append(replace(known, parcel=first))
    text = await read(bench)
    assert "已揽收，小哥" in text
    assert "13812345678" not in text


@pytest.mark.parametrize("kind", [TicketKind.INVOICE, TicketKind.COMPLAINT])
async def test_where_the_parcel_is_not_the_matter_it_is_not_shown(kind: TicketKind) -> None:
    bench = Bench()
    await bench.opened(replace(DELAYED, kind=kind))
    bench.parcels.known.append(parcel(bench.ticket.shop, bench.ticket.order_no))
    assert "快递动态" not in await read(bench)


async def test_a_merged_ticket_leads_to_the_one_that_goes_on_for_the_same_person_only() -> None:
    bench = Bench()
    await bench.opened()
    await merged(bench)
    assert "看那一张的进度" in await read(bench)
    number = bench.ticket.merged_into
    other = bench.house.books.tickets.kept[number]
    stranger = replace(other, customer=CustomerId(derived("stranger")))
    bench.house.books.tickets.kept[number] = stranger
    text = await read(bench)
    assert "看那一张的进度" not in text
    assert number not in text
