"""Rules drawn at random: windows keep to their spans, and no rule ever breaks the work."""

import random
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
import yaml

from bot.rules.reading import read_rule
from desk.rules.actions import BLANKS
from desk.rules.book import RuleBook
from desk.rules.engine import MOST_AT_ONCE, MOST_IN_A_ROW
from desk.rules.runs import End
from desk.rules.trial import Readers, try_out
from desk.store.database import Database
from desk.tickets.model import Priority, TicketKind
from tests.clocks import FrozenClock
from tests.desk.rules.making import PLACES, Refused, rules
from tests.fakes.staff import FakeStaff
from tests.store.making import conversation
from tests.store.ruled import Shop

EVENTS = ("message", "ticket_opened", "ticket_joined", "ticket_changed", "ticket_solved")
CONDITIONS = (
    *("true", "customer.risks > 0", 'ticket.priority == "high"', "1 / ticket.joins > 0"),
    *('ticket.fields["size"] == "22"', 'ticket.tags.exists(tag, tag == "a")'),
    *("order.payment > 100", "now.hour < 12 || customer.open_tickets > 2", '"a" in ticket.tags'),
)
WHO = ("owner", "supervisor", "manager", "department_head", "@amei", "@nobody")


@pytest.fixture
async def shop(library: Database, clock: FrozenClock) -> Shop:
    return Shop(library, clock, *await conversation(library, clock))


@pytest.mark.parametrize("seed", range(4))
async def test_a_window_lets_a_rule_through_as_its_span_says(
    library: Database, clock: FrozenClock, seed: int
) -> None:
    dice, ends = random.Random(seed), dict[tuple[str, str], datetime]()
    for _ in range(60):
        now = clock.turn(timedelta(minutes=dice.choice((0, 1, 7, 30, 59, 60))))
        rule, subject = dice.choice("ab"), dice.choice("xyz")
        span = timedelta(minutes=dice.choice((1, 30, 60)))
        free = ends.get((rule, subject), now) <= now
        async with library.open() as books:
            assert await books.rules.claim(rule, subject, now, now + span) is free
        if free:
            ends[rule, subject] = now + span
        assert await library.rules.claimed_until(rule, subject) == ends[rule, subject]


def an_action(dice: random.Random, on: str) -> dict[str, Any]:
    """One of all actions, with whatever belongs to it."""
    text = "".join(dice.sample(("好", "{number}", "{customer}", "{order}"), 2))
    told = f"{text}{{{dice.choice(tuple(BLANKS))}}}"
    return dice.choice(
        (
            {"open_ticket": dice.choice(tuple(TicketKind)).value, "summary": text,
             "priority": dice.choice(tuple(Priority)).value, "quiet": dice.random() < 0.5},
            {"priority": dice.choice(tuple(Priority)).value},
            {"tag": [dice.choice("abc")]},
            {"untag": dice.choice("abc")},
            {"route": {"skill": dice.choice(("refund", "nobody"))}},
            {"route": {"store": dice.choice(PLACES.stores)}},
            {"watch": dice.sample(WHO, 2)},
            {"tell": {"to": dice.sample(WHO, 2), "text": told}},
            {"say": text},
            {"hand_over": "人工"},
        )
    )  # fmt: skip


def a_rule(dice: random.Random, at: int) -> dict[str, Any]:
    """A rule of any shape."""
    on = dice.choice(EVENTS)
    made: dict[str, Any] = {"id": f"r{at}", "on": on}
    made["then"] = [an_action(dice, on) for _ in range(dice.randint(1, 3))]
    if dice.random() < 0.5:
        if on == "message":
            made["when"] = dice.choice(("true", "message.length > 2", "customer.risks == 0"))
        else:
            made["when"] = dice.choice(CONDITIONS)
    if dice.random() < 0.3:
        made["once"] = {"per": dice.choice(("customer", "ticket", "house")), "within": "1h"}
    return made


def a_book(dice: random.Random) -> RuleBook:
    """Some rules that may set each other off."""
    entries = [a_rule(dice, at) for at in range(dice.randint(3, 9))]
    read = [read_rule(each, each["id"], PLACES, Refused) for each in entries]
    return RuleBook(each for each in read if each is not None)


@pytest.mark.parametrize("seed", range(12))
async def test_whatever_rules_say_the_work_itself_is_done(shop: Shop, seed: int) -> None:
    dice = random.Random(seed)
    book = a_book(dice)
    for turn in range(3):
        opened = shop.opens(dice.choice((TicketKind.RETURN, TicketKind.INVOICE)))
        before = len(await shop.tickets())
        await shop.do(book, opened, shop.says("在吗 22码"), cause=f"turn {turn}")
        mine = [each for each in await shop.tickets() if each.kind is opened.kind]
        assert mine
        assert len(await shop.tickets()) >= before
        shop.clock.turn(timedelta(minutes=20))
    runs = [run for each in book.rules for run in await shop.library.rules.of_rule(each.id, 500)]
    done = Counter(each.at for each in runs if each.end is End.DONE)
    assert all(count <= MOST_AT_ONCE for count in done.values())
    assert all(each.chain <= MOST_IN_A_ROW for each in runs if each.end is End.DONE)
    assert len({each.id for each in runs}) == len(runs)


@pytest.mark.parametrize("seed", range(40, 64))
async def test_what_a_dry_run_tells_is_what_happens(shop: Shop, seed: int) -> None:
    dice = random.Random(seed)
    entry = a_rule(dice, 0) | {"on": "message"}
    entry["when"] = dice.choice(
        ("true", "message.length > 3", "customer.risks == 0", 'ticket.priority == "normal"')
    )
    (rule,) = rules(yaml.safe_dump([entry], allow_unicode=True)).rules
    if dice.random() < 0.6:
        await shop.do(RuleBook(), shop.opens(dice.choice((TicketKind.RETURN, TicketKind.RISK))))
    for turn in range(2):
        said = shop.says("在吗")
        library = shop.library
        readers = Readers(library.customers, library.tickets, library.book, library.rules)
        now = shop.clock.now()
        trial = await try_out(rule, said.happening, readers, FakeStaff(), now)
        await shop.do(RuleBook([rule]), said, cause=f"turn {turn}")
        runs = [run for run in await library.rules.of_rule(rule.id, 9) if run.at == now]
        assert [run.end for run in runs if run.end is End.DONE] == [End.DONE] * trial.would_run
        if trial.would_run:
            assert [each.what for each in runs[0].did] == [each.did.what for each in trial.steps]
        shop.clock.turn(timedelta(minutes=dice.choice((30, 90))))
