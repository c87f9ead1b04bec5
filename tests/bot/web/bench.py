"""A ticket desk in memory behind the real door to its pages."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import cast

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from typing_extensions import override

from bot.phrases import load_phrases
from bot.server import build_app
from bot.web.acts import Acts
from bot.web.limit import Limit
from bot.web.links import TicketLinks
from bot.web.pages import Pages
from bot.web.ticket_page import TicketDoor
from desk.books import Books, Library
from desk.commands import Command
from desk.conversations.outgoing import Body
from desk.front import Desk
from desk.handbook import plain_handbook
from desk.insights.ports import InsightReader
from desk.parcels.model import FollowedParcel
from desk.parcels.ports import NoParcels
from desk.phrases.book import PhraseBook
from desk.reviews.ports import ReviewReader
from desk.shops.cache import MemoryCache
from desk.shops.floor import ShopFloor
from desk.templates.model import Template
from desk.templates.ports import NoTemplates
from desk.tickets.links import link_to
from desk.tickets.model import Ticket
from tests.desk.work.house import DELAYED, House
from tests.fakes.insights import FakeInsights
from tests.fakes.staff import FakeStaff

HOME = "https://desk.example"
OURS = {"Origin": HOME}
NUMBER = "T-20261121-0001"


@dataclass
class KnownParcels(NoParcels):
    """The parcels that a test has put there."""

    known: list[FollowedParcel] = field(default_factory=list)

    @override
    async def known_of(self, shop: str, number: str) -> tuple[FollowedParcel, ...]:
        return tuple(each for each in self.known if (each.shop, each.order_no) == (shop, number))


@dataclass
class KnownTemplates(NoTemplates):
    """The versions that a test has published."""

    published: list[Template] = field(default_factory=list)

    @override
    async def version(self, template: str, version: int) -> Template | None:
        wanted = (template, version)
        return next((each for each in self.published if (each.id, each.version) == wanted), None)


@dataclass
class Bench:
    """A customer's ticket, and the door to its page; `seconds` is what the limit goes by."""

    house: House = field(default_factory=House)
    staff: FakeStaff = field(default_factory=FakeStaff)
    parcels: KnownParcels = field(default_factory=KnownParcels)
    templates: KnownTemplates = field(default_factory=KnownTemplates)
    links: TicketLinks = field(default_factory=lambda: TicketLinks(b"a key of this test", HOME))
    public_url: str = HOME
    seconds: float = 0.0
    rung: int = 0
    burst: int = 10_000
    proxies: int = 0

    @property
    def desk(self) -> Desk:
        """What the page may ask."""
        books, clock = self.house.books, self.house.clock
        return Desk(
            clock=clock,
            shops=ShopFloor((), clock, MemoryCache(clock)),
            stores=(),
            policies=(),
            staff=self.staff,
            conversations=books.conversations,
            customers=books.customers,
            tickets=books.tickets,
            grants=books.grants,
            insights=cast("InsightReader", FakeInsights()),
            reviews=cast("ReviewReader", books.reviews),
            ratings=books.ratings,
            parcels=self.parcels,
            templates=self.templates,
        )

    @property
    def door(self) -> TicketDoor:
        """The door as the house makes it."""
        clock = self.house.clock
        handbook = plain_handbook(self.staff)
        return TicketDoor(
            desk=self.desk,
            links=self.links,
            pages=Pages(PhraseBook(load_phrases(), self.links.address), self.staff, clock),
            acts=Acts(cast("Library", self), handbook, clock, self._ring),
            limit=Limit(self.burst, 0.5, lambda: self.seconds),
            public_url=self.public_url,
            proxies=self.proxies,
        )

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Books]:
        """The books, as a library opens them."""
        yield self.house.books.as_books

    @property
    def ratings(self) -> object:
        """What a library lets read without opening it."""
        return self.house.books.ratings

    @property
    def ticket(self) -> Ticket:
        """The ticket as it stands."""
        return self.house.books.tickets.kept[NUMBER]

    @property
    def path(self) -> str:
        """Where its page lies."""
        return f"/t/{self.links.token(link_to(self.ticket))}"

    def change(self, **fields: object) -> None:
        """Write something into the ticket that no command writes here."""
        kept = self.house.books.tickets.kept
        kept[NUMBER] = replace(kept[NUMBER], **fields)  # type: ignore[arg-type]  # any of its fields

    async def opened(self, asked: Command = DELAYED) -> None:
        """The customer has a ticket."""
        await self.house.do(asked)

    async def staff_does(
        self, *commands: Command, after: timedelta = timedelta()
    ) -> tuple[Body, ...]:
        """Staff do something a while later."""
        self.house.clock.turn(after)
        return await self.house.staff_does(*commands)

    def _ring(self) -> None:
        self.rung += 1


Visitor = TestClient[web.Request, web.Application]


@asynccontextmanager
async def visiting(bench: Bench, door: TicketDoor | None = None) -> AsyncIterator[Visitor]:
    """The bench's door, or a test's own, open on loopback."""
    server = TestServer(build_app((door or bench.door).routes()))
    async with TestClient(server) as client:
        yield client
