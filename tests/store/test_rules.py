"""Rules on the real database: they run once, whoever looks, and never break the work."""

import asyncio
from datetime import timedelta

import pytest
import yaml
from sqlalchemy import text

from bot.rules.of_templates import CompiledTemplates
from bot.rules.reading import house_book
from desk.conversations.commands import HandOver
from desk.conversations.outgoing import PassToPerson
from desk.kernel.ids import ConversationId, derived
from desk.rules.commands import Notice
from desk.rules.doing import history
from desk.rules.happenings import Happening, On
from desk.rules.runs import Did, End, RuleRun, Standing
from desk.store.database import Database
from desk.templates.model import Step, Template
from desk.templates.versions import EVERYWHERE, Stamp
from desk.tickets.commands import FinishTicket
from desk.tickets.model import Priority, TicketKind, TicketState
from tests.clocks import FrozenClock
from tests.desk.rules.making import PLACES, rules
from tests.store.making import conversation
from tests.store.ruled import Shop

DAY = timedelta(days=1)
ASK = "你们是不是刷单啊，我要去12315"

WORDS = """
- id: risk
  on: message
  words: [刷单, 12315]
  then:
    - {open_ticket: risk, priority: high, summary: "请评估。{history}"}
    - {tell: {to: [supervisor], text: "{customer}：{number}"}}
    - {tag: 高风险}
  once: {per: customer, within: 1d}
"""
LOOP = """
- id: up
  on: [ticket_opened, ticket_changed]
  only: {priority: normal}
  then: [{priority: urgent}]
- id: down
  on: ticket_changed
  only: {priority: urgent}
  then: [{priority: normal}]
"""


@pytest.fixture
async def shop(library: Database, clock: FrozenClock) -> Shop:
    return Shop(library, clock, *await conversation(library, clock))


async def test_a_word_opens_a_ticket_that_the_customer_never_hears_of(shop: Shop) -> None:
    await shop.do(rules(WORDS), shop.says(ASK))
    (ticket,) = await shop.tickets()
    assert (ticket.kind, ticket.priority, ticket.tags) == (
        TicketKind.RISK,
        Priority.HIGH,
        ("高风险",),
    )
    assert ticket.summary == "请评估。此前没有风险评估；180 天内投诉 0 次，退货退款 0 次"
    heard = await shop.told()
    assert [phrase.params["text"] for to, phrase in heard if phrase.key == "rule.told"] == [
        f"顾客：{ticket.number}"
    ]
    assert all(to is not None for to, _ in heard)
    (run,) = await shop.library.rules.of_rule("risk", 9)
    assert (run.end, run.subject, run.chain) == (End.DONE, ticket.number, 1)
    assert await shop.library.rules.of_customer(shop.customer, 9) == (run,)
    assert run.did[:2] == (Did("words", "刷单、12315"), Did("opened", ticket.number))


async def test_the_same_message_again_runs_a_rule_once_even_without_a_window(shop: Shop) -> None:
    book = rules("[{id: hello, on: message, words: [刷单], then: [{say: 您好}]}]")
    await shop.do(book, shop.says(ASK))
    await shop.do(book, shop.says(ASK))
    assert await shop.ends("hello") == [End.DONE]
    assert len(await shop.told()) == 1
    await shop.do(book, shop.says(ASK), cause="another message")
    assert await shop.ends("hello") == [End.DONE, End.DONE]


async def test_two_workers_at_once_run_a_rule_once(shop: Shop) -> None:
    book = rules(WORDS)
    works = (shop.do(book, shop.says(ASK), cause=f"message {at}") for at in range(6))
    await asyncio.gather(*works)
    assert sorted(await shop.ends("risk")) == sorted([End.DONE, *[End.ONCE] * 5])
    assert len(await shop.tickets()) == 1


async def test_a_window_ends_where_it_was_said_to_end(shop: Shop) -> None:
    book = rules(WORDS)
    await shop.do(book, shop.says(ASK))
    until = await shop.library.rules.claimed_until("risk", str(shop.customer))
    assert until == shop.clock.now() + DAY
    shop.clock.turn(DAY - timedelta(seconds=1))
    await shop.do(book, shop.says(ASK), cause="a second before")
    shop.clock.turn(timedelta(seconds=1))
    await shop.do(book, shop.says(ASK), cause="then")
    assert await shop.ends("risk") == [End.DONE, End.ONCE, End.DONE]


