"""Tickets are linked, and who waits for a cause hears when it is solved."""

from dataclasses import replace

import pytest

from desk.tickets.commands import FinishTicket, TakeTicket
from desk.tickets.kin.commands import LinkTicket, UnlinkTicket
from desk.tickets.relations import How
from tests.desk.work.house import DELAYED, House, keys, told

FIRST, SECOND = "T-20261121-0001", "T-20261121-0002"


@pytest.fixture
async def two(house: House) -> House:
    await house.do(DELAYED, replace(DELAYED, order_no="E2"))
    return house


async def links(house: House, number: str) -> list[tuple[How, str, bool]]:
    ticket = house.books.tickets.kept[number]
    return [(each.how, each.number, each.back) for each in await house.books.kin.links(ticket.id)]


async def test_both_sides_know_of_a_link(two: House) -> None:
    said = await two.staff_does(LinkTicket(FIRST, SECOND, "amei", How.CAUSE))
    assert await links(two, FIRST) == [(How.CAUSE, SECOND, False)]
    assert await links(two, SECOND) == [(How.CAUSE, FIRST, True)]
    assert keys(told(said, "amei")) == ("ticket.linked.cause",)


async def test_two_tickets_are_linked_in_one_way_only(two: House) -> None:
    await two.staff_does(LinkTicket(FIRST, SECOND, "amei", How.CAUSE))
    await two.staff_does(LinkTicket(SECOND, FIRST, "amei", How.DUPLICATE))
    assert await links(two, FIRST) == [(How.DUPLICATE, SECOND, True)]


async def test_a_link_is_taken_away_from_either_side(two: House) -> None:
    await two.staff_does(LinkTicket(FIRST, SECOND, "amei"))
    await two.staff_does(UnlinkTicket(SECOND, FIRST, "amei"))
    assert await links(two, FIRST) == []
    again = await two.staff_does(UnlinkTicket(FIRST, SECOND, "amei"))
    assert keys(told(again, "amei")) == ("ticket.unlinked.already",)


async def test_a_ticket_is_not_linked_to_itself(two: House) -> None:
    said = await two.staff_does(LinkTicket(FIRST, FIRST, "amei"))
    assert keys(told(said, "amei")) == ("ticket.linked.itself",)


async def test_the_owner_hears_that_what_they_waited_for_is_solved(two: House) -> None:
    await two.staff_does(LinkTicket(FIRST, SECOND, "amei", How.CAUSE), TakeTicket(FIRST, "dazhi"))
    said = await two.staff_does(FinishTicket(SECOND, "amei"))
    assert keys(told(said, "dazhi")) == ("ticket.cause_solved",)


async def test_what_is_only_related_frees_nobody(two: House) -> None:
    await two.staff_does(LinkTicket(FIRST, SECOND, "amei"), TakeTicket(FIRST, "dazhi"))
    assert told(await two.staff_does(FinishTicket(SECOND, "amei")), "dazhi") == ()


async def test_a_number_that_there_is_not_is_named(two: House) -> None:
    said = await two.staff_does(LinkTicket(FIRST, "T-20261121-0099", "amei"))
    (unknown,) = told(said, "amei")
    assert (unknown.key, unknown.params["number"]) == ("ticket.unknown", "T-20261121-0099")
