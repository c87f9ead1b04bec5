"""Tickets are sorted: tags, priority, watchers, and whom they go to."""

from dataclasses import replace

import pytest

from desk.tickets.commands import FinishTicket, TakeTicket
from desk.tickets.model import Priority, Ticket
from desk.tickets.sorting.commands import PrioritiseTicket, RouteTicket, TagTicket, WatchTicket
from tests.desk.work.house import DELAYED, House, cards, keys, told, updates

NUMBER = "T-20261121-0001"
RULE = "rule:vip-first"


def ticket(house: House) -> Ticket:
    return house.books.tickets.kept[NUMBER]


def history(house: House) -> list[tuple[str, str, str]]:
    return [(each.actor, each.what, each.note) for each in house.books.tickets.events][1:]


@pytest.fixture
async def opened(house: House) -> House:
    await house.do(replace(DELAYED, priority=Priority.NORMAL))
    return house


async def test_tags_are_put_on_once_and_taken_off(opened: House) -> None:
    await opened.do(TagTicket(NUMBER, RULE, ("易碎", "团购", "易碎")))
    await opened.do(TagTicket(NUMBER, RULE, ("团购",)))
    said = await opened.staff_does(TagTicket(NUMBER, "amei", ("加急",), ("易碎", "没有的")))
    assert ticket(opened).tags == ("团购", "加急")
    assert history(opened) == [
        (RULE, "tagged", "易碎、团购"),
        ("amei", "tagged", "加急"),
        ("amei", "untagged", "易碎"),
    ]
    assert keys(told(said, "amei")) == ("ticket.tagged",)


async def test_what_a_rule_does_is_told_to_nobody_but_the_owner_who_has_to_hurry(
    opened: House,
) -> None:
    await opened.staff_does(TakeTicket(NUMBER, "amei"))
    said = await opened.do(
        TagTicket(NUMBER, RULE, ("易碎",)),
        WatchTicket(NUMBER, RULE, ("fangjie",)),
        PrioritiseTicket(NUMBER, RULE, Priority.URGENT, "会员"),
    )
    assert keys(told(said, "amei")) == ("ticket.owner_hurries",)
    assert told(said, RULE) == ()
    assert len(said) == 1


async def test_deadlines_follow_the_priority_up_and_down(opened: House) -> None:
    usual = ticket(opened).due_at
    await opened.staff_does(PrioritiseTicket(NUMBER, "fangjie", Priority.URGENT, "要出差"))
    urgent = ticket(opened).due_at
    await opened.staff_does(PrioritiseTicket(NUMBER, "fangjie", Priority.NORMAL))
    assert urgent < ticket(opened).due_at == usual
    assert history(opened) == [
        ("fangjie", "raised_urgent", "要出差"),
        ("fangjie", "lowered_normal", ""),
    ]


async def test_a_priority_that_holds_already_changes_nothing(opened: House) -> None:
    before = ticket(opened)
    said = await opened.staff_does(PrioritiseTicket(NUMBER, "fangjie", Priority.NORMAL))
    assert keys(told(said, "fangjie")) == ("ticket.prioritised.already",)
    assert (ticket(opened), history(opened)) == (before, [])


async def test_people_watch_and_stop_watching(opened: House) -> None:
    await opened.staff_does(WatchTicket(NUMBER, "amei", ("fangjie", "manyun", "fangjie")))
    await opened.staff_does(WatchTicket(NUMBER, "fangjie", ("fangjie", "dazhi"), off=True))
    again = await opened.staff_does(WatchTicket(NUMBER, "amei", ("manyun",)))
    assert ticket(opened).watchers == ("manyun",)
    assert keys(told(again, "amei")) == ("ticket.watched.already",)
    assert history(opened) == [
        ("amei", "watched", "方姐、满云"),
        ("fangjie", "unwatched", "方姐"),
    ]


async def test_a_ticket_that_nobody_has_is_offered_to_those_with_the_skill(opened: House) -> None:
    said = await opened.do(RouteTicket(NUMBER, RULE, "refund"))
    offers = opened.books.assignments.offers
    assert [each.userid for each in offers] == ["amei", "dazhi"]
    assert offers[1].skill == "refund"
    assert [task for task, _ in updates(said)] == [offers[0].task]
    assert [to for to, _ in cards(said)] == [("dazhi",)]
    assert history(opened) == [(RULE, "routed", "refund")]


async def test_a_ticket_that_waits_for_somebody_is_offered_anew(opened: House) -> None:
    await opened.do(RouteTicket(NUMBER, RULE, store="binjiang"))
    assert ticket(opened).store == "binjiang"
    assert len(opened.books.assignments.open_now()) == 1


async def test_a_rule_takes_a_ticket_from_nobody(opened: House) -> None:
    await opened.staff_does(TakeTicket(NUMBER, "amei"))
    said = await opened.do(RouteTicket(NUMBER, RULE, "refund"))
    assert (ticket(opened).owner, said) == ("amei", ())
    assert history(opened)[-1] == (RULE, "route_refused", "refund")


async def test_a_supervisor_sends_a_ticket_elsewhere_that_somebody_has(opened: House) -> None:
    await opened.staff_does(TakeTicket(NUMBER, "amei"))
    said = await opened.staff_does(RouteTicket(NUMBER, "fangjie", "refund"))
    assert ticket(opened).owner == ""
    assert [to for to, _ in cards(said)] == [("dazhi",)]
    assert f"ticket-{NUMBER}-owner-amei" in [task for task, _ in updates(said)]
    assert keys(told(said, "fangjie")) == ("ticket.routed",)


async def test_a_colleague_does_not_send_away_what_somebody_else_has(opened: House) -> None:
    await opened.staff_does(TakeTicket(NUMBER, "amei"))
    said = await opened.staff_does(RouteTicket(NUMBER, "dazhi", "refund"))
    assert ticket(opened).owner == "amei"
    assert keys(told(said, "dazhi")) == ("ticket.route_refused",)


async def test_a_solved_ticket_goes_nowhere(opened: House) -> None:
    await opened.staff_does(TakeTicket(NUMBER, "amei"), FinishTicket(NUMBER, "amei"))
    said = await opened.staff_does(RouteTicket(NUMBER, "fangjie", "refund"))
    assert keys(told(said, "fangjie")) == ("ticket.route_refused.ended",)


async def test_without_a_priority_a_ticket_is_normal(house: House) -> None:
    await house.do(replace(DELAYED, priority=None, by=RULE))
    assert ticket(house).priority is Priority.NORMAL
    assert house.books.tickets.events[0].actor == RULE
