"""The jobs that follow parcels and watch over them, made of what the house has."""

from collections.abc import Awaitable, Callable

from bot.parcels.follower import ParcelFollower
from bot.parcels.watch import ParcelWatch
from bot.ticker import ringing
from bot.wiring import House


def parcel_follower(house: House) -> Callable[[], Awaitable[None]]:
    """The job that learns of parcels and has them watched."""
    follower = ParcelFollower(house.database, house.desk.shops, house.trackers, house.clock)
    return follower.run


def parcel_watch(house: House) -> Callable[[], Awaitable[None]]:
    """The job that finds those that are stuck."""
    watch = ParcelWatch(house.database, house.handbook, house.clock)
    return ringing(watch.run, lambda: house.wakes.ring("outbox"))
