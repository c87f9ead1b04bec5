"""A shop that keeps failing is probed after its rest, whatever becomes of the probe."""

from datetime import timedelta

import pytest

from desk.kernel.errors import Unavailable
from desk.shops.answers import Why
from desk.shops.circuit import Circuit, CircuitState
from desk.shops.line import FloorSettings, Question, ShopLine
from tests.desk.shops.house import House
from tests.desk.shops.shelf import START
from tests.fakes.shops import MemoryShop

_REST = timedelta(seconds=15)


def opened() -> Circuit:
    circuit = Circuit(1, _REST)
    circuit.failed(START, Why.UNAVAILABLE)
    return circuit


def test_one_probe_is_let_through_after_the_rest() -> None:
    circuit = opened()

    assert not circuit.admits(START)
    assert circuit.admits(START + _REST)
    assert circuit.state is CircuitState.PROBING
    assert not circuit.admits(START + _REST)


def test_a_probe_of_which_nothing_is_heard_gives_way_to_another() -> None:
    circuit = opened()
    circuit.admits(START + _REST)

    assert circuit.admits(START + 2 * _REST)
    circuit.succeeded(START + 2 * _REST)
    assert circuit.state is CircuitState.CLOSED


async def test_waiting_for_our_own_turn_is_not_held_against_the_shop(house: House) -> None:
    settings = FloorSettings(patience=timedelta(milliseconds=10), failures_to_open=1)
    shop = MemoryShop("jd", "京东旗舰店", hangs=True)
    line = ShopLine(shop, house.clock, house.cache, settings)

    with pytest.raises(Unavailable):
        await line.fetch(Question("order:E1", lambda: shop.order("E1")))

    assert line.health().circuit is CircuitState.CLOSED
