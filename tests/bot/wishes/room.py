"""A shop whose stock a test changes, people who wait, and what goes out to them."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.phrases import load_phrases
from bot.sync.booking import Booking
from bot.wishes.watch import LOOK_EVERY, RestockWatch
from desk.conversations.outgoing import Body, SayInConversation
from desk.handbook import plain_handbook
from desk.kernel.ids import ConversationId, CustomerId, WishId, uuid7
from desk.kernel.money import Fen
from desk.phrases.book import PhraseBook
from desk.shops.cache import MemoryCache
from desk.shops.floor import ShopFloor
from desk.shops.port import Item, ItemId, SkuStock
from desk.shops.safety import SafetyStock
from desk.store.database import Database
from desk.wishes.model import Wish
from tests.clocks import FrozenClock
from tests.fakes.shops import MemoryShop
from tests.fakes.staff import FakeStaff
from tests.store.making import conversation

SHOES = ItemId("jd", "1")
TITLE = "婴儿学步鞋"
BOOK = PhraseBook(load_phrases())


def pink(size: str, available: int) -> SkuStock:
    return SkuStock(SHOES, size, (("颜色", "粉色"), ("尺码", size)), available, Fen(16900))


@dataclass
class Room:
    """A shop, those who wait, and the watch over it."""

    library: Database
    clock: FrozenClock
    shop: MemoryShop = field(default_factory=lambda: MemoryShop("jd", "京东旗舰店"))
    safety: SafetyStock = field(default_factory=SafetyStock)

    def __post_init__(self) -> None:
        url = "https://item.jd.com/1.html"
        self.shop.items = [Item(SHOES, TITLE, Fen(16900), Fen(16900), url)]
        self.has(0)

    def has(self, count: int, size: str = "22") -> None:
        """The shop has so many from now on."""
        self.shop.skus = [pink(size, count)]

    def watch(self) -> RestockWatch:
        """A watch as each process has its own."""
        cache = MemoryCache(self.clock)
        floor = ShopFloor((self.shop,), self.clock, cache, safety=self.safety)
        return RestockWatch(self.library, floor, plain_handbook(FakeStaff()), self.clock)

    async def wishes(self, *people: str, size: str = "22码") -> list[ConversationId]:
        """People ask one after another."""
        found = []
        for person in people:
            here, customer, _ = await conversation(self.library, self.clock, person)
            await self.heard(here.id)
            await self.wish(customer, here.id, size)
            found.append(here.id)
        return found

    async def heard(self, conversation: ConversationId) -> None:
        async with self.library.open() as books:
            await books.conversations.heard(conversation, self.clock.now())

    async def wish(self, customer: CustomerId, here: ConversationId, size: str = "22码") -> bool:
        """One wish, a second later than the one before."""
        self.clock.turn(timedelta(seconds=1))
        wish = Wish(
            WishId(uuid7()),
            customer,
            customer,
            here,
            (SHOES,),
            TITLE,
            ("粉色", size),
            self.clock.now(),
        )
        async with self.library.open() as books:
            return await books.wishes.note(wish)

    async def pushed(self) -> None:
        """The shop pushes news of the item's stock."""
        booking = Booking(self.library, plain_handbook(FakeStaff()), self.clock)
        await booking.stock(SHOES, tuple(self.shop.skus))

    async def later(self) -> bool:
        """The next look of the poll."""
        self.clock.turn(LOOK_EVERY)
        return await self.watch().run()

    async def out(self) -> list[Body]:
        """What went out since the last time."""
        found: list[Body] = []
        while True:
            async with self.library.open() as books:
                now = self.clock.now()
                claimed = await books.outbox.claim(now, now + timedelta(minutes=1), 500)
                for each in claimed:
                    await books.outbox.sent(each.entry.id, {}, now)
            if not claimed:
                return found
            found += [each.entry.body for each in claimed]

    async def told(self) -> list[ConversationId]:
        """Who was told since the last time."""
        bodies = await self.out()
        return [each.conversation for each in bodies if isinstance(each, SayInConversation)]