async def test_two_rules_that_set_each_other_off_end_and_nothing_is_lost(shop: Shop) -> None:
    await shop.do(rules(LOOP), shop.opens())
    (ticket,) = await shop.tickets()
    assert ticket.priority is Priority.URGENT
    ends = [*await shop.ends("up"), *await shop.ends("down")]
    assert sorted(ends) == sorted([End.DONE, End.DONE, End.DONE, End.DEPTH])
    runs = {each.id: each for each in await shop.library.rules.about(ticket.number, 9)}
    stopped = next(each for each in runs.values() if each.end is End.DEPTH)
    chain = []
    run: RuleRun | None = stopped
    while run is not None:
        chain.append((run.rule, run.chain))
        run = runs[run.by] if run.by else None
    assert chain == [("down", 4), ("up", 3), ("down", 2), ("up", 1)]
    heard = [phrase for _, phrase in await shop.told() if phrase.key.startswith("rule.stopped")]
    assert [each.key for each in heard] == ["rule.stopped.depth"]
    await shop.do(rules(LOOP), shop.opens(TicketKind.EXCHANGE), cause="another")
    heard = [phrase for _, phrase in await shop.told() if phrase.key.startswith("rule.stopped")]
    assert heard == []


async def test_a_rule_that_fails_leaves_the_work_as_without_it(shop: Shop) -> None:
    # The database does not take a ticket of a conversation that there is not.
    nowhere = ConversationId(derived("nowhere"))
    gone = Notice(Happening(On.MESSAGE, shop.customer, nowhere, text=ASK))
    book = rules(
        """
        - {id: broken, on: message, words: [刷单], once: {per: customer, within: 1d},
           then: [{open_ticket: other, summary: 一}, {hand_over: 人工}]}
        - {id: whole, on: message, words: [刷单],
           then: [{open_ticket: consult, summary: 二, quiet: true}]}
        """
    )
    await shop.do(book, shop.opens(), gone)
    assert {each.kind for each in await shop.tickets()} == {TicketKind.RETURN, TicketKind.CONSULT}
    assert await shop.ends("broken") == [End.FAILED]
    assert await shop.library.rules.claimed_until("broken", str(shop.customer)) is None
    keys = [phrase.key for _, phrase in await shop.told()]
    assert "rule.stopped.failed" in keys


async def test_what_cannot_be_judged_does_not_hold_and_stands_in_the_log(shop: Shop) -> None:
    book = rules(
        """
        - {id: unfilled, on: ticket_opened, when: 'ticket.fields["why"] == "x"', then: [{tag: a}]}
        - {id: divided, on: ticket_opened, when: '1 / (ticket.joins) > 0', then: [{tag: b}]}
        - {id: without_order, on: ticket_opened, when: 'order.payment > 1', then: [{tag: c}]}
        - {id: sound, on: ticket_opened, when: 'ticket.joins == 0', then: [{tag: d}]}
        """
    )
    await shop.do(book, shop.opens())
    (ticket,) = await shop.tickets()
    assert ticket.tags == ("d",)
    assert [await shop.ends(each.id) for each in book.rules] == [
        [End.UNTOLD],
        [End.UNTOLD],
        [],
        [End.DONE],
    ]
    counts = await shop.library.rules.counts(shop.clock.now() - DAY)
    assert (counts["unfilled"].skipped, counts["sound"].done) == (1, 1)


async def test_nobody_is_handed_over_twice(shop: Shop) -> None:
    book = rules("[{id: person, on: message, then: [{hand_over: 大客户}]}]")
    asked = HandOver(shop.conversation.id, shop.customer, "顾客要求人工", "")
    await shop.do(book, asked, shop.says("转人工"))
    await shop.do(book, shop.says("转人工"), cause="another")
    async with shop.library.open() as books:
        until = shop.clock.now() + timedelta(minutes=1)
        out = await books.outbox.claim(shop.clock.now(), until, 50)
    passed = [each for each in out if isinstance(each.entry.body, PassToPerson)]
    assert len(passed) <= 1
    did = [run.did for run in await shop.library.rules.of_rule("person", 9)]
    assert {each.what for (each,) in did} == {"held", "handed_over"}


async def test_of_very_many_rules_on_one_thing_only_some_run(shop: Shop) -> None:
    book = rules(
        str([{"id": f"r{at}", "on": "message", "then": [{"say": "好"}]} for at in range(30)])
    )
    await shop.do(book, shop.says(ASK))
    counts = await shop.library.rules.counts(shop.clock.now() - DAY)
    assert sum(each.done for each in counts.values()) == 20
    assert sum(each.failed for each in counts.values()) == 10


async def test_the_houses_own_rules_know_a_customers_past(shop: Shop) -> None:
    book = house_book()
    await shop.do(book, shop.opens(TicketKind.COMPLAINT), shop.says("我要找律师起诉你们"))
    first = (await shop.tickets())[0]
    assert first.kind is TicketKind.RISK
    assert "提到“找律师、起诉”" in first.summary
    assert "此前没有风险评估；180 天内投诉 1 次" in first.summary
    await shop.do(book, FinishTicket(first.number, "fangjie"), cause="weighed")
    shop.clock.turn(2 * DAY)
    await shop.do(book, shop.says("再不处理我就报警"), shop.opens(), cause="later")
    newest = {each.kind: each for each in reversed(await shop.tickets())}
    assert newest[TicketKind.RETURN].tags == ("风险关注",)
    second = newest[TicketKind.RISK]
    assert (second.number != first.number, second.tags) == (True, ())
    assert f"此前的风险评估：{first.number}；180 天内投诉 1 次" in second.summary


