"""What is inside stays inside, and what people wrote is text, whatever it looks like."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from desk.kernel.roles import Role
from desk.staff.directory import Staff
from desk.tickets.commands import FinishTicket, NoteOnTicket, ResumeTicket, TakeTicket, WaitOnTicket
from desk.tickets.model import TicketEvent, TicketKind
from tests.bot.web.bench import NUMBER, Bench, visiting
from tests.desk.work.house import DELAYED, MIMI
from tests.fakes.staff import EVERYBODY, FakeStaff

MINUTE = timedelta(minutes=1)
SECRETS = (
    "内部备注：这位顾客常投诉",
    "13812345678",
    "021-12345678",
    "虹桥路777号",
    "6222021234567890128",
    "amei",
    "fangjie",
    "youzan-main",
    "E20261118102030000100001",
    "三天没有更新物流",
    "咪咪妈",
    "wm-mimi",
    "我在顾客那边说的话",
    "超时没接",
    "催办",
)


async def test_nothing_internal_and_nothing_private_is_on_the_page() -> None:
    bench = Bench()
    await bench.opened()
    await bench.staff_does(TakeTicket(NUMBER, "amei"), after=MINUTE)
    await bench.staff_does(NoteOnTicket(NUMBER, "fangjie", SECRETS[0]), after=MINUTE)
    ask = "请打 13812345678 或 021-12345678，寄到 上海市长宁区虹桥路777号3楼"
    await bench.staff_does(WaitOnTicket(NUMBER, "amei", ask), after=MINUTE)
    await bench.house.do(ResumeTicket(NUMBER, "customer", "我在顾客那边说的话"))
    await bench.staff_does(WaitOnTicket(NUMBER, "amei", "催办供应商", inside=True), after=MINUTE)
    note = "退到卡 6222021234567890128，不明白打 13812345678"
    await bench.staff_does(FinishTicket(NUMBER, "amei", note), after=MINUTE)
    async with visiting(bench) as visitor, visitor.get(bench.path) as answer:
        html = await answer.text()
        told = (*answer.headers.keys(), *answer.headers.values())
    assert [each for each in SECRETS if each in html or each in " ".join(told)] == []
    assert "不明白打 〔电话〕" in html


INSIDE = (
    *("warned", "breached_first", "breached_next", "breached_solution", "escalated", "nobody"),
    *("noted", "acknowledged", "offer_timed_out", "returned", "given", "handed_over", "routed"),
    *("raised_urgent", "waiting_inside", "tagged", "watched", "parcel", "merged", "filled"),
    "what_somebody_will_log_next_year",
)


@pytest.mark.parametrize("what", INSIDE)
async def test_lines_of_a_history_that_are_not_for_customers_are_left_out(what: str) -> None:
    bench = Bench()
    await bench.opened()
    event = TicketEvent(bench.ticket.id, bench.house.clock.now(), "amei", what, "只给同事看")
    async with visiting(bench) as visitor:
        async with visitor.get(bench.path) as answer:
            before = await answer.text()
        bench.house.books.tickets.events.append(event)
        async with visitor.get(bench.path) as answer:
            assert await answer.text() == before


@pytest.mark.parametrize("what", ["joined", "opened", "resumed", "reopened", "closed", "talked"])
async def test_of_what_is_told_only_the_words_that_went_to_the_customer_are(what: str) -> None:
    bench = Bench()
    await bench.opened()
    event = TicketEvent(bench.ticket.id, bench.house.clock.now(), "amei", what, "只给同事看")
    bench.house.books.tickets.events.append(event)
    async with visiting(bench) as visitor, visitor.get(bench.path) as answer:
        assert "只给同事看" not in await answer.text()


ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7 * 7 }}{number}"


async def test_what_people_wrote_is_text() -> None:
    hacker = Staff("amei", ATTACK, Role.AGENT, (), ("logistics",))
    staff = FakeStaff([hacker, *(each for each in EVERYBODY if each.userid != "amei")])
    bench = Bench(staff=staff)
    bench.house.books.customers.kept[MIMI.id] = replace(MIMI, nickname=ATTACK)
    await bench.opened()
    await bench.staff_does(TakeTicket(NUMBER, "amei"))
    await bench.staff_does(WaitOnTicket(NUMBER, "amei", ATTACK), after=MINUTE)
    async with visiting(bench) as visitor, visitor.get(bench.path) as answer:
        html = await answer.text()
    assert html.count("<script") == html.count('<script src="-/page.') == 1
    assert "<img" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "49" not in html.replace(NUMBER, "").replace(bench.path, "")


@pytest.mark.parametrize(
    "query",
    [{"said": ATTACK}, {"said": "rated "}, {"said": "../../etc"}, {"other": ATTACK}, {"said": ""}],
    ids=str,
)
async def test_what_stands_in_the_address_is_not_written_into_the_page(
    query: Mapping[str, str],
) -> None:
    bench = Bench()
    await bench.opened()
    async with visiting(bench) as visitor:
        async with visitor.get(bench.path) as answer:
            plain = await answer.text()
        async with visitor.get(bench.path, params=query) as answer:
            assert await answer.text() == plain


@pytest.mark.parametrize("kind", [TicketKind.EMERGENCY, TicketKind.RISK])
async def test_an_emergency_and_a_risk_have_no_page(kind: TicketKind) -> None:
    bench = Bench()
    await bench.opened(replace(DELAYED, kind=kind))
    async with visiting(bench) as visitor, visitor.get(bench.path) as answer:
        assert answer.status == 404
