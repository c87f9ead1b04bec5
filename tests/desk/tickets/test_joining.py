"""What a customer says belongs to the ticket that there is already."""

from dataclasses import replace

import pytest

from desk.customers.commands import MergeCustomers
from desk.tickets.commands import FinishTicket, TakeTicket
from desk.tickets.kin.commands import MergeTicket
from desk.tickets.model import TicketKind
from tests.desk.work.house import DELAYED, LELE, MIMI, House, heard, keys, told

FIRST, SECOND = "T-20261121-0001", "T-20261121-0002"
ORDERLESS = replace(DELAYED, shop="", order_no="")


def numbers(house: House) -> list[str]:
    return sorted(house.books.tickets.kept)


async def test_without_an_order_the_only_ticket_of_the_kind_is_meant(house: House) -> None:
    await house.do(DELAYED)
    said = await house.do(replace(ORDERLESS, summary="还没到呢"))
    assert numbers(house) == [FIRST]
    assert keys(heard(said)) == ("ticket.joined",)


async def test_without_an_order_nobody_knows_which_of_two_is_meant(house: House) -> None:
    await house.do(DELAYED, replace(DELAYED, order_no="E2"), ORDERLESS)
    assert len(numbers(house)) == 3


async def test_an_order_that_is_named_later_is_filled_in(house: House) -> None:
    await house.do(ORDERLESS)
    await house.do(DELAYED)
    ticket = house.books.tickets.kept[FIRST]
    assert numbers(house) == [FIRST]
    assert (ticket.order_no, ticket.shop) == (DELAYED.order_no, "youzan-main")
    assert [each.what for each in house.books.tickets.events] == [
        *("opened", "joined", "order_named"),
    ]


async def test_another_order_than_the_one_that_is_named_is_another_ticket(house: House) -> None:
    await house.do(ORDERLESS)
    await house.do(DELAYED)
    await house.do(replace(DELAYED, order_no="E2"))
    assert numbers(house) == [FIRST, SECOND]


async def test_an_order_of_another_shop_is_not_filled_in(house: House) -> None:
    await house.do(replace(ORDERLESS, shop="taobao-main"))
    await house.do(DELAYED)
    assert numbers(house) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "other",
    [
        replace(ORDERLESS, kind=TicketKind.REFUND),
        replace(ORDERLESS, customer=LELE.id),
        replace(ORDERLESS, customer=None),
    ],
)
async def test_another_kind_or_another_customer_is_another_ticket(
    house: House, other: object
) -> None:
    await house.do(DELAYED)
    assert isinstance(other, type(DELAYED))
    await house.do(other)
    assert numbers(house) == [FIRST, SECOND]


async def test_what_is_solved_is_not_joined(house: House) -> None:
    await house.do(DELAYED)
    await house.staff_does(TakeTicket(FIRST, "amei"), FinishTicket(FIRST, "amei"))
    await house.do(ORDERLESS)
    assert numbers(house) == [FIRST, SECOND]


async def test_what_was_merged_is_joined_where_it_goes_on(house: House) -> None:
    urged = replace(DELAYED, kind=TicketKind.URGE)
    await house.do(DELAYED, urged)
    await house.staff_does(MergeTicket(SECOND, FIRST, "fangjie"))
    await house.do(urged)
    assert numbers(house) == [FIRST, SECOND]
    joined = [each for each in house.books.tickets.events if each.what == "joined"]
    assert [each.ticket for each in joined] == [house.books.tickets.kept[FIRST].id]


async def test_what_a_rule_adds_is_nothing_that_the_customer_said(house: House) -> None:
    await house.do(DELAYED)
    await house.staff_does(TakeTicket(FIRST, "amei"))
    said = await house.do(replace(DELAYED, by="rule:stuck", summary="快递停了三天"))
    assert heard(said) == ()
    assert keys(told(said, "amei")) == ("ticket.owner_added",)
    assert house.books.tickets.events[-1].actor == "rule:stuck"


async def test_two_customers_who_are_one_person_have_one_ticket(house: House) -> None:
    await house.staff_does(MergeCustomers(MIMI.id, LELE.id, "xiaolu"))
    await house.do(DELAYED)
    assert numbers(house) == [FIRST]