async def test_a_customer_who_asks_a_third_time_comes_first(shop: Shop) -> None:
    for at in range(4):
        await shop.do(house_book(), shop.opens(), cause=f"time {at}")
        (ticket,) = await shop.tickets()
        assert ticket.priority is (Priority.URGENT if at == 3 else Priority.NORMAL)


PLANS = {
    "ix_rule_runs_rule_ran_at": (
        "SELECT 1 FROM rule_runs WHERE rule = 'a' ORDER BY ran_at DESC LIMIT 9"
    ),
    "ix_rule_runs_subject": (
        "SELECT 1 FROM rule_runs WHERE rule_runs.subject = 'T-1' AND rule_runs.subject <> ''"
        " ORDER BY ran_at DESC LIMIT 9"
    ),
    "ix_rule_runs_customer_id_ran_at": (
        "SELECT 1 FROM rule_runs WHERE customer_id = '00000000-0000-0000-0000-000000000000'"
        " ORDER BY ran_at DESC LIMIT 9"
    ),
}


async def test_the_log_is_found_by_indexes(library: Database) -> None:
    async with library.snapshot() as connection:
        await connection.execute(text("SET LOCAL enable_seqscan = off"))
        await connection.execute(text("SET LOCAL enable_sort = off"))
        for index, query in PLANS.items():
            plan = "\n".join((await connection.execute(text(f"EXPLAIN {query}"))).scalars())
            assert index in plan


async def test_what_is_old_is_deleted_bit_by_bit(shop: Shop) -> None:
    book = rules(WORDS)
    for at in range(3):
        await shop.do(book, shop.says(ASK), cause=f"message {at}")
    shop.clock.turn(2 * DAY)
    async with shop.library.open() as books:
        assert await books.rules.prune(shop.clock.now(), 2) == 3
        assert await books.rules.prune(shop.clock.now(), 2) == 1
        assert await books.rules.prune(shop.clock.now(), 2) == 0
    assert await shop.ends("risk") == []


async def test_a_templates_rules_are_for_tickets_of_that_version_alone(shop: Shop) -> None:
    entries = yaml.safe_load(
        """
        - {id: seen, "on": ticket_opened, then: [{tag: 模板}]}
        - {id: gone, "on": ticket_opened, then: [{route: {store: closed}}]}
        """
    )
    steps = (Step("asked", "登记", TicketState.OPEN),)
    kind = TicketKind.REPAIR
    template = Template("repair", 0, "报修", kind, Priority.NORMAL, steps=steps, rules=entries)
    stamp = Stamp("manyun", shop.clock.now())
    async with shop.library.open() as books:
        await books.templates.alone()
        published = await books.templates.publish(template, stamp)
        version = published.template.version
        await books.templates.put_in_force("repair", version, EVERYWHERE, stamp)
    compiled = CompiledTemplates(PLACES)
    for at, each in enumerate((kind, TicketKind.RETURN)):
        await shop.do(rules("[]"), shop.opens(each), cause=f"{at}", of_templates=compiled)
    tags = {each.kind: each.tags for each in await shop.tickets()}
    assert tags == {kind: ("模板",), TicketKind.RETURN: ()}
    assert await shop.ends("repair.seen") == [End.DONE]
    assert compiled.known("repair", version) is not None


async def test_earlier_risks_are_named_newest_first_without_the_one_at_hand(shop: Shop) -> None:
    opened = []
    for at in range(5):
        await shop.do(rules(WORDS), shop.says(ASK), cause=f"message {at}")
        ticket = (await shop.tickets())[0]
        opened.append(ticket.number)
        asked = FinishTicket(ticket.number, "fangjie")
        await shop.do(rules("[]"), asked, cause=f"done {at}")
        shop.clock.turn(2 * DAY)
    standing = await shop.library.rules.standing(shop.customer, shop.clock.now(), paid=False)
    assert standing.risks == tuple(opened[::-1])
    assert history(standing, "") == (
        f"此前的风险评估：{opened[4]}、{opened[3]}、{opened[2]} 等 5 张；"
        "180 天内投诉 0 次，退货退款 0 次"
    )
    assert history(standing, opened[4]).startswith(f"此前的风险评估：{opened[3]}、")
    assert history(Standing(risks=("T-1",)), "T-1").startswith("此前没有风险评估")
