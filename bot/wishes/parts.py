"""The watch over what is waited for, made of what the house has."""

from collections.abc import Awaitable, Callable

from bot.wiring import House
from bot.wishes.watch import RestockWatch


def restock(house: House) -> Callable[[], Awaitable[None]]:
    """The job of the ticker."""
    watch = RestockWatch(
        house.database, house.desk.shops, house.members, house.merchant.policies, house.clock
    )

    async def run() -> None:
        if await watch.run():
            house.wakes.ring("outbox")

    return run
