"""A house with stores, warehouses and routes on the real database."""

from dataclasses import replace
from datetime import timedelta

from bot.assignment.due import OfferDesk
from desk.assignment.model import Kept
from desk.commands import Command, Outcome
from desk.conversations.incoming import Content, Media, Text
from desk.conversations.model import Conversation, InboxRow
from desk.conversations.outgoing import Body
from desk.customers.commands import LinkName
from desk.customers.model import Evidence, buyer_name
from desk.front import Work
from desk.handbook import Handbook, plain_handbook
from desk.kernel.ids import CustomerId
from desk.kernel.money import Fen
from desk.kernel.roles import Role
from desk.routing.model import Routing
from desk.routing.placed import Placed
from desk.shops.port import BuyerId, ItemId, Order, OrderLine, OrderStatus
from desk.staff.directory import Staff
from desk.staff.shifts import Shift
from desk.store.database import Database
from desk.sync.model import Source
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, Ticket, TicketKind
from tests.clocks import FrozenClock
from tests.desk.routing.house import ROUTING, STORES
from tests.fakes.staff import FakeStaff
from tests.store.making import conversation, message, put

BY_DAY = (Shift(9 * 60, 18 * 60),)
XUXU = Staff("xuxu", "徐徐", Role.AGENT, ("xujiahui",), ("complaint", "product"), shifts=BY_DAY)
WUWU = Staff("wuwu", "吴吴", Role.AGENT, ("wujiaochang",), ("complaint", "product"))
BINBIN = Staff("binbin", "滨滨", Role.AGENT, ("binjiang",), ("complaint", "product"))
OFFICE = Staff("office", "小总", Role.AGENT, (), ("product", "after_sales"))
TUAN = Staff("tuan", "团团", Role.AGENT, ("jiading",), ("leader",))
MEI = Staff("mei", "梅姐", Role.SUPERVISOR, (), ("complaint",), region="上海")
MANYUN = Staff("manyun", "满云", Role.MANAGER)
EVERYBODY = (XUXU, WUWU, BINBIN, OFFICE, TUAN, MEI, MANYUN)


class Town:
    """A customer who writes, and the people of the stores."""

    def __init__(self, library: Database, clock: FrozenClock, routing: Routing = ROUTING) -> None:
        self.library, self.clock = library, clock
        self.staff, self.routing = FakeStaff(EVERYBODY), routing
        self.staff.stores = STORES
        self.turns = 0
        self.chat: Conversation
        self.customer: CustomerId
        self.row: InboxRow

    @property
    def handbook(self) -> Handbook:
        """The merchant's terms."""
        return replace(plain_handbook(self.staff), routing=self.routing)

    async def meets(self, person: str = "wm1") -> None:
        """Somebody writes who has never been here."""
        self.chat, self.customer, self.row = await conversation(self.library, self.clock, person)

    async def hears(self, *contents: str | Content) -> None:
        """The customer writes this."""
        for each in contents:
            self.turns += 1
            content = Text(each) if isinstance(each, str) else each
            sent = message(
                f"m{self.turns}",
                content,
                person=self.chat.person,
                sent_at=self.clock.now() + timedelta(microseconds=self.turns),
            )
            await put(self.library, self.clock, sent)

    async def is_at(self, latitude: float, longitude: float) -> None:
        """The customer sends a place."""
        where = {"latitude": str(latitude), "longitude": str(longitude)}
        await self.hears(Media("location", where))

    async def do(self, *commands: Command) -> None:
        """Settle an outcome in a transaction of its own."""
        self.turns += 1
        async with self.library.open() as books:
            work = Work(books, self.handbook, self.clock)
            here = await books.conversations.get(self.chat.id)
            await work.settle(Outcome(do=commands), here, self.row.id, str(self.turns))

    async def opens(
        self, kind: TicketKind = TicketKind.COMPLAINT, order: str = "", *, urgent: bool = False
    ) -> Ticket:
        """A ticket of the customer is opened; as it is then."""
        priority = Priority.URGENT if urgent else Priority.NORMAL
        asked = OpenTicket(kind, priority, "有事", self.customer, self.chat.id)
        await self.do(replace(asked, shop="tao" if order else "", order_no=order))
        newest = await self.library.tickets.of_customer(self.customer, 1)
        return newest[0]

    async def placed(self, ticket: Ticket) -> Placed:
        """Where a ticket was put."""
        found = await self.library.placements.of(ticket.id)
        assert found is not None
        return found

    async def decided(self, ticket: Ticket) -> Kept:
        """The newest decision about a ticket."""
        (kept,) = await self.library.assignments.decisions(ticket.number, 1)
        return kept

    async def looks_again(self) -> int:
        """The ticker looks at what is due."""
        return await OfferDesk(self.library, self.handbook, self.clock).run()

    async def bought(self, number: str, title: str, payment: int = 10000) -> None:
        """The customer is known as a buyer, and bought this."""
        buyer = BuyerId("tao", f"buyer of {self.chat.person}")
        line = OrderLine(ItemId("tao", "1"), "s", title, (), 1, Fen(payment))
        now = self.clock.now()
        order = Order(
            shop="tao",
            number=number,
            status=OrderStatus.PAID,
            buyer=buyer,
            phone_tail=None,
            created_at=now - timedelta(days=1),
            paid_at=now - timedelta(days=1),
            shipped_at=None,
            payment=Fen(payment),
            lines=(line,),
            updated_at=now,
        )
        async with self.library.open() as books:
            await books.orders.note(order, Source.PUSH, now)
        await self.do(LinkName(self.customer, buyer_name(buyer), Evidence.PLATFORM_BRIDGE))

    async def outbox(self) -> list[Body]:
        """Everything that could go out now."""
        bodies: list[Body] = []
        async with self.library.open() as books:
            until = self.clock.now() + timedelta(minutes=1)
            while claimed := await books.outbox.claim(self.clock.now(), until, 200):
                for each in claimed:
                    await books.outbox.sent(each.entry.id, {}, self.clock.now())
                bodies += [each.entry.body for each in claimed]
        return bodies
