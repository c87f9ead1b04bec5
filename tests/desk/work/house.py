"""One customer, the staff and empty books: what every test of Work starts from."""

from dataclasses import dataclass, field

from desk.commands import Command, Outcome
from desk.conversations.incoming import ChannelName
from desk.conversations.model import Conversation, Dialogue, Session
from desk.conversations.outgoing import (
    Body,
    OutboxEntry,
    SayInConversation,
    TellStaff,
    UpdateCard,
)
from desk.coupons.model import CouponPolicy
from desk.customers.model import Customer
from desk.front import Work
from desk.handbook import plain_handbook
from desk.kernel.ids import ConversationId, CustomerId, InboxId, derived
from desk.kernel.messages import Card, Phrase, Reply, Say
from desk.kernel.money import Fen
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, TicketKind
from tests.clocks import NOON, FrozenClock
from tests.fakes.books import FakeBooks
from tests.fakes.staff import FakeStaff

MIMI = Customer(
    CustomerId(derived("mimi")), "wm-mimi", "咪咪妈", (), (), (), asked_not_to_push=False
)
LELE = Customer(
    CustomerId(derived("lele")), "wm-lele", "乐乐爸", (), (), (), asked_not_to_push=False
)
CHAT = Conversation(
    id=ConversationId(derived("chat")),
    channel=ChannelName.KF,
    account="kf-main",
    person=MIMI.external_userid,
    customer=MIMI.id,
    dialogue=Dialogue(),
    session=Session.ASSISTANT,
    servicer="",
    last_heard_at=NOON,
    sent_since=0,
)
APP = Conversation(
    id=ConversationId(derived("app")),
    channel=ChannelName.APP,
    account="1000002",
    person="amei",
    customer=None,
    dialogue=Dialogue(),
    session=Session.NEW,
    servicer="",
    last_heard_at=NOON,
    sent_since=0,
)
FULL = CouponPolicy(
    "full-200-20", "youzan-main", "9001", "满200减20", Fen(20000), Fen(2000), ("stock_answer",)
)
SORRY = CouponPolicy(
    "sorry-10", "youzan-main", "9002", "10元无门槛券", Fen(0), Fen(1000), ("logistics_delay",)
)
DELAYED = OpenTicket(
    kind=TicketKind.LOGISTICS,
    priority=Priority.URGENT,
    summary="三天没有更新物流",
    customer=MIMI.id,
    conversation=CHAT.id,
    shop="youzan-main",
    order_no="E20261118102030000100001",
    skill="logistics",
)


@dataclass
class House:
    """Empty books, a standing clock, and somebody to work with them."""

    books: FakeBooks = field(default_factory=FakeBooks)
    clock: FrozenClock = field(default_factory=FrozenClock)
    turns: int = 0

    def __post_init__(self) -> None:
        self.books.conversations.kept |= {CHAT.id: CHAT, APP.id: APP}
        self.books.customers.kept |= {MIMI.id: MIMI, LELE.id: LELE}

    @property
    def work(self) -> Work:
        """Work on these books, as commit makes it for each transaction."""
        return Work(self.books.as_books, plain_handbook(FakeStaff(), (FULL, SORRY)), self.clock)

    async def do(self, *commands: Command, say: tuple[Reply, ...] = ()) -> tuple[Body, ...]:
        """Settle one customer's turn and return what it put into the outbox."""
        return await self._settle(Outcome(say, commands), CHAT.id)

    async def staff_does(self, *commands: Command) -> tuple[Body, ...]:
        """Settle one turn of a member of staff."""
        return await self._settle(Outcome(do=commands), APP.id)

    async def _settle(self, outcome: Outcome, where: ConversationId) -> tuple[Body, ...]:
        self.turns += 1
        before = len(self.entries)
        cause = InboxId(derived("turn", self.turns))
        await self.work.settle(outcome, self.books.conversations.kept[where], cause)
        return tuple(entry.body for entry in self.entries[before:])

    @property
    def entries(self) -> tuple[OutboxEntry, ...]:
        """Everything in the outbox, in order."""
        return tuple(self.books.outbox.rows.values())

    @property
    def dialogue(self) -> Dialogue:
        """The memory of the customer's conversation."""
        return self.books.conversations.kept[CHAT.id].dialogue


def heard(bodies: tuple[Body, ...], where: Conversation = CHAT) -> tuple[Phrase, ...]:
    """What the person of a conversation hears, sentence by sentence."""
    return tuple(
        part
        for body in bodies
        if isinstance(body, SayInConversation) and body.conversation == where.id
        for part in taken_apart(body.say.phrase)
    )


def taken_apart(said: Phrase) -> tuple[Phrase, ...]:
    """The phrases that were put into one message."""
    if said.key != "say.joined":
        return (said,)
    first, then = said.params["first"], said.params["then"]
    assert isinstance(first, Phrase)
    assert isinstance(then, Phrase)
    return (*taken_apart(first), *taken_apart(then))


def told(bodies: tuple[Body, ...], userid: str) -> tuple[Phrase, ...]:
    """What a member of staff is told in words."""
    return tuple(
        body.reply.phrase
        for body in bodies
        if isinstance(body, TellStaff) and userid in body.to and isinstance(body.reply, Say)
    )


def cards(bodies: tuple[Body, ...]) -> tuple[tuple[tuple[str, ...], Card], ...]:
    """The cards that go out, with their recipients."""
    return tuple(
        (body.to, body.reply)
        for body in bodies
        if isinstance(body, TellStaff) and isinstance(body.reply, Card)
    )


def updates(bodies: tuple[Body, ...]) -> tuple[tuple[str, Phrase], ...]:
    """The cards whose buttons are replaced, with the text that replaces them."""
    return tuple((body.task, body.replace) for body in bodies if isinstance(body, UpdateCard))


def keys(phrases: tuple[Phrase, ...]) -> tuple[str, ...]:
    """The keys of phrases."""
    return tuple(phrase.key for phrase in phrases)


def lines(phrase: Phrase, blank: str) -> tuple[Phrase, ...]:
    """The lines that fill a blank."""
    filled = phrase.params[blank]
    assert isinstance(filled, tuple)
    return filled
