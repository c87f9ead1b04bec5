"""The agents' room on books in memory, two shops and the real phrases."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import cast

from bot.commands import run_line
from bot.phrases import load_phrases
from desk.commands import Outcome
from desk.conversations.model import Conversation
from desk.conversations.outgoing import Body
from desk.customers.model import Evidence, Link
from desk.front import Desk
from desk.kernel.ids import InboxId, derived
from desk.kernel.messages import Card
from desk.kernel.money import Fen
from desk.phrases.book import PhraseBook
from desk.reviews.ports import ReviewReader
from desk.routing.model import Routing
from desk.rules.book import NO_RULES, RuleBook
from desk.shops.cache import MemoryCache
from desk.shops.floor import ShopFloor
from desk.shops.port import (
    BuyerId,
    Item,
    ItemId,
    Order,
    OrderLine,
    OrderStatus,
    SkuStock,
)
from desk.shops.stores import Store
from desk.staff.directory import Staff
from desk.sync.model import Consult, Difference, SyncHealth
from desk.templates.ports import Drafts, NoDrafts, TemplateReader
from desk.tickets.commands import OpenTicket
from tests.clocks import NOON
from tests.desk.shops.shelf import ShelfShop
from tests.desk.work.house import APP, DELAYED, FULL, MIMI, SORRY, House
from tests.fakes.insights import FakeInsights
from tests.fakes.rules import FakeRules
from tests.fakes.staff import FakeStaff
from tests.fakes.timeline import FakeTimeline

BOOK = PhraseBook(load_phrases())
BUYER = BuyerId("youzan-main", "yz-777")
ORDER_NO = "E20261118102030000100001"
ORDER = Order(
    shop="youzan-main",
    number=ORDER_NO,
    status=OrderStatus.SHIPPED,
    buyer=BUYER,
    phone_tail="5678",
    created_at=NOON - timedelta(days=3),
    paid_at=NOON - timedelta(days=3),
    shipped_at=None,
    payment=Fen(16900),
    lines=(
        OrderLine(
            ItemId("youzan-main", "101"), "s", "软底学步鞋", (("尺码", "22码"),), 1, Fen(16900)
        ),
    ),
)
XUJIAHUI = Store("xujiahui", "徐家汇店", "上海", "徐汇区", "虹桥路777号", "", "", 31.19, 121.43)


def _shops() -> tuple[ShelfShop, ShelfShop]:
    youzan = ShelfShop("youzan-main", name="有赞商城")
    tmall = ShelfShop("tmall-flagship", name="天猫旗舰店")
    for shop, number in ((youzan, "101"), (tmall, "9001")):
        item = ItemId(shop.id, number)
        shop.items = (
            Item(item, "软底学步鞋", Fen(16900), Fen(17900)),
            Item(ItemId(shop.id, number + "9"), "纯棉连体衣", Fen(9900), Fen(9900)),
        )
        shop.skus = (
            SkuStock(item, "a", (("颜色", "粉色"), ("尺码", "22码")), 5, Fen(16900)),
            SkuStock(item, "b", (("颜色", "粉色"), ("尺码", "23码")), 0, Fen(17900)),
        )
    youzan.orders = (ORDER,)
    return youzan, tmall


@dataclass
class FakeSync:
    """A sync that stands as it was told to."""

    shops: tuple[SyncHealth, ...] = ()
    found: tuple[Difference, ...] = ()
    consult: Consult | None = None

    async def health(self, now: datetime) -> tuple[SyncHealth, ...]:
        """How each shop's sync stands."""
        return self.shops

    async def differences(self, since: datetime, limit: int) -> tuple[Difference, ...]:
        """The difference list."""
        return tuple(each for each in self.found if each.found_at >= since)[:limit]

    async def consult_of(self, shop: str, number: str) -> Consult | None:
        """What the buyer asked before."""
        return self.consult

    async def sold_after_consult(self, since: datetime, until: datetime) -> tuple[int, Fen]:
        """Nothing."""
        return 0, Fen(0)


@dataclass
class Room:
    """What a command finds; `hear` runs a line and tells what its author reads."""

    house: House = field(default_factory=House)
    insights: FakeInsights = field(default_factory=FakeInsights)
    timeline: FakeTimeline = field(default_factory=FakeTimeline)
    shops: tuple[ShelfShop, ShelfShop] = field(default_factory=_shops)
    sync: FakeSync = field(default_factory=FakeSync)
    rules: FakeRules = field(default_factory=FakeRules)
    rulebook: RuleBook = NO_RULES
    drafts: Drafts = field(default_factory=NoDrafts)
    routing: Routing = field(default_factory=Routing)
    has_pages: bool = False
    templates: TemplateReader | None = None

    def __post_init__(self) -> None:
        clock = self.house.clock
        self.floor = ShopFloor(self.shops, clock, MemoryCache(clock))
        link = Link(BUYER, Evidence.PLATFORM_BRIDGE, NOON - timedelta(days=1))
        self.house.books.customers.kept[MIMI.id] = replace(MIMI, links=(link,))

    @property
    def desk(self) -> Desk:
        """The reading side."""
        books = self.house.books
        return Desk(
            clock=self.house.clock,
            shops=self.floor,
            stores=(XUJIAHUI,),
            policies=(FULL, SORRY),
            staff=FakeStaff(),
            conversations=books.conversations,
            customers=books.customers,
            tickets=books.tickets,
            grants=books.grants,
            insights=self.insights,
            reviews=cast("ReviewReader", books.reviews),
            ratings=books.ratings,
            aliases=books.aliases,
            assignments=books.assignments,
            timeline=self.timeline,
            sync=self.sync,
            kin=books.kin,
            wishes=books.wishes,
            rules=self.rules,
            rulebook=self.rulebook,
            templates=self.templates or books.templates,
            drafts=self.drafts,
            placements=books.placements,
            leaders=books.leaders,
            routing=self.routing,
            has_pages=self.has_pages,
        )

    async def outcome(self, line: str, member: Staff) -> Outcome:
        """Run a line."""
        self.house.turns += 1
        cause = InboxId(derived("line", self.house.turns))
        return await run_line(line, member, self._app_of(member), cause, self.desk)

    async def hear(self, line: str, member: Staff) -> str:
        """Run a line and render what it says at once."""
        outcome = await self.outcome(line, member)
        says = [each for each in outcome.say if not isinstance(each, Card)]
        return "\n".join(BOOK.render(say.phrase, self.house.clock.now()) for say in says)

    async def carry_out(self, line: str, member: Staff) -> tuple[Body, ...]:
        """Run a line and settle it; what goes out."""
        outcome = await self.outcome(line, member)
        before = len(self.house.entries)
        seed = f"line {self.house.turns}"
        await self.house.work.settle(outcome, self._app_of(member), None, seed)
        return tuple(entry.body for entry in self.house.entries[before:])

    async def open(self, asked: OpenTicket = DELAYED) -> None:
        """Let a customer open a ticket."""
        await self.house.do(asked)

    def _app_of(self, member: Staff) -> Conversation:
        return replace(APP, person=member.userid)
