"""Customers' nicknames and unionids: asked for in the background once somebody has written."""

import asyncio
from collections import OrderedDict

import structlog

from bot.turn.ports import CustomerChannel, Profile
from desk.books import Books, Library
from desk.customers.commands import LinkName
from desk.customers.model import UNIONID, Customer, Evidence, Name
from desk.kernel.clock import Clock
from desk.kernel.ids import CustomerId
from desk.recognised import recognise

log = structlog.get_logger()

_AT_ONCE = 100
"""kf/customer/batchget takes at most 100 ids (WeCom doc 95159)."""
_GATHER_SECONDS = 0.5
_REMEMBERED = 10_000
"""So many customers without a unionid are not asked about again: most merchants get none."""


class Naming:
    """Gathers customers of whom a name is missing and asks for it, many in one call.

    Who is missed because the process ended is gathered again with their next message. WeCom tells
    a unionid only to who has bound an account of WeChat (doc 95159): without one nothing is lost
    but a link.
    """

    def __init__(self, channel: CustomerChannel, library: Library, clock: Clock) -> None:
        self._channel, self._library, self._clock = channel, library, clock
        self._wanted: dict[str, Customer] = {}
        self._asked: OrderedDict[CustomerId, None] = OrderedDict()
        self._news = asyncio.Event()

    def meet(self, customer: Customer) -> None:
        """Note a customer who has written; returns at once."""
        if not customer.external_userid or self._knows(customer):
            return
        self._wanted[customer.external_userid] = customer
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

    def _knows(self, customer: Customer) -> bool:
        if not customer.nickname:
            return False
        return bool(customer.unionid) or customer.id in self._asked

    async def _name_all(self) -> None:
        wanted, self._wanted = self._wanted, {}
        people = list(wanted)
        for start in range(0, len(people), _AT_ONCE):
            found = await self._channel.profiles(people[start : start + _AT_ONCE])
            async with self._library.open() as books:
                for person in sorted(found.keys() & wanted.keys()):
                    await self._name(wanted[person], found[person], books)
        for customer in wanted.values():
            self._remember(customer.id)

    async def _name(self, customer: Customer, profile: Profile, books: Books) -> None:
        if profile.nickname and not customer.nickname:
            await books.customers.name(customer.id, profile.nickname)
        if profile.unionid and not customer.unionid:
            name = Name(UNIONID, profile.unionid)
            link = LinkName(customer.id, name, Evidence.WECOM)
            await recognise(books, link, self._clock.now())

    def _remember(self, customer: CustomerId) -> None:
        self._asked[customer] = None
        if len(self._asked) > _REMEMBERED:
            self._asked.popitem(last=False)
