"""Customers' nicknames: asked for in the background once somebody without one has written."""

import asyncio

import structlog

from bot.turn.ports import CustomerChannel
from desk.books import Library
from desk.customers.model import Customer
from desk.kernel.ids import CustomerId

log = structlog.get_logger()

_AT_ONCE = 100
"""kf/customer/batchget takes at most 100 ids (WeCom doc 95159)."""
_GATHER_SECONDS = 0.5


class Naming:
    """Gathers customers without a nickname and names them, many in one call.

    Who is missed because the process ended is gathered again with their next message.
    """

    def __init__(self, channel: CustomerChannel, library: Library) -> None:
        self._channel, self._library = channel, library
        self._wanted: dict[str, CustomerId] = {}
        self._news = asyncio.Event()

    def meet(self, customer: Customer) -> None:
        """Note a customer who has written; returns at once."""
        if not customer.nickname:
            self._wanted[customer.external_userid] = customer.id
            self._news.set()

    async def run(self) -> None:
        """Name those who were met, until cancelled."""
        while True:
            await self._news.wait()
            await asyncio.sleep(_GATHER_SECONDS)
            self._news.clear()
            try:
                await self._name_all()
            except Exception:
                log.exception("naming.failed")

    async def _name_all(self) -> None:
        wanted, self._wanted = self._wanted, {}
        people = list(wanted)
        for start in range(0, len(people), _AT_ONCE):
            names = await self._channel.nicknames(people[start : start + _AT_ONCE])
            async with self._library.open() as books:
                for person, nickname in names.items():
                    if nickname and person in wanted:
                        await books.customers.name(wanted[person], nickname)
