"""The watch over what is waited for, made of what the house has."""

from collections.abc import Awaitable, Callable

from bot.ticker import ringing
from bot.wiring import House
from bot.wishes.watch import RestockWatch


def restock(house: House) -> Callable[[], Awaitable[None]]:
    """The job of the ticker."""
    watch = RestockWatch(house.database, house.desk.shops, house.handbook, house.clock)
    return ringing(watch.run, lambda: house.wakes.ring("outbox"))
