"""Who guesses is stopped; that stops others not for long, and those who are known not at all."""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.proof import GUESSES_IN_A_RUSH, GUESSES_IN_A_RUSH_KNOWN, GUESSES_PER_CUSTOMER
from desk.customers.commands import ProveOrder
from desk.customers.model import Customer, ProvenOrder
from desk.kernel.ids import CustomerId, derived
from desk.tickets.commands import OpenTicket
from tests.actions.chat import Chat
from tests.actions.goods import FOREIGN, HIDDEN, HIDDEN_PARCEL
from tests.actions.people import STRANGER, proven
from tests.clocks import NOON

KNOWN = replace(STRANGER, proven_orders=(proven(FOREIGN),))
LONG_AGO: ProvenOrder = replace(proven(FOREIGN), until=NOON - timedelta(days=99))


def chat_after(failures: int, minutes: float, customer: Customer = STRANGER) -> Chat:
    """A chat of a shop where others have failed so often, each with an account and a number."""
    chat = Chat(customer)
    chat.tmall.orders = [FOREIGN, HIDDEN]
    chat.tmall.packed = {HIDDEN.number: (HIDDEN_PARCEL,)}
    at = NOON - timedelta(minutes=minutes)
    chat.books.customers.attempts += [
        (CustomerId(derived("guesser", n)), f"E{n}", at, False) for n in range(failures)
    ]
    return chat


async def proves(chat: Chat) -> bool:
    """The right number and amount are told; whether they open the order."""
    await chat.says("我的快递到哪了", "logistics_query")
    await chat.says(f"{HIDDEN.number} 129.9", "order_status")
    opened, asked = bool(chat.did(ProveOrder)), bool(chat.did(OpenTicket))
    assert opened != asked
    return opened


@pytest.mark.parametrize(
    ("failures", "minutes", "opens"),
    [
        (GUESSES_IN_A_RUSH - 1, 1, True),
        (GUESSES_IN_A_RUSH, 1, False),
        (GUESSES_IN_A_RUSH, 59, False),
        (GUESSES_IN_A_RUSH, 61, True),
        (10 * GUESSES_IN_A_RUSH, 61, True),
    ],
)
async def test_strangers_wait_for_a_person_within_the_hour_of_a_rush(
    failures: int, minutes: float, opens: bool
) -> None:
    assert await proves(chat_after(failures, minutes)) == opens


@pytest.mark.parametrize("customer", [KNOWN, replace(STRANGER, proven_orders=(LONG_AGO,))])
async def test_who_has_proven_before_is_not_kept_out_by_a_rush(customer: Customer) -> None:
    assert await proves(chat_after(GUESSES_IN_A_RUSH_KNOWN - 1, 1, customer))
    assert not await proves(chat_after(GUESSES_IN_A_RUSH_KNOWN, 1, customer))


async def test_one_account_alone_never_reaches_the_limit_of_everybody() -> None:
    assert GUESSES_PER_CUSTOMER * 8 <= GUESSES_IN_A_RUSH
    guesser = chat_after(0, 1)
    for number in range(20):
        await guesser.says("我的快递到哪了", "logistics_query")
        await guesser.says(f"261118-0935124471800{number:02} 1.00", "order_status")
    failed = [each for each in guesser.books.customers.attempts if not each[3]]
    assert len(failed) == GUESSES_PER_CUSTOMER
